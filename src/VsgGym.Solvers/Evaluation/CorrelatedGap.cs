using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The correlated-equilibrium gap: the sum over players of what each gains by its best deviation from the actions that a common signal
/// recommends.</summary>
/// <remarks>
/// <para>Notation: sigma(a | s) = the probability of the joint action, gamma = discount, P = transitions.</para>
/// <para>The players see the state, and each its own recommended action a_i alone; the deviating player may answer any legal b to it, in every state
/// and at every time, while the others go on following: V(s) = sum over a_i of max over b of the sum over a_-i of sigma(a_i, a_-i | s) [r_i(s, b,
/// a_-i) + gamma E V(s')]. The gain is from the initial distribution; a profile is a correlated equilibrium when the gap is 0. Where players act
/// alone, sigma is the product of their policies and the gap is NashConv.</para>
/// <para>Exact dynamic programming: with a horizon backwards in time, else policy iteration; "evaluation_accuracy" says how far the gap may be off,
/// beside rounding.</para>
/// </remarks>
/// <param name="game">The table.</param>
/// <param name="crew">Who shares the players; null for the caller's thread alone.</param>
[Metric("correlated")]
[Source("aumann1974")]
[Source("greenwald2003")]
public sealed class CorrelatedGap(StochasticGame game, WorkCrew? crew = null) : IMetric
{
    /// <inheritdoc/>
    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken) =>
        JointCertificate.Measure(game, crew, policies, "correlated", JointDeviation.Informed, cancellationToken);
}
