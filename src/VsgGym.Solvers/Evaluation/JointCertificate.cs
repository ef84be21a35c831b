using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The certificate of players who act on a common signal.</summary>
internal static class JointCertificate
{
    /// <summary>Each player's best deviation against what it gets by following.</summary>
    public static Certificate Measure(StochasticGame game, PolicyProfile policies, string concept, JointDeviation deviation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policies);
        var gaps = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        var values = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        double accuracy = 0;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            var followed = JointResponse.FromStart(game, policies, p, JointDeviation.None, cancellationToken);
            var best = JointResponse.FromStart(game, policies, p, deviation, cancellationToken);
            values.Add(followed.Value);
            gaps.Add(Math.Max(0, best.Value - followed.Value)); // following counts as no deviation
            accuracy += followed.Accuracy + best.Accuracy;
        }

        double gap = gaps.Sum();
        return new Certificate
        {
            Concept = concept,
            Gap = gap,
            GapPerPlayer = gaps.MoveToImmutable(),
            Values = values.MoveToImmutable(),
            Bounds = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal).Add(EvaluationAccuracy.Name, EvaluationAccuracy.Of(game, gap, accuracy)),
        };
    }
}
