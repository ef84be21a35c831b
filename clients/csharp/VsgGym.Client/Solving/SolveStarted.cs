namespace VsgGym.Client;

/// <summary>The first event of a solve.</summary>
/// <param name="SolveId">For <see cref="VsgGymClient.StopAsync"/>.</param>
/// <param name="OptionsJson">The resolved options.</param>
/// <param name="MaxIterations">Most iterations it will take.</param>
/// <param name="MetricNames">Names of <see cref="SolveProgress.Metrics"/>.</param>
public sealed record SolveStarted(string SolveId, string OptionsJson, long MaxIterations, IReadOnlyList<string> MetricNames) : SolveEvent;
