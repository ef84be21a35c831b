using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>Starts a solver from several drawn profiles: whether its sweeps contract, and whether they come to one answer.</summary>
/// <param name="Factor">The largest factor from one residual to the next, within one time of a horizon.</param>
/// <param name="Spread">The largest difference of a probability between the first answer and another; NaN where a start came to none.</param>
internal readonly record struct ContractionTrial(double Factor, double Spread)
{
    private const int Starts = 4, MostSteps = 2000;
    private const double Rounding = 1e-12, Same = 1e-7;

    /// <summary>Whether every residual was below the one before and all answers are one.</summary>
    public bool IsContraction => Factor < 1 && Spread <= Same;

    /// <summary>Runs a solver from uniform play, from nearly pure play of the first and of the last actions, and from drawn policies.</summary>
    public static ContractionTrial Of(TheoremBench bench, StochasticGame game, Func<IAlgorithm> create, ulong seed)
    {
        double factor = 0, spread = 0;
        PolicyProfile? first = null;
        for (int k = 0; k < Starts; k++)
        {
            var solver = create();
            ((IWarmStart)solver).Start(new Solution { Policies = StartOf(game, k, seed) });
            bool converged = Follow(bench, solver, ref factor);
            var answer = solver.ReadSolution().Policies;
            first ??= answer;
            spread = converged ? Math.Max(spread, TheoremBench.Distance(first, answer)) : double.NaN;
            if (!converged) break;
        }

        return new ContractionTrial(factor, spread);
    }

    private static PolicyProfile StartOf(StochasticGame game, int start, ulong seed) => start switch
    {
        0 => PolicyProfile.Uniform(game),
        1 => Nearly(game, actions => 0),
        2 => Nearly(game, actions => actions - 1),
        _ => TheoremBench.Draw(game, RandomStream.Create(seed).Fork("start")),
    };

    private static PolicyProfile Nearly(StochasticGame game, Func<int, int> action) => new(game, [.. game.ActionCounts.Select(actions => new TabularPolicy(
        [.. Enumerable.Range(0, game.StateCount * actions).Select(k => k % actions == action(actions) ? 1 - (.02 * (actions - 1)) : .02)], 1, game.StateCount, actions))]);

    private static bool Follow(TheoremBench bench, IAlgorithm solver, ref double factor)
    {
        var metrics = new double[solver.MetricNames.Count];
        double residual = double.NaN, time = double.NaN;
        for (int k = 0; k < MostSteps; k++)
        {
            var report = solver.Step(bench.CancellationToken);
            solver.ReadMetrics(metrics);
            double now = metrics.Length > 0 ? metrics[0] : 0; // mge_f goes back in time
            if (now == time && residual > Rounding) factor = Math.Max(factor, report.Residual / residual);
            (residual, time) = (report.Residual, now);
            if (report.State != IterationState.Running) return report.State == IterationState.Converged;
        }

        return false;
    }
}
