using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The premise of methods for zero-sum games of two players.</summary>
internal static class ZeroSumPremise
{
    private const double Rounding = 1e-12; // of a sum, beside its terms

    /// <summary>Refuses any other game, naming each state, legal joint action and sum at fault.</summary>
    /// <param name="game">The table.</param>
    /// <param name="solver">The id of the method, for the message.</param>
    /// <exception cref="VsgGymException">The premise fails.</exception>
    public static void Check(StochasticGame game, string solver)
    {
        if (game.PlayerCount != 2)
            throw VsgGymException.Invalid("solver", solver, $"needs a two-player zero-sum game and this one has {game.PlayerCount} players", "wrong_players");
        var faults = new FaultList();
        int joint = game.JointActionCount;
        ReadOnlySpan<double> first = game.Rewards(0), second = game.Rewards(1);
        for (int row = 0; row < first.Length; row++)
            if (!Cancel(first[row], second[row]) && game.IsLegalJoint(row / joint, row % joint))
                faults.Add($"rewards[{row / joint}, {game.ActionOf(0, row % joint)}, {game.ActionOf(1, row % joint)}]", first[row] + second[row], $"{solver} needs rewards that sum to 0, and in {State(game, row / joint)} joint action {Actions(game, row % joint)} pays {Shown(first[row])} and {Shown(second[row])}", "not_zero_sum");
        for (int s = 0; s < game.StateCount; s++)
            if (!Cancel(game.TerminalRewards(0)[s], game.TerminalRewards(1)[s]))
                faults.Add($"terminal_rewards[{s}]", game.TerminalRewards(0)[s] + game.TerminalRewards(1)[s], $"{solver} needs rewards that sum to 0, and {State(game, s)} pays {Shown(game.TerminalRewards(0)[s])} and {Shown(game.TerminalRewards(1)[s])} at the end", "not_zero_sum");
        faults.ThrowIfAny();
    }

    private static bool Cancel(double first, double second) => Math.Abs(first + second) <= Rounding * (Math.Abs(first) + Math.Abs(second));

    private static string State(StochasticGame game, int state) => game.StateLabels.IsDefaultOrEmpty ? $"state {state}" : $"state {state} ({game.StateLabels[state]})";

    private static string Actions(StochasticGame game, int joint) => $"({game.ActionLabels[0][game.ActionOf(0, joint)]}, {game.ActionLabels[1][game.ActionOf(1, joint)]})";

    private static string Shown(double number) => VsgGymException.Show(number);
}
