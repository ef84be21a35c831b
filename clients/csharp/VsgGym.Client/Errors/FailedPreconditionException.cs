namespace VsgGym.Client;

/// <summary>A call out of order: a step before the reset, after the end or after the close; a protocol of another major version (FAILED_PRECONDITION).</summary>
public sealed class FailedPreconditionException : VsgGymException
{
    /// <summary>gRPC's number of this status.</summary>
    public const int StatusCode = 9;

    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    public FailedPreconditionException(string message, IReadOnlyList<Fault> faults, Exception? inner = null)
        : base(StatusCode, message, faults, inner)
    {
    }
}
