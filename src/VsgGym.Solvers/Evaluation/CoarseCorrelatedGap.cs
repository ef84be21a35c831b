using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The coarse correlated gap: the sum over players of what each gains by its best policy of its own while the others follow a common
/// signal.</summary>
/// <remarks>
/// <para>Notation: sigma(a | s) = the probability of the joint action, sigma_-i = its marginal over the others, gamma = discount.</para>
/// <para>The deviating player gives up its recommendations for good: V(s) = max over legal b of the sum over a_-i of sigma_-i(a_-i | s) [r_i(s, b,
/// a_-i) + gamma E V(s')]. The gain is from the initial distribution, and 0 where following is better; never above the correlated gap. Where players
/// act alone it is NashConv.</para>
/// <para>Exact dynamic programming: with a horizon backwards in time, else policy iteration; "evaluation_accuracy" says how far the gap may be off,
/// beside rounding.</para>
/// </remarks>
/// <param name="game">The table.</param>
/// <param name="crew">Who shares the players; null for the caller's thread alone.</param>
[Metric("coarse_correlated")]
[Source("moulin1978")]
[Source("jin2021")]
public sealed class CoarseCorrelatedGap(StochasticGame game, WorkCrew? crew = null) : IMetric
{
    /// <inheritdoc/>
    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken) =>
        JointCertificate.Measure(game, crew, policies, "coarse_correlated", JointDeviation.Blind, cancellationToken);
}
