using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs.Tests.Theorems;

/// <summary>Exploring agents by plain loops, from the four starts of the tables: uniform play, .98 of the first actions, .98 of the last, and drawn policies.</summary>
internal static class SlowExploring
{
    private const double Tolerance = 1e-11;

    /// <summary>The largest factor from one residual to the next within a time, and the largest distance of an answer from the first; NaN where a start came to none.</summary>
    public static (double Factor, double Spread) Follow(StochasticGame game, double beta, int seed)
    {
        double factor = 0, spread = 0;
        double[][] first = [];
        for (int start = 0; start < 4; start++)
        {
            var answer = Solve(game, beta, Start(game, start, seed), ref factor);
            if (answer is null) return (factor, double.NaN);
            if (start == 0) first = answer;
            for (int k = 0; k < answer.Length; k++) spread = Math.Max(spread, answer[k].Zip(first[k], (x, y) => Math.Abs(x - y)).Max());
        }

        return (factor, spread);
    }

    /// <summary>Softmax of beta q.</summary>
    public static double[] Softmax(double[] q, double beta)
    {
        double[] weights = [.. q.Select(value => Math.Exp(beta * (value - q.Max())))];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    // The policies at all times, one array for each (time, player, state), or null.
    private static double[][]? Solve(StochasticGame game, double beta, double[][,] start, ref double factor)
    {
        int players = game.PlayerCount, states = game.StateCount, steps = 0;
        var answers = new List<double[]>();
        double[][] next = game.Horizon is null ? Values(game, start) : [.. game.Players.Select((_, p) => game.TerminalRewards(p).ToArray())];
        for (int t = (game.Horizon ?? 1) - 1; t >= 0; t--)
        {
            double[][,] q = Expect(game, start, next), policies;
            double before = double.NaN, residual;
            do
            {
                if (++steps > 2000) return null;
                policies = Play(game, q, beta);
                double[][,] updated = Expect(game, policies, game.Horizon is null ? Means(game, q, policies) : next);
                residual = Enumerable.Range(0, players).Max(p => q[p].Cast<double>().Zip(updated[p].Cast<double>(), (x, y) => Math.Abs(x - y)).Max());
                if (before > 1e-12) factor = Math.Max(factor, residual / before);
                (before, q) = (residual, updated);
            }
            while (residual >= Tolerance);
            if (game.Horizon is not null) q = Expect(game, Play(game, q, beta), next);
            policies = Play(game, q, beta);
            next = Means(game, q, policies);
            for (int p = 0; p < players; p++)
                for (int s = 0; s < states; s++) answers.Add(Row(policies[p], s));
        }

        return [.. answers];
    }

    private static double[][,] Start(StochasticGame game, int start, int seed)
    {
        var random = RandomStream.Create((ulong)seed).Fork("start");
        var policies = new double[game.PlayerCount][,];
        for (int p = 0; p < policies.Length; p++)
        {
            int actions = game.ActionCounts[p];
            policies[p] = new double[game.StateCount, actions];
            for (int s = 0; s < game.StateCount; s++)
            {
                var row = new double[actions];
                if (start == 3) random.NextSimplex(row);
                for (int a = 0; a < actions && start < 3; a++) row[a] = start == 0 ? 1.0 / actions : a == (start == 1 ? 0 : actions - 1) ? 1 - (.02 * (actions - 1)) : .02;
                for (int a = 0; a < actions; a++) policies[p][s, a] = row[a];
            }
        }

        return policies;
    }

    // The values of policies in a discounted game.
    private static double[][] Values(StochasticGame game, double[][,] policies)
    {
        double[][] values = [.. game.Players.Select(_ => new double[game.StateCount])];
        for (int k = 0; k < 200; k++) values = Means(game, Expect(game, policies, values), policies);
        return values;
    }

    private static double[][,] Play(StochasticGame game, double[][,] q, double beta)
    {
        double[][,] policies = [.. q.Select(own => new double[own.GetLength(0), own.GetLength(1)])];
        for (int p = 0; p < q.Length; p++)
            for (int s = 0; s < game.StateCount; s++)
            {
                double[] row = Softmax(Row(q[p], s), beta);
                for (int a = 0; a < row.Length; a++) policies[p][s, a] = row[a];
            }

        return policies;
    }

    private static double[][] Means(StochasticGame game, double[][,] q, double[][,] policies) =>
        [.. q.Select((own, p) => Enumerable.Range(0, game.StateCount).Select(s => Row(own, s).Zip(Row(policies[p], s), (value, chance) => value * chance).Sum()).ToArray())];

    private static double[][,] Expect(StochasticGame game, double[][,] policies, double[][] next)
    {
        double[][,] q = [.. policies.Select(own => new double[own.GetLength(0), own.GetLength(1)])];
        for (int row = 0; row < game.StateCount * game.JointActionCount; row++)
        {
            int s = row / game.JointActionCount, joint = row % game.JointActionCount;
            for (int p = 0; p < q.Length; p++)
            {
                double payoff = game.Rewards(p)[row], weight = 1;
                for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) payoff += game.Discount * game.Probabilities[k] * next[p][game.NextStates[k]];
                for (int other = 0; other < q.Length; other++)
                    if (other != p) weight *= policies[other][s, game.ActionOf(other, joint)];
                q[p][s, game.ActionOf(p, joint)] += weight * payoff;
            }
        }

        return q;
    }

    private static double[] Row(double[,] table, int s) => [.. Enumerable.Range(0, table.GetLength(1)).Select(a => table[s, a])];
}
