namespace VsgGym.Client;

/// <summary>The caller may not do this (PERMISSION_DENIED).</summary>
public sealed class PermissionDeniedException : VsgGymException
{
    /// <summary>gRPC's number of this status.</summary>
    public const int StatusCode = 7;

    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    public PermissionDeniedException(string message, IReadOnlyList<Fault> faults, Exception? inner = null)
        : base(StatusCode, message, faults, inner)
    {
    }
}
