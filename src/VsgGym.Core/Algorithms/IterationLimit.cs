namespace VsgGym.Core;

/// <summary>The most iterations an algorithm may take.</summary>
/// <param name="Option">The option that sets it: "max_iterations", "episodes".</param>
/// <param name="Iterations">At least 1.</param>
public readonly record struct IterationLimit(string Option, long Iterations);
