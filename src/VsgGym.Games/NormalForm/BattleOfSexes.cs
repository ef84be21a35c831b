using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The battle of the sexes: both would rather be together, each at the event it likes better.</summary>
/// <remarks>
/// <para>Story: a couple chooses apart between a prize fight and a ballet; player_0 likes the fight better, player_1 the ballet.</para>
/// <para>Players: player_0 picks the row, player_1 the column.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: fight, ballet.</para>
/// <para>Rewards: together at the fight 2 and 1, together at the ballet 1 and 2, apart 0 and 0. Pure equilibria: both at the fight, both at
/// the ballet; in the mixed one each goes to its own event with probability 2/3 and gets 2/3.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation.</para>
/// <para>Unknown: the books' numbers, which are from memory as neither could be read: Luce and Raiffa, who tell the story (a prize fight and a ballet), pay -1
/// to both when apart; the zeros are Osborne and Rubinstein's, whose couple chooses between Bach and Stravinsky. The pure equilibria are the same.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("battle_of_sexes-v0")]
[Source("osborne1994")]
[Source("luce1957")]
public sealed class BattleOfSexes(BattleOfSexes.Options options) : NormalFormGame(options)
{
    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1);

    /// <inheritdoc/>
    protected override string Title => "Battle of the sexes";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions => ["fight", "ballet"];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions)
    {
        if (actions[0] != actions[1]) return 0;
        return actions[player] == player ? 2 : 1; // a seat's own event has its number
    }
}
