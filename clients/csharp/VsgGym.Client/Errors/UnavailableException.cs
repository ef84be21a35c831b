namespace VsgGym.Client;

/// <summary>No server answers, or the connection broke (UNAVAILABLE).</summary>
public sealed class UnavailableException : VsgGymException
{
    /// <summary>gRPC's number of this status.</summary>
    public const int StatusCode = 14;

    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    public UnavailableException(string message, IReadOnlyList<Fault> faults, Exception? inner = null)
        : base(StatusCode, message, faults, inner)
    {
    }
}
