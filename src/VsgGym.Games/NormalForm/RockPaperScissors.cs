using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Rock, paper, scissors: each action beats one other and loses to the third.</summary>
/// <remarks>
/// <para>Story: both show a hand at once; paper beats rock, scissors beat paper, rock beats scissors.</para>
/// <para>Players: player_0 picks the row, player_1 the column.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: rock, paper, scissors.</para>
/// <para>Rewards: +1 to the winner and -1 to the loser, 0 for a draw: zero-sum. The only equilibrium is uniform; its value is 0.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation.</para>
/// <para>Unknown: nothing; that the game stands in that chapter of the book is from memory, the text could not be read.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("rock_paper_scissors-v0")]
[Source("neumann1944", "chapter III")]
public sealed class RockPaperScissors(RockPaperScissors.Options options) : NormalFormGame(options)
{
    // By (own - other) modulo 3: a draw, the own hand is the next one and wins, the other's is.
    private static readonly double[] ByLead = [0, 1, -1];

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1);

    /// <inheritdoc/>
    protected override string Title => "Rock, paper, scissors";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions => ["rock", "paper", "scissors"];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions)
    {
        int lead = actions[player] - actions[1 - player];
        return ByLead[(lead + 3) % 3];
    }
}
