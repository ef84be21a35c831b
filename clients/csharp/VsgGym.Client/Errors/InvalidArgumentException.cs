namespace VsgGym.Client;

/// <summary>Something given is wrong: an option, an action, a shape, an array (INVALID_ARGUMENT).</summary>
public sealed class InvalidArgumentException : VsgGymException
{
    /// <summary>gRPC's number of this status.</summary>
    public const int StatusCode = 3;

    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    public InvalidArgumentException(string message, IReadOnlyList<Fault> faults, Exception? inner = null)
        : base(StatusCode, message, faults, inner)
    {
    }
}
