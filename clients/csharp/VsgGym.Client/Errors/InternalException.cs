namespace VsgGym.Client;

/// <summary>A fault of the server, not of the caller; the message carries the id of its log entry (INTERNAL).</summary>
public sealed class InternalException : VsgGymException
{
    /// <summary>gRPC's number of this status.</summary>
    public const int StatusCode = 13;

    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    public InternalException(string message, IReadOnlyList<Fault> faults, Exception? inner = null)
        : base(StatusCode, message, faults, inner)
    {
    }
}
