using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>A certificate whose gap is the sum of the players' own.</summary>
internal static class PlayerGaps
{
    /// <summary>Measures one player after the other.</summary>
    /// <param name="game">The table.</param>
    /// <param name="concept">The metric's id.</param>
    /// <param name="measure">Of a player: its gap, not negative, its value, both in reward units, and how far the gap may be off, beside rounding.</param>
    /// <returns>With the bound "evaluation_accuracy".</returns>
    public static Certificate Sum(StochasticGame game, string concept, Func<int, (double Gap, double Value, double Accuracy)> measure)
    {
        var gaps = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        var values = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        double accuracy = 0;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            var player = measure(p);
            gaps.Add(player.Gap);
            values.Add(player.Value);
            accuracy += player.Accuracy;
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
