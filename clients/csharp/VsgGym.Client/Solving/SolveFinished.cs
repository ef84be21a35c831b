namespace VsgGym.Client;

/// <summary>The last event of a solve.</summary>
/// <param name="Solution">What was found.</param>
public sealed record SolveFinished(Solution Solution) : SolveEvent;
