using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>NashConv: the sum over players of what each gains by its best response to the others, from the initial distribution.</summary>
/// <remarks>
/// A profile is a Nash equilibrium when the gap is 0, and an epsilon-equilibrium for epsilon the largest gain. Exact dynamic
/// programming for any number of players, with a horizon (also for stationary policies, whose best responses still depend on time) or
/// discounted. The bound "evaluation_accuracy" says how far the gap may be from the exact one.
/// </remarks>
[Metric("nash")]
[Source("shapley1953")]
[Source("lanctot2017")]
public sealed class NashCertificate : IMetric
{
    /// <inheritdoc/>
    public Certificate Measure(StochasticGame game, PolicyProfile policies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(policies);
        var gaps = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        var values = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        double accuracy = 0;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            var played = BestResponse.Evaluate(game, policies, p, cancellationToken);
            var best = BestResponse.Solve(game, policies, p, cancellationToken);
            double value = played.FromStart(game);
            values.Add(value);
            gaps.Add(Math.Max(0, best.FromStart(game) - value)); // rounding may put it a hair below 0
            accuracy += played.Accuracy + best.Accuracy;
        }

        return new Certificate
        {
            Concept = "nash",
            Gap = gaps.Sum(),
            GapPerPlayer = gaps.MoveToImmutable(),
            Values = values.MoveToImmutable(),
            Bounds = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal).Add("evaluation_accuracy", Accuracy(game, accuracy)),
        };
    }

    private static Bound Accuracy(StochasticGame game, double accuracy)
    {
        string how = game.Horizon is not null ? "backward induction, exact up to rounding"
            : game.StateCount <= ResponseProcess.LargestDirectSolve ? "policy iteration with linear solves; the Bellman residuals over 1 - discount"
            : "policy iteration with iterated evaluation; the Bellman residuals over 1 - discount";
        return new Bound(accuracy, true, $"The gap is within this distance of the exact one: {how}.", double.NaN);
    }
}
