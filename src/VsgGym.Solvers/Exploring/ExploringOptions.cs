using System.ComponentModel.DataAnnotations;

namespace VsgGym.Solvers;

/// <summary>What the sweeps of exploring agents have in common.</summary>
public abstract record ExploringOptions
{
    /// <summary>Inverse temperature beta of the exploring policies, above 0, per reward unit; a small one explores more.</summary>
    [Range(0d, 1e12, MinimumIsExclusive = true)]
    public double InverseTemperature { get; init; } = 1;

    /// <summary>Damping alpha of mge Eq. (14), in [0.000001, 1]: the weight of the new action values; 1 is undamped.</summary>
    [Range(1e-6, 1d)]
    public double Damping { get; init; } = 1;

    /// <summary>The residual, the undamped defect of the fixed point, below which a sweep counts as converged, in reward units.</summary>
    [Range(0d, 1e12, MinimumIsExclusive = true)]
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>The most sweeps; with a horizon over all times together.</summary>
    [Range(1, 1_000_000_000_000)]
    public long MaxIterations { get; init; } = 100_000;

    /// <summary>How action values become a value: expectation (as printed), max, or log_sum_exp (maximum causal entropy).</summary>
    public ValueOperator ValueOperator { get; init; } = ValueOperator.Expectation;
}
