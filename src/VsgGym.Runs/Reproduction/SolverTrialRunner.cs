using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>Runs one solver's trial from beginning to end in the caller's thread.</summary>
/// <param name="catalog">Games, solvers and metrics.</param>
/// <param name="experiment">What is measured.</param>
/// <param name="clock">Times the trial.</param>
internal sealed class SolverTrialRunner(Catalog catalog, SolverExperiment experiment, TimeProvider clock)
{
    /// <summary>Solves and measures.</summary>
    /// <exception cref="VsgGymException">The experiment names a game, a solver, an option, a column or a player that does not exist.</exception>
    public SolverTrialResult Run(SolverTrial trial, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        var game = catalog.CreateGame(trial.Game.Id, trial.GameOptionsJson, "games.options").Form(catalog.FindSolver(trial.Method.Solver).Subject!)
            ?? throw VsgGymException.Invalid("games.id", trial.Game.Id, $"has no form that {trial.Method.Solver} solves", "wrong_kind");
        var algorithm = catalog.CreateSolver(trial.Method.Solver, game, trial.SolverOptionsJson, RandomStream.Create((ulong)trial.Seed), path: "methods.options", cancellationToken: cancellationToken);
        CurveReader[] curves = [.. experiment.Measures.Where(measure => measure.IsCurve).Select(measure => new CurveReader(measure, experiment.Every, algorithm))];
        var (end, iterations) = Solve(algorithm, curves, cancellationToken);
        var numbers = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<double>>(StringComparer.Ordinal);
        foreach (var curve in curves) numbers[curve.Name] = curve.ToArray();
        var answers = new AnswerReader(catalog, game, algorithm);
        foreach (var measure in experiment.Measures.Where(measure => !measure.IsCurve)) numbers[measure.Name] = [answers.Read(measure, cancellationToken)];
        return new SolverTrialResult
        {
            Key = trial.KeyIn(experiment),
            End = end,
            Iterations = iterations,
            Numbers = numbers.ToImmutable(),
            Seconds = clock.GetElapsedTime(start).TotalSeconds,
        };
    }

    private static (string End, long Iterations) Solve(IAlgorithm algorithm, CurveReader[] curves, CancellationToken cancellationToken)
    {
        var metrics = new double[algorithm.MetricNames.Count];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var report = algorithm.Step(cancellationToken);
            algorithm.ReadMetrics(metrics);
            foreach (var curve in curves) curve.Add(report, metrics);
            if (report.State == IterationState.Converged) return ("tolerance", report.Iteration);
            if (report.State == IterationState.Diverged) return ("diverged", report.Iteration);
            if (report.Iteration >= algorithm.Limit.Iterations) return (algorithm.Limit.Option, report.Iteration);
        }
    }
}
