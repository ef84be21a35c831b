using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>NashConv: the sum over players of what each gains by its best response to the others, from the initial distribution.</summary>
/// <remarks>
/// A profile is a Nash equilibrium when the gap is 0, and an epsilon-equilibrium for epsilon the largest gain. Exact dynamic
/// programming for any number of players, with a horizon (also for stationary policies, whose best responses still depend on time) or
/// discounted. The bound "evaluation_accuracy" says how far, beside rounding, the gap may be from the exact one; it promises nothing
/// where the returns leave the range of numbers.
/// </remarks>
/// <param name="game">The table.</param>
/// <param name="crew">Who shares the players; null for the caller's thread alone.</param>
[Metric("nash")]
[Source("shapley1953")]
[Source("lanctot2017")]
public sealed class NashCertificate(StochasticGame game, WorkCrew? crew = null) : IMetric
{
    /// <inheritdoc/>
    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return PlayerGaps.Sum(game, crew, "nash", player => BestResponse.Gain(game, policies, player, cancellationToken));
    }
}
