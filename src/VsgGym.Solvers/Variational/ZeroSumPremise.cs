using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What methods for zero-sum games of two players need.</summary>
internal static class ZeroSumPremise
{
    private const double Rounding = 1e-12; // of a sum, relative to its terms

    /// <summary>Refuses any other game.</summary>
    /// <exception cref="VsgGymException">The game has not two players, or in some state and joint action the rewards do not sum to 0; every such place.</exception>
    public static void Check(StochasticGame game, string solver)
    {
        if (game.PlayerCount != 2)
            throw VsgGymException.Invalid("solver", solver, $"needs a zero-sum game of two players and this one has {game.PlayerCount}", "wrong_players");
        var faults = new FaultList();
        for (int row = 0; row < game.StateCount * game.JointActionCount; row++)
        {
            int state = row / game.JointActionCount, joint = row % game.JointActionCount;
            if (game.IsLegalJoint(state, joint)) Sum($"rewards[{state}, {game.ActionOf(0, joint)}, {game.ActionOf(1, joint)}]", game.Rewards(0)[row], game.Rewards(1)[row], solver, faults);
        }

        for (int s = 0; s < game.StateCount; s++) Sum($"terminal_rewards[{s}]", game.TerminalRewards(0)[s], game.TerminalRewards(1)[s], solver, faults);
        faults.ThrowIfAny();
    }

    private static void Sum(string path, double first, double second, string solver, FaultList faults)
    {
        double sum = first + second;
        if (Math.Abs(sum) > Rounding * (Math.Abs(first) + Math.Abs(second)))
            faults.Add(path, sum, $"{solver} needs a zero-sum game: the players' rewards, here {VsgGymException.Show(first)} and {VsgGymException.Show(second)}, must sum to 0", "not_zero_sum");
    }
}
