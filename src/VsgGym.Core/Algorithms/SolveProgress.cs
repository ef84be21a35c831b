using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>Where a running solve stands.</summary>
/// <param name="Iteration">The last iteration, from 1.</param>
/// <param name="Residual">Its residual, in the unit of <see cref="IterationReport.Residual"/>.</param>
/// <param name="Metrics">Its metrics, [M], beside <see cref="IAlgorithm.MetricNames"/>.</param>
public sealed record SolveProgress(long Iteration, double Residual, ImmutableArray<double> Metrics);
