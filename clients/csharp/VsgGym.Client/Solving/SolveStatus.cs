namespace VsgGym.Client;

/// <summary>How a solve ended.</summary>
public enum SolveStatus
{
    /// <summary>The method met its own stopping rule.</summary>
    Converged = 1,

    /// <summary>A limit or a request ended it; the solution is what it had.</summary>
    Stopped = 2,

    /// <summary>The numbers left the finite range.</summary>
    Diverged = 3,
}
