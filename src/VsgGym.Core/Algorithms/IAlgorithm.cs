namespace VsgGym.Core;

/// <summary>An iterative method: one <see cref="Step"/> is one iteration of its paper; whoever calls it owns the loop.</summary>
public interface IAlgorithm
{
    /// <summary>The most iterations the options allow, and the option that says so.</summary>
    IterationLimit Limit { get; }

    /// <summary>Names of the numbers <see cref="ReadMetrics"/> gives, fixed for the algorithm's life.</summary>
    IReadOnlyList<string> MetricNames { get; }

    /// <summary>One iteration.</summary>
    /// <param name="cancellationToken">Checked inside long iterations, at least every few hundredths of a second; an iteration that is cancelled leaves an
    /// answer that is sound, but may stand between that of the last iteration and its own.</param>
    /// <returns>The iteration's number from 1, its residual, and whether the method is done.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IterationReport Step(CancellationToken cancellationToken);

    /// <summary>Writes the metrics of the last iteration.</summary>
    /// <param name="metrics">[number of metric names], overwritten.</param>
    void ReadMetrics(Span<double> metrics);

    /// <summary>The answer as it stands; may be asked for after any number of steps, and after one that was cancelled.</summary>
    /// <param name="outOfTime">Cancelled where, or as soon as, there is no time left: what takes long to bring up to date then stands as it was last. Never
    /// the cause of an exception.</param>
    /// <returns>Copies, which later steps leave alone.</returns>
    Solution ReadSolution(CancellationToken outOfTime = default);

    /// <summary>What the method's theory promises for this game and these options, by name, with the numbers measured so far.</summary>
    /// <param name="cancellationToken">Checked inside long measurements.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default);
}
