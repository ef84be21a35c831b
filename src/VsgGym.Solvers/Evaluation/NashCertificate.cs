using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>NashConv: the sum over players of what each gains by its best response to the others, from the initial distribution.</summary>
/// <remarks>
/// A profile is a Nash equilibrium when the gap is 0, and an epsilon-equilibrium for epsilon the largest gain. Exact dynamic
/// programming for any number of players, with a horizon (also for stationary policies, whose best responses still depend on time) or
/// discounted. The bound "evaluation_accuracy" says how far, beside rounding, the gap may be from the exact one; it promises nothing
/// where the returns leave the range of numbers.
/// </remarks>
/// <param name="game">The table.</param>
[Metric("nash")]
[Source("shapley1953")]
[Source("lanctot2017")]
public sealed class NashCertificate(StochasticGame game) : IMetric
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
            var played = BestResponse.FromStart(game, policies, p, respond: false, cancellationToken);
            var best = BestResponse.FromStart(game, policies, p, respond: true, cancellationToken);
            values.Add(played.Value);
            gaps.Add(Math.Max(0, best.Value - played.Value)); // rounding may put it a hair below 0
            accuracy += played.Accuracy + best.Accuracy;
        }

        double gap = gaps.Sum();
        return new Certificate
        {
            Concept = "nash",
            Gap = gap,
            GapPerPlayer = gaps.MoveToImmutable(),
            Values = values.MoveToImmutable(),
            Bounds = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal).Add(EvaluationAccuracy.Name, EvaluationAccuracy.Of(game, gap, accuracy)),
        };
    }
}
