using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>NashConv of the entropy-regularized game, in which every player's reward has temperature times its own policy's entropy added.</summary>
/// <remarks>
/// <para>Notation: tau = temperature, H = entropy in nats, gamma = discount; J_i(pi) = E of the sum over t of gamma^t [r_i + tau
/// H(pi_i(s_t))].</para>
/// <para>Player i's gap is max over its policies of J_i minus J_i of the profile, from the initial distribution. The best response is the soft one,
/// V(s) = tau log of the sum over legal a of exp(Q(s, a) / tau): by backward induction with a horizon, else by soft policy iteration. The gap is 0
/// exactly at an equilibrium of the regularized game, up to states that are never reached. In one-shot games that is a logit quantal response
/// equilibrium at tau; in longer ones it is not, as here entropy to come counts in Q.</para>
/// <para>The certificate's values are the expected returns without entropy.</para>
/// </remarks>
/// <param name="game">The table.</param>
/// <param name="options">The temperature.</param>
/// <param name="crew">Who shares the players; null for the caller's thread alone.</param>
[Metric("entropy_regularized")]
[Source("geist2019")]
public sealed class EntropyRegularizedGap(StochasticGame game, EntropyRegularizedGap.Options options, WorkCrew? crew = null) : IMetric
{
    /// <inheritdoc/>
    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return PlayerGaps.Sum(game, crew, "entropy_regularized", player =>
        {
            var played = SoftResponse.FromStart(game, policies, player, options.Temperature, respond: false, cancellationToken);
            var best = SoftResponse.FromStart(game, policies, player, options.Temperature, respond: true, cancellationToken);
            double value = BestResponse.FromStart(game, policies, player, cancellationToken);
            return (Math.Max(0, best.Value - played.Value), value, played.Accuracy + best.Accuracy); // rounding may put the gain a hair below 0
        });
    }

    /// <summary>Options of <see cref="EntropyRegularizedGap"/>.</summary>
    public sealed record Options
    {
        /// <summary>Temperature tau: the weight of the entropy, above 0, in reward units; Gambit's lambda is its inverse.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Temperature { get; init; } = 1;
    }
}
