using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The penalty game: two best cells to agree on, a penalty for meeting halfway between them, and a safe second best.</summary>
/// <remarks>
/// <para>Story: both (A,A) and (C,C) pay 10, but who picks A while the partner picks C costs both k; B pays less and risks nothing.</para>
/// <para>Players: player_0 picks the row, player_1 the column.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: A, B, C.</para>
/// <para>Rewards: both get [[10, 0, k], [0, 2, 0], [k, 0, 10]][row][column]. Pure equilibria: (A,A) = (C,C) = 10 and (B,B) = 2.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation, k.</para>
/// <para>Unknown: nothing. Claus and Boutilier leave k at most 0 open and show runs down to -100; the default -30 is the heaviest penalty of
/// their climbing game.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("penalty-v0")]
[Source("claus1998")]
public sealed class Penalty(Penalty.Options options) : NormalFormGame(options)
{
    private readonly double[,] _rewards = Matrix(options.K);

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1)
    {
        /// <summary>The penalty, the reward of both where one plays A and the other C.</summary>
        [Range(-1e6, 0d)]
        public double K { get; init; } = -30;
    }

    /// <inheritdoc/>
    protected override string Title => "Penalty game";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions => ["A", "B", "C"];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions) => _rewards[actions[0], actions[1]];

    private static double[,] Matrix(double k)
    {
        k += 0.0; // a given -0 becomes 0
        return new[,] { { 10, 0, k }, { 0, 2, 0 }, { k, 0, 10 } };
    }
}
