using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>A full server: RESOURCE_EXHAUSTED with the time after which a retry may succeed.</summary>
internal sealed class CapacityException : VsgGymException
{
    /// <summary>Builds the error.</summary>
    /// <param name="path">What is full: "environments", "solves".</param>
    /// <param name="value">The limit reached.</param>
    /// <param name="rule">What to do.</param>
    /// <param name="retryAfter">When a retry may succeed.</param>
    public CapacityException(string path, int value, string rule, TimeSpan retryAfter)
        : base(ErrorKind.ResourceExhausted, new Fault(path, Show(value), rule, "full")) => RetryAfter = retryAfter;

    /// <summary>When a retry may succeed.</summary>
    public TimeSpan RetryAfter { get; }
}
