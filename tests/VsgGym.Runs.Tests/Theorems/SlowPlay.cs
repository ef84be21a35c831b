using VsgGym.Core;

namespace VsgGym.Runs.Tests.Theorems;

/// <summary>Gains and potentials of policies, [T or 1][N][S, A], by plain loops.</summary>
internal static class SlowPlay
{
    private const int Sweeps = 300; // of a discounted game

    /// <summary>The same rows for all players, states and times.</summary>
    public static double[][][,] Uniform(StochasticGame game) => [.. Enumerable.Range(0, game.Horizon ?? 1).Select(_ => game.ActionCounts.Select(actions =>
    {
        var policy = new double[game.StateCount, actions];
        for (int k = 0; k < policy.Length; k++) policy[k / actions, k % actions] = 1.0 / actions;
        return policy;
    }).ToArray())];

    /// <summary>What a player gains by the best it can do against the others, from the start.</summary>
    public static double Gain(StochasticGame game, double[][][,] policies, int player)
    {
        double[] best = game.TerminalRewards(player).ToArray(), own = game.TerminalRewards(player).ToArray();
        for (int k = (game.Horizon ?? Sweeps) - 1; k >= 0; k--)
        {
            double[][,] now = policies[game.Horizon is null ? 0 : k];
            double[,] toBest = ActionValues(game, now, player, best), toOwn = ActionValues(game, now, player, own);
            best = [.. Enumerable.Range(0, game.StateCount).Select(s => Enumerable.Range(0, game.ActionCounts[player]).Max(a => toBest[s, a]))];
            own = [.. Enumerable.Range(0, game.StateCount).Select(s => Enumerable.Range(0, game.ActionCounts[player]).Sum(a => now[player][s, a] * toOwn[s, a]))];
        }

        return Enumerable.Range(0, game.StateCount).Sum(s => game.Initial[s] * (best[s] - own[s]));
    }

    /// <summary>A player's action values when the others play and values follow.</summary>
    public static double[,] ActionValues(StochasticGame game, double[][,] policies, int player, double[] next)
    {
        var q = new double[game.StateCount, game.ActionCounts[player]];
        for (int row = 0; row < game.StateCount * game.JointActionCount; row++)
        {
            int s = row / game.JointActionCount, joint = row % game.JointActionCount;
            double payoff = game.Rewards(player)[row], weight = 1;
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) payoff += game.Discount * game.Probabilities[k] * next[game.NextStates[k]];
            for (int other = 0; other < game.PlayerCount; other++)
                if (other != player) weight *= policies[other][s, game.ActionOf(other, joint)];
            q[s, game.ActionOf(player, joint)] += weight * payoff;
        }

        return q;
    }

    /// <summary>What everyone is paid in a discounted team game plus the temperature times everyone's entropies, from the start.</summary>
    public static double Potential(StochasticGame team, double[][,] policies, double temperature)
    {
        double[] values = new double[team.StateCount];
        for (int k = 0; k < 60; k++) // as many as the table has
        {
            double[,] q = ActionValues(team, policies, 0, values);
            values = [.. Enumerable.Range(0, team.StateCount).Select(s => Enumerable.Range(0, team.ActionCounts[0]).Sum(a => policies[0][s, a] * q[s, a])
                - (temperature * policies.Sum(own => Enumerable.Range(0, own.GetLength(1)).Sum(a => own[s, a] * Math.Log(own[s, a])))))];
        }

        return Enumerable.Range(0, team.StateCount).Sum(s => team.Initial[s] * values[s]);
    }
}
