using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Matching pennies: one player wins when the coins match, the other when they differ.</summary>
/// <remarks>
/// <para>Story: both lay down a coin at once; player_0 takes both if they show the same side, player_1 if they differ.</para>
/// <para>Players: player_0 wants a match, player_1 a mismatch.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: heads, tails.</para>
/// <para>Rewards: +1 to the winner and -1 to the loser: zero-sum. The only equilibrium plays both sides with probability 1/2; its value
/// is 0.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation.</para>
/// <para>Unknown: nothing; that the game stands in that chapter of the book is from memory, the text could not be read.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("matching_pennies-v0")]
[Source("neumann1944", "chapter III")]
public sealed class MatchingPennies(MatchingPennies.Options options) : NormalFormGame(options)
{
    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1);

    /// <inheritdoc/>
    protected override string Title => "Matching pennies";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions => ["heads", "tails"];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions) => (actions[0] == actions[1]) == (player == 0) ? 1 : -1;
}
