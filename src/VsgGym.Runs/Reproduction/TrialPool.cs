using System.Collections.Immutable;
using System.Runtime.ExceptionServices;

namespace VsgGym.Runs;

/// <summary>Runs trials, several at once; what an earlier run has finished is taken from its file.</summary>
/// <typeparam name="TTrial">A trial.</typeparam>
/// <typeparam name="TResult">Its result.</typeparam>
internal sealed class TrialPool<TTrial, TResult>
    where TResult : class, ITrialResult
{
    private readonly ResultLog<TResult> _log;
    private readonly Func<TTrial, string> _key;

    /// <summary>Reads what is there.</summary>
    /// <param name="file">Where results are kept; its folder is made if it does not exist.</param>
    /// <param name="fresh">Whether to forget earlier results.</param>
    /// <param name="key">What determines a trial.</param>
    public TrialPool(string file, bool fresh, Func<TTrial, string> key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        (_log, _key) = (new ResultLog<TResult>(file, fresh), key);
    }

    /// <summary>Runs what is missing.</summary>
    /// <param name="trials">All trials.</param>
    /// <param name="run">Runs one; called from several threads.</param>
    /// <param name="jobs">Trials at once, at least 1. The results do not depend on it.</param>
    /// <param name="progress">Hears how many have results, and of each trial; called from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops; finished trials stay.</param>
    /// <returns>Every trial with its result, in the given order.</returns>
    public ImmutableArray<(TTrial Trial, TResult Result)> Run(
        IReadOnlyList<TTrial> trials, Func<TTrial, TResult> run, int jobs, Action<int, TTrial, TResult> progress, CancellationToken cancellationToken)
    {
        TTrial[] missing = [.. trials.Where(trial => _log.Find(_key(trial)) is null)];
        int done = trials.Count - missing.Length;
        var gate = new Lock();
        void Work(TTrial trial)
        {
            var result = run(trial);
            lock (gate)
            {
                _log.Add(result);
                progress(++done, trial, result);
            }
        }

        try
        {
            Parallel.ForEach(missing, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken }, Work);
        }
        catch (AggregateException several) // one per thread; the first says it all
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return [.. trials.Select(trial => (trial, _log.Find(_key(trial))!))];
    }
}
