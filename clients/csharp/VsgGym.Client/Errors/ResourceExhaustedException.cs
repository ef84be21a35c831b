namespace VsgGym.Client;

/// <summary>A declared limit is exceeded: copies, message size, open environments, running solves (RESOURCE_EXHAUSTED).</summary>
public sealed class ResourceExhaustedException : VsgGymException
{
    /// <summary>gRPC's number of this status.</summary>
    public const int StatusCode = 8;

    /// <summary>Builds the error from what is wrong.</summary>
    /// <param name="message">The whole error as text.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    /// <param name="inner">What the transport threw, if it did.</param>
    /// <param name="retryAfter">When a retry may succeed; null where the server cannot know.</param>
    public ResourceExhaustedException(string message, IReadOnlyList<Fault> faults, Exception? inner = null, TimeSpan? retryAfter = null)
        : base(StatusCode, message, faults, inner)
    {
        RetryAfter = retryAfter;
    }

    /// <summary>When a retry may succeed; null where the server cannot know.</summary>
    public TimeSpan? RetryAfter { get; }
}
