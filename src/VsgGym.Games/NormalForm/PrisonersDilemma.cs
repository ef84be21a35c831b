using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The prisoner's dilemma: defecting pays more whatever the other does, yet both would rather cooperate.</summary>
/// <remarks>
/// <para>Story: Tucker's two prisoners are questioned apart; each gains by confessing, and both lose when both do.</para>
/// <para>Players: player_0 picks the row, player_1 the column.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: cooperate, defect.</para>
/// <para>Rewards (own, by own and other action): 3 for cooperating together, 0 and 5 for being betrayed and betraying, 1 for defecting
/// together, Axelrod's numbers. The only equilibrium, at every horizon, is to defect always.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation.</para>
/// <para>Unknown: Tucker's numbers; his notes of May 1950 were not printed then and could not be read. The story is told with years in prison, here the
/// reward is a score to maximize.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("prisoners_dilemma-v0")]
[Source("tucker1950")]
[Source("axelrod1984", "chapter 1, Figure 1")]
public sealed class PrisonersDilemma(PrisonersDilemma.Options options) : NormalFormGame(options)
{
    private static readonly double[,] OwnByOther = { { 3, 0 }, { 5, 1 } };

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1);

    /// <inheritdoc/>
    protected override string Title => "Prisoner's dilemma";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions => ["cooperate", "defect"];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions) => OwnByOther[actions[player], actions[1 - player]];
}
