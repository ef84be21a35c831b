using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The gain from deviating where it is largest: over all start states, and over all times with a horizon, whether they are reached or
/// not.</summary>
/// <remarks>
/// <para>A profile of policies of the state (and time) from which no player gains by deviating, wherever play starts, is a Markov perfect
/// equilibrium: a subgame-perfect equilibrium in Markov policies; in a discounted game with policies of the state alone the literature says
/// stationary equilibrium too. The metric "nash" asks the same from the initial distribution alone, so its gap of a player is never larger.</para>
/// <para>Player i's gap is the largest over starts of V*_i - V_i, V* being the value of its best response to the others; the profile is an
/// epsilon-equilibrium from every start for epsilon the largest gap of a player. The bound "worst_start.PLAYER" names the start where the player
/// gains most; its measured value is the gain from the initial distribution.</para>
/// </remarks>
/// <param name="game">The table.</param>
/// <param name="crew">Who shares the players; null for the caller's thread alone.</param>
[Metric("markov_perfect")]
[Source("maskin2001")]
[Source("shapley1953")]
public sealed class MarkovPerfectGap(StochasticGame game, WorkCrew? crew = null) : IMetric
{
    /// <inheritdoc/>
    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policies);
        var bounds = new KeyValuePair<string, Bound>[game.PlayerCount];
        var certificate = PlayerGaps.Sum(game, crew, "markov_perfect", player =>
        {
            var worst = game.Horizon is null ? Discounted(policies, player, cancellationToken) : Backward(policies, player, cancellationToken);
            double value = PlayerValues.FromStart(game, worst.Played), fromStart = Math.Max(0, PlayerValues.FromStart(game, worst.Best) - value);
            string statement = $"{game.Players[player]} gains most by deviating in {Name(worst)}; measured: its gain from the initial distribution.";
            bounds[player] = new($"worst_start.{game.Players[player]}", new Bound(worst.Gain, double.IsFinite(worst.Gain), statement, fromStart));
            return (worst.Gain, value, worst.Accuracy);
        });
        return certificate with { Bounds = certificate.Bounds.AddRange(bounds) };
    }

    private Worst Discounted(PolicyProfile policies, int player, CancellationToken cancellationToken)
    {
        var played = BestResponse.Evaluate(game, policies, player, cancellationToken);
        var best = BestResponse.Solve(game, policies, player, cancellationToken);
        var worst = new Worst(0, 0, 0, played.Values.Data, best.Values.Data, played.Accuracy + best.Accuracy);
        return Compare(worst, 0);
    }

    private Worst Backward(PolicyProfile policies, int player, CancellationToken cancellationToken)
    {
        var played = new BackwardSweep(game, policies, player, (_, q, policy) => StateValues.Expected(q, policy));
        var best = new BackwardSweep(game, policies, player, (state, q, _) => StateValues.Best(game, player, state, q));
        var worst = new Worst(0, 0, game.Horizon!.Value - 1, [], [], 0);
        while (played.MoveBack(cancellationToken))
        {
            best.MoveBack(cancellationToken);
            worst = Compare(worst with { Played = played.Values, Best = best.Values }, played.Time);
        }

        return worst;
    }

    private static Worst Compare(Worst worst, int time)
    {
        for (int s = 0; s < worst.Played.Length; s++)
        {
            double gain = worst.Best[s] - worst.Played[s];
            if (gain > worst.Gain || double.IsNaN(gain)) worst = worst with { Gain = gain, State = s, Time = time };
        }

        return worst;
    }

    private string Name(Worst worst)
    {
        string label = game.StateLabels.IsDefaultOrEmpty ? string.Empty : $" ({game.StateLabels[worst.State]})";
        return $"state {worst.State}{label}{(game.Horizon is null ? string.Empty : $" at time {worst.Time}")}";
    }

    private sealed record Worst(double Gain, int State, int Time, double[] Played, double[] Best, double Accuracy);
}
