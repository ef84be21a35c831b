using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>A certificate whose gap is the sum of the players' own.</summary>
internal static class PlayerGaps
{
    private const int TransitionCost = 100; // about how often each is read

    /// <summary>Measures every player.</summary>
    /// <param name="game">The table.</param>
    /// <param name="crew">Who shares the players; null for the caller's thread alone.</param>
    /// <param name="concept">The metric's id.</param>
    /// <param name="measure">Of a player: its gap, not negative, its value, both in reward units, and how far the gap may be off, beside rounding; called by any thread of the crew.</param>
    /// <returns>With the bound "evaluation_accuracy".</returns>
    public static Certificate Sum(StochasticGame game, WorkCrew? crew, string concept, Func<int, (double Gap, double Value, double Accuracy)> measure)
    {
        var players = new (double Gap, double Value, double Accuracy)[game.PlayerCount];
        int cost = SweepCost.Limited(TransitionCost * (double)game.TransitionCount);
        (crew ?? WorkCrew.Alone()).Run(new Work(players, measure), players.Length, cost, CancellationToken.None); // what is measured looks at its own token
        double gap = players.Sum(player => player.Gap), accuracy = players.Sum(player => player.Accuracy);
        return new Certificate
        {
            Concept = concept,
            Gap = gap,
            GapPerPlayer = [.. players.Select(player => player.Gap)],
            Values = [.. players.Select(player => player.Value)],
            Bounds = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal).Add(EvaluationAccuracy.Name, EvaluationAccuracy.Of(game, gap, accuracy)),
        };
    }

    private sealed class Work((double Gap, double Value, double Accuracy)[] players, Func<int, (double Gap, double Value, double Accuracy)> measure) : ICrewWork
    {
        public double Run(int start, int end, CancellationToken cancellationToken)
        {
            for (int p = start; p < end; p++) players[p] = measure(p);
            return 0;
        }
    }
}
