using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

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
[Metric("entropy_regularized")]
[Source("geist2019")]
public sealed class EntropyRegularizedGap(StochasticGame game, EntropyRegularizedGap.Options options) : IMetric
{
    /// <inheritdoc/>
    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policies);
        var gaps = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        var values = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        double accuracy = 0;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            var played = SoftResponse.FromStart(game, policies, p, options.Temperature, respond: false, cancellationToken);
            var best = SoftResponse.FromStart(game, policies, p, options.Temperature, respond: true, cancellationToken);
            values.Add(BestResponse.FromStart(game, policies, p, respond: false, cancellationToken).Value);
            gaps.Add(Math.Max(0, best.Value - played.Value)); // rounding may put it a hair below 0
            accuracy += played.Accuracy + best.Accuracy;
        }

        double gap = gaps.Sum();
        return new Certificate
        {
            Concept = "entropy_regularized",
            Gap = gap,
            GapPerPlayer = gaps.MoveToImmutable(),
            Values = values.MoveToImmutable(),
            Bounds = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal).Add(EvaluationAccuracy.Name, EvaluationAccuracy.Of(game, gap, accuracy)),
        };
    }

    /// <summary>Options of <see cref="EntropyRegularizedGap"/>.</summary>
    public sealed record Options
    {
        /// <summary>Temperature tau: the weight of the entropy, above 0, in reward units; Gambit's lambda is its inverse.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Temperature { get; init; } = 1;
    }
}
