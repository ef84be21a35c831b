using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The game of chicken: who goes straight wins if the other swerves, and both lose everything if neither does.</summary>
/// <remarks>
/// <para>Story: two drivers race towards each other; swerving is safe and shames only the one who does it alone.</para>
/// <para>Players: player_0 picks the row, player_1 the column.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: swerve, straight.</para>
/// <para>Rewards: swerving together 6 and 6, alone 2 against 7 for the other, going straight together 0 and 0. Pure equilibria: one swerves,
/// the other does not, in either order; in the mixed one each swerves with probability 2/3 and gets 14/3. The best correlated
/// equilibrium draws (swerve, swerve) with probability 1/2 and each of the two pure equilibria with 1/4, which pays 21/4 to each; it is the
/// utilitarian and the egalitarian one.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation.</para>
/// <para>Unknown: nothing. The numbers are those of Greenwald and Hall, whose actions are letters; other authors have other numbers in the same
/// order.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("chicken-v0")]
[Source("greenwald2003")]
public sealed class Chicken(Chicken.Options options) : NormalFormGame(options)
{
    private static readonly double[,] OwnByOther = { { 6, 2 }, { 7, 0 } };

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1);

    /// <inheritdoc/>
    protected override string Title => "Chicken";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions => ["swerve", "straight"];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions) => OwnByOther[actions[player], actions[1 - player]];
}
