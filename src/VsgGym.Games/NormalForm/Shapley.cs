using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Shapley's game: the two chase each other through three actions, and fictitious play never settles.</summary>
/// <remarks>
/// <para>Story: player_0 wants to match the other, player_1 wants to be one action ahead of the other in a circle, and a third kind of cell pays
/// nobody.</para>
/// <para>Players: player_0 picks the row, player_1 the column.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: A, B, C, in a circle.</para>
/// <para>Rewards: where the column is the row, 1 and 0; where it is the next one (A to B to C to A), 0 and 1; else 0 and 0. The only
/// equilibrium is uniform, with 1/3 for each; fictitious play circles (A,A), (A,B), (B,B), (B,C), (C,C), (C,A) in ever longer runs.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation.</para>
/// <para>Unknown: nothing. Shapley gives a class of games by inequalities; this is its usual member of zeros and ones, up to the names of
/// the actions.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("shapley-v0")]
[Source("shapley1964")]
public sealed class Shapley(Shapley.Options options) : NormalFormGame(options)
{
    private const int Circle = 3;

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1);

    /// <inheritdoc/>
    protected override string Title => "Shapley's game";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions => ["A", "B", "C"];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions)
    {
        int lead = (actions[1] - actions[0] + Circle) % Circle;
        return lead == player ? 1 : 0; // player_0 is paid for a lead of 0, player_1 for one of 1
    }
}
