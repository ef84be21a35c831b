namespace Grpc.Core;

/// <summary>What a child call takes from the call that is being served.</summary>
public class ContextPropagationOptions
{
    /// <summary>Deadline and cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Creates the options.</summary>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>True when the child call gets the parent's deadline.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>True when the child call is canceled with its parent.</summary>
    public bool IsPropagateCancellation { get; }
}
