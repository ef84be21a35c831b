using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Maximum causal entropy by plain loops.</summary>
internal static class SlowCausalEntropy
{
    /// <summary>E[sum of the state-and-own-action indicators].</summary>
    public static double[][] Expectations(StochasticGame game, PolicyProfile policies)
    {
        double[][] sums = [.. game.ActionCounts.Select(actions => new double[game.StateCount * actions])];
        double[] now = game.Initial.ToArray();
        double weight = 1;
        for (int t = 0; t < (game.Horizon ?? 2000); t++)
        {
            var next = new double[game.StateCount];
            for (int s = 0; s < now.Length; s++)
                for (int joint = 0; joint < game.JointActionCount; joint++)
                {
                    double mass = now[s];
                    for (int p = 0; p < game.PlayerCount; p++) mass *= policies[p].Row(game.Horizon is null ? 0 : t, s)[game.ActionOf(p, joint)];
                    for (int p = 0; p < game.PlayerCount; p++) sums[p][(s * game.ActionCounts[p]) + game.ActionOf(p, joint)] += weight * mass;
                    for (int k = game.RowStarts[(s * game.JointActionCount) + joint]; k < game.RowStarts[(s * game.JointActionCount) + joint + 1]; k++) next[game.NextStates[k]] += mass * game.Probabilities[k];
                }

            now = next;
            weight *= game.Discount;
        }

        return sums;
    }

    /// <summary>E[V(x_1)] of soft values of the rewards theta, one entry moved, against the others' fixed policies.</summary>
    public static double SoftValue(StochasticGame game, PolicyProfile policies, int player, double[] theta, int moved, double by)
    {
        int actions = game.ActionCounts[player];
        var values = new double[game.StateCount];
        for (int t = (game.Horizon ?? 400) - 1; t >= 0; t--)
        {
            var earlier = new double[game.StateCount];
            for (int s = 0; s < earlier.Length; s++)
            {
                double sum = 0;
                for (int a = 0; a < actions; a++)
                {
                    double q = theta[(s * actions) + a] + ((s * actions) + a == moved ? by : 0);
                    for (int joint = 0; joint < game.JointActionCount; joint++)
                    {
                        if (game.ActionOf(player, joint) != a) continue;
                        double mass = 1;
                        for (int p = 0; p < game.PlayerCount; p++)
                            if (p != player) mass *= policies[p].Row(game.Horizon is null ? 0 : t, s)[game.ActionOf(p, joint)];
                        for (int k = game.RowStarts[(s * game.JointActionCount) + joint]; k < game.RowStarts[(s * game.JointActionCount) + joint + 1]; k++) q += game.Discount * mass * game.Probabilities[k] * values[game.NextStates[k]];
                    }

                    sum += Math.Exp(q);
                }

                earlier[s] = Math.Log(sum);
            }

            values = earlier;
        }

        return Enumerable.Range(0, values.Length).Sum(s => game.Initial[s] * values[s]);
    }

    /// <summary>Maximum causal entropy policies.</summary>
    public static PolicyProfile Soft(StochasticGame game, double beta)
    {
        var slow = new SlowReference(game);
        double[][][,] policies = game.Horizon is null
            ? [slow.Policies(slow.SolveDiscounted("log_sum_exp", beta, .7, 1e-13, 20_000)!, beta)]
            : slow.SolveHorizon("log_sum_exp", beta, .7, 1e-13, 20_000)!.Value.Policies;
        return new PolicyProfile(game, [.. game.ActionCounts.Select((actions, p) => new TabularPolicy([.. policies.SelectMany(time => time[p].Cast<double>())], policies.Length, game.StateCount, actions))]);
    }

    /// <summary>The game in which a player is paid theta of its state and own action, and nothing at the end.</summary>
    public static StochasticGame Paid(StochasticGame game, double[][] theta)
    {
        var builder = new StochasticGameBuilder([.. game.Players], game.StateCount, [.. game.ActionCounts]).WithInitial(game.Initial);
        for (int row = 0; row < game.StateCount * game.JointActionCount; row++)
        {
            int s = row / game.JointActionCount, joint = row % game.JointActionCount;
            for (int p = 0; p < game.PlayerCount; p++) builder.SetReward(p, s, joint, theta[p][(s * game.ActionCounts[p]) + game.ActionOf(p, joint)]);
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) builder.AddTransition(s, joint, game.NextStates[k], game.Probabilities[k]);
        }

        return builder.Build(game.Horizon, game.Horizon is null ? game.Discount : null);
    }
}
