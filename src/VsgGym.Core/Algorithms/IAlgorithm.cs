namespace VsgGym.Core;

/// <summary>An iterative method: one <see cref="Step"/> is one iteration of its paper; whoever calls it owns the loop.</summary>
public interface IAlgorithm
{
    /// <summary>The most iterations the options allow, and the option that says so.</summary>
    IterationLimit Limit { get; }

    /// <summary>Names of the numbers <see cref="ReadMetrics"/> gives, fixed for the algorithm's life.</summary>
    IReadOnlyList<string> MetricNames { get; }

    /// <summary>One iteration.</summary>
    /// <param name="cancellationToken">Checked inside long iterations.</param>
    /// <returns>The iteration's number from 1, its residual, and whether the method is done.</returns>
    IterationReport Step(CancellationToken cancellationToken);

    /// <summary>Writes the metrics of the last iteration.</summary>
    /// <param name="metrics">[number of metric names].</param>
    void ReadMetrics(Span<double> metrics);

    /// <summary>The answer as it stands; may be asked for after any number of steps.</summary>
    Solution Solution { get; }

    /// <summary>What the method's theory promises for this game and these options, by name, with the numbers measured so far.</summary>
    IReadOnlyDictionary<string, Bound> Bounds { get; }
}
