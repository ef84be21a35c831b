using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The climbing game: two players share a payoff whose best cell is surrounded by heavy penalties.</summary>
/// <remarks>
/// <para>Story: the two climb from (C,C) over (B,B) to the optimum (A,A); a partner who lags behind costs both 30, so cautious learners
/// stop short.</para>
/// <para>Players: player_0 picks the row, player_1 the column.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: A, B, C.</para>
/// <para>Rewards: both get [[11, -30, 0], [-30, 7, 6], [0, 0, 5]][row][column]. Pure equilibria: (A,A) = 11 and (B,B) = 7.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation.</para>
/// <para>Unknown: nothing. The rommeo paper prints the cell (C,C) as (5,3); the game is shared and Claus and Boutilier have 5 for
/// both.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("climbing-v0")]
[Source("claus1998", "section 2, Figure 3")]
[Source("rommeo", "section 5.1")]
public sealed class Climbing(Climbing.Options options) : NormalFormGame(options)
{
    private static readonly double[,] Rewards = { { 11, -30, 0 }, { -30, 7, 6 }, { 0, 0, 5 } };

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1);

    /// <inheritdoc/>
    protected override string Title => "Climbing game";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions => ["A", "B", "C"];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions) => Rewards[actions[0], actions[1]];
}
