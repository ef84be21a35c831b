using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The stag hunt: together the two catch a stag, alone each is sure of a hare.</summary>
/// <remarks>
/// <para>Story: Rousseau's hunters; a stag feeds both better than a hare, but whoever waits for it alone goes hungry.</para>
/// <para>Players: player_0 picks the row, player_1 the column.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: stag, hare.</para>
/// <para>Rewards (own, by own and other action): 4 for the stag together, 0 for waiting alone, 3 for a hare whatever the other hunts. Pure
/// equilibria: both stag, which pays most, and both hare, which risks least; in the mixed one each hunts the stag with probability 3/4.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation.</para>
/// <para>Unknown: nothing. The story has no numbers and the literature several; these are Skyrms's, where a hare is worth the same alone
/// and together. Other authors let a lone hare pay more than a shared one.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("stag_hunt-v0")]
[Source("skyrms2004")]
public sealed class StagHunt(StagHunt.Options options) : NormalFormGame(options)
{
    private static readonly double[,] OwnByOther = { { 4, 0 }, { 3, 3 } };

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1);

    /// <inheritdoc/>
    protected override string Title => "Stag hunt";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions => ["stag", "hare"];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions) => OwnByOther[actions[player], actions[1 - player]];
}
