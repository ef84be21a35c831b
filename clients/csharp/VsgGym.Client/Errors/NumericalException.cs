namespace VsgGym.Client;

/// <summary>The numbers diverged (ABORTED).</summary>
public sealed class NumericalException : VsgGymException
{
    /// <summary>gRPC's number of this status.</summary>
    public const int StatusCode = 10;

    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    public NumericalException(string message, IReadOnlyList<Fault> faults, Exception? inner = null)
        : base(StatusCode, message, faults, inner)
    {
    }
}
