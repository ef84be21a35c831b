using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>Stationary policy profiles of small tables, [N][S * A], and what they are worth.</summary>
internal static class Profiles
{
    /// <summary>Every profile of deterministic policies; profile k plays, for each player in turn, the digits of k in base A, the first player's slowest.</summary>
    public static double[][][] Deterministic(StochasticGame table)
    {
        int digits = table.PlayerCount * table.StateCount, actions = table.ActionCounts[0], count = 1;
        for (int i = 0; i < digits; i++) count *= actions;
        return [.. Enumerable.Range(0, count).Select(k => Enumerable.Range(0, table.PlayerCount).Select(p =>
        {
            var policy = new double[table.StateCount * actions];
            for (int s = 0, rest = k / Power(actions, (table.PlayerCount - 1 - p) * table.StateCount); s < table.StateCount; s++)
            {
                (rest, int action) = Math.DivRem(rest, actions);
                policy[(s * actions) + action] = 1;
            }

            return policy;
        }).ToArray())];
    }

    /// <summary>A policy with every action possible.</summary>
    public static double[] Mixed(StochasticGame table, int player, ref RandomStream random)
    {
        int actions = table.ActionCounts[player];
        var policy = new double[table.StateCount * actions];
        for (int s = 0; s < table.StateCount; s++) random.NextSimplex(policy.AsSpan(s * actions, actions));
        return policy;
    }

    /// <summary>A player's value of each first state, [S]: by recursion over the horizon, or by iteration until the discount has made the rest vanish.</summary>
    public static double[] Value(StochasticGame table, int player, double[][] profile)
    {
        var (reward, move) = Chain(table, player, profile);
        int decisions = table.Horizon ?? (int)(40 / (1 - table.Discount));
        double[] value = table.TerminalRewards(player).ToArray();
        for (int t = 0; t < decisions; t++)
            value = [.. reward.Select((r, s) => r + (table.Discount * move[s].Select((p, next) => p * value[next]).Sum()))];
        return value;
    }

    private static (double[] Reward, double[][] Move) Chain(StochasticGame table, int player, double[][] profile)
    {
        var reward = new double[table.StateCount];
        double[][] move = [.. reward.Select(_ => new double[table.StateCount])];
        for (int row = 0; row < table.StateCount * table.JointActionCount; row++)
        {
            var (state, joint) = Math.DivRem(row, table.JointActionCount);
            double probability = 1;
            for (int p = 0; p < table.PlayerCount; p++) probability *= profile[p][(state * table.ActionCounts[p]) + table.ActionOf(p, joint)];
            reward[state] += probability * table.Rewards(player)[row];
            for (int i = table.RowStarts[row]; i < table.RowStarts[row + 1]; i++) move[state][table.NextStates[i]] += probability * table.Probabilities[i];
        }

        return (reward, move);
    }

    private static int Power(int number, int exponent) => exponent == 0 ? 1 : number * Power(number, exponent - 1);
}
