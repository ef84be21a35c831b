namespace VsgGym.Client;

/// <summary>How far a solve is.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Residual">The method's own fixed-point error.</param>
/// <param name="Metrics">Beside <see cref="SolveStarted.MetricNames"/>.</param>
public sealed record SolveProgress(long Iteration, double Residual, IReadOnlyList<double> Metrics) : SolveEvent;
