namespace VsgGym.Client;

/// <summary>The server wants a token, and none or a wrong one was given (UNAUTHENTICATED).</summary>
public sealed class UnauthenticatedException : VsgGymException
{
    /// <summary>gRPC's number of this status.</summary>
    public const int StatusCode = 16;

    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    public UnauthenticatedException(string message, IReadOnlyList<Fault> faults, Exception? inner = null)
        : base(StatusCode, message, faults, inner)
    {
    }
}
