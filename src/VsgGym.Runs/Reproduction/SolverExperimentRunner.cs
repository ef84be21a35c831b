using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Runs the trials of an experiment of solvers, several at once; what an earlier run of it has finished is taken from there.</summary>
/// <param name="catalog">Games, solvers and metrics.</param>
/// <param name="clock">Times the trials.</param>
public sealed class SolverExperimentRunner(Catalog catalog, TimeProvider clock)
{
    /// <summary>Runs what is missing.</summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="folder">Where results are kept, in <see cref="ExperimentRunner.ResultFile"/>; made if it does not exist.</param>
    /// <param name="jobs">Trials at once, at least 1. The results do not depend on it.</param>
    /// <param name="fresh">Whether to forget earlier results.</param>
    /// <param name="progress">Hears how many of all trials have results; called from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops; finished trials stay.</param>
    /// <returns>Every trial with its result, in the order of games, methods and seeds.</returns>
    /// <exception cref="VsgGymException">The experiment names something that does not exist.</exception>
    public ImmutableArray<(SolverTrial Trial, SolverTrialResult Result)> Run(
        SolverExperiment experiment, string folder, int jobs, bool fresh, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        SolverTrial[] trials = [.. from game in experiment.Games
                                   from method in experiment.Methods
                                   from seed in Enumerable.Range(0, experiment.Seeds)
                                   select new SolverTrial(game, method, seed)];
        var runner = new SolverTrialRunner(catalog, experiment, clock);
        var pool = new TrialPool<SolverTrial, SolverTrialResult>(Path.Combine(folder, ExperimentRunner.ResultFile), fresh, trial => trial.KeyIn(experiment));
        return pool.Run(trials, trial => runner.Run(trial, cancellationToken), jobs, (done, _, _) => progress?.Invoke(done, trials.Length), cancellationToken);
    }
}
