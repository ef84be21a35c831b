using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Runs an experiment's trials, several at once; what an earlier run of it has finished is taken from there.</summary>
/// <param name="catalog">Games, learners and metrics.</param>
/// <param name="clock">Times the trials.</param>
public sealed class ExperimentRunner(Catalog catalog, TimeProvider clock)
{
    /// <summary>The file of the results inside an experiment's folder.</summary>
    public const string ResultFile = "trials.jsonl";

    /// <summary>Runs what is missing.</summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="folder">Where results are kept; made if it does not exist.</param>
    /// <param name="jobs">Trials at once, at least 1. The results do not depend on it.</param>
    /// <param name="fresh">Whether to forget earlier results.</param>
    /// <param name="progress">Hears of each trial; called from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops; finished trials stay.</param>
    /// <returns>Every trial with its result, in the order of games, methods and seeds.</returns>
    /// <exception cref="VsgGymException">The experiment names something that does not exist.</exception>
    public ImmutableArray<(Trial Trial, TrialResult Result)> Run(
        Experiment experiment, string folder, int jobs, bool fresh, Action<ExperimentProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        Trial[] trials = [.. from game in experiment.Games
                             from method in experiment.Methods
                             from seed in Enumerable.Range(0, experiment.Seeds)
                             select new Trial(game, method, seed)];
        var runner = new TrialRunner(catalog, experiment, clock);
        var pool = new TrialPool<Trial, TrialResult>(Path.Combine(folder, ResultFile), fresh, trial => trial.Key);
        return pool.Run(trials, trial => runner.Run(trial, cancellationToken), jobs, (done, trial, result) => progress?.Invoke(new ExperimentProgress(done, trials.Length, trial, result)), cancellationToken);
    }
}

/// <summary>A trial that has just ended.</summary>
/// <param name="Done">Trials that have results.</param>
/// <param name="Total">All trials.</param>
/// <param name="Trial">This one.</param>
/// <param name="Result">Its result.</param>
public sealed record ExperimentProgress(int Done, int Total, Trial Trial, TrialResult Result);
