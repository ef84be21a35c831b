namespace VsgGym.Core;

/// <summary>How a solve ended.</summary>
public enum SolveStatus
{
    /// <summary>The residual fell below the tolerance.</summary>
    Converged,

    /// <summary>A limit or a request ended it; the answer is what it had.</summary>
    Stopped,

    /// <summary>A number left the finite range; the answer is the last finite one.</summary>
    Diverged,
}
