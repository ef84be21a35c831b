using VsgGym.Core;
using VsgGym.Solvers;

namespace VsgGym.Games.Tests;

/// <summary>Exact solutions of small tables, for the facts that a game's page names.</summary>
internal static class Solving
{
    /// <summary>A stationary deterministic profile: an action's number per player and state.</summary>
    public static PolicyProfile Profile(StochasticGame game, Func<int, int, int> action)
    {
        var policies = new TabularPolicy[game.PlayerCount];
        for (int p = 0; p < policies.Length; p++)
        {
            int actions = game.ActionCounts[p];
            var probabilities = new double[game.StateCount * actions];
            for (int s = 0; s < game.StateCount; s++)
            {
                int chosen = action(p, s);
                if (!game.IsLegal(p, s, chosen)) chosen = Enumerable.Range(0, actions).First(a => game.IsLegal(p, s, a));
                probabilities[(s * actions) + chosen] = 1;
            }

            policies[p] = new TabularPolicy(probabilities, 1, game.StateCount, actions);
        }

        return new PolicyProfile(game, [.. policies]);
    }

    public static Certificate Nash(StochasticGame game, PolicyProfile policies) => new NashCertificate(game).Measure(policies, CancellationToken.None);

    public static Solution Explore(StochasticGame game, MgeF.Options options) =>
        SolveLoop.Run(new MgeF(game, options), new SolveLimits(), null, () => null, CancellationToken.None).Solution;

    /// <summary>MGE-F that starts every time at Q = 0, by one game of one decision per time; the solver itself starts from the later time's answer.</summary>
    public static PolicyProfile ExploreAfresh(StochasticGame game, MgeF.Options options)
    {
        int horizon = game.Horizon!.Value, states = game.StateCount;
        double[][] values = [.. Enumerable.Range(0, game.PlayerCount).Select(p => game.TerminalRewards(p).ToArray())];
        double[][] policies = [.. game.ActionCounts.Select(actions => new double[horizon * states * actions])];
        for (int t = horizon - 1; t >= 0; t--)
        {
            var solution = Explore(LastDecision(game, values), options);
            for (int p = 0; p < policies.Length; p++)
            {
                solution.Policies[p].Probabilities.CopyTo(policies[p].AsSpan(t * states * game.ActionCounts[p]));
                values[p] = [.. solution.Values[p].Data.ToArray().Take(states)];
            }
        }

        return new PolicyProfile(game, [.. policies.Select((policy, p) => new TabularPolicy(policy, horizon, states, game.ActionCounts[p]))]);
    }

    /// <summary>The values and one equilibrium of a zero-sum matrix by enumeration of equally large supports; rows maximize.</summary>
    public static (double Value, double[] Row, double[] Column) ZeroSum(double[,] payoffs)
    {
        int rows = payoffs.GetLength(0), columns = payoffs.GetLength(1);
        for (int size = 1; size <= Math.Min(rows, columns); size++)
            foreach (int[] rowSupport in Subsets(rows, size))
                foreach (int[] columnSupport in Subsets(columns, size))
                    if (Equalize(payoffs, rowSupport, columnSupport) is { } found) return found;
        throw new InvalidOperationException("no equilibrium with equally large supports");
    }

    private static StochasticGame LastDecision(StochasticGame game, double[][] values)
    {
        var builder = new StochasticGameBuilder(game.Players, game.StateCount, game.ActionCounts);
        for (int p = 0; p < game.PlayerCount; p++)
        {
            builder.WithRewards(p, game.Rewards(p));
            for (int s = 0; s < game.StateCount; s++)
            {
                builder.SetTerminalReward(p, s, values[p][s]);
                for (int a = 0; a < game.ActionCounts[p]; a++)
                    if (!game.IsLegal(p, s, a)) builder.Forbid(p, s, a);
            }
        }

        for (int row = 0; row + 1 < game.RowStarts.Length; row++)
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++)
                builder.AddTransition(row / game.JointActionCount, row % game.JointActionCount, game.NextStates[k], game.Probabilities[k]);
        return builder.BuildFiniteHorizon(1);
    }

    private static IEnumerable<int[]> Subsets(int count, int size) => Enumerable.Range(0, 1 << count)
        .Where(mask => System.Numerics.BitOperations.PopCount((uint)mask) == size)
        .Select(mask => Enumerable.Range(0, count).Where(k => (mask & (1 << k)) != 0).ToArray());

    /// <summary>The strategies on two supports that make the other's support indifferent, if they are an equilibrium.</summary>
    private static (double Value, double[] Row, double[] Column)? Equalize(double[,] payoffs, int[] rowSupport, int[] columnSupport)
    {
        const double Slack = 1e-9;
        if (Mix(rowSupport.Length, (i, j) => payoffs[rowSupport[j], columnSupport[i]]) is not { } row
            || Mix(rowSupport.Length, (i, j) => payoffs[rowSupport[i], columnSupport[j]]) is not { } column) return null;
        double value = row[^1];
        for (int j = 0; j < payoffs.GetLength(1); j++)
            if (rowSupport.Select((i, k) => row[k] * payoffs[i, j]).Sum() < value - Slack) return null;
        for (int i = 0; i < payoffs.GetLength(0); i++)
            if (columnSupport.Select((j, k) => column[k] * payoffs[i, j]).Sum() > value + Slack) return null;
        return (value, Spread(row, rowSupport, payoffs.GetLength(0)), Spread(column, columnSupport, payoffs.GetLength(1)));
    }

    /// <summary>Weights w and value v with sum_j m(i, j) w_j = v for each i and sum w = 1, by Gauss and Jordan; null if singular or negative.</summary>
    private static double[]? Mix(int size, Func<int, int, double> m)
    {
        var a = new double[size + 1, size + 2];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) a[i, j] = m(i, j);
            (a[i, size], a[size, i]) = (-1, 1);
        }

        a[size, size + 1] = 1;
        for (int k = 0; k <= size; k++)
        {
            int pivot = Enumerable.Range(k, size + 1 - k).MaxBy(i => Math.Abs(a[i, k]));
            if (Math.Abs(a[pivot, k]) < 1e-11) return null;
            for (int j = 0; j <= size + 1; j++) (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            for (int i = 0; i <= size; i++)
            {
                double factor = i == k ? 0 : a[i, k] / a[k, k];
                for (int j = k; j <= size + 1; j++) a[i, j] -= factor * a[k, j];
            }
        }

        double[] solution = [.. Enumerable.Range(0, size + 1).Select(k => a[k, size + 1] / a[k, k])];
        return solution.Take(size).Any(weight => weight < -1e-9) ? null : solution;
    }

    private static double[] Spread(double[] weights, int[] support, int count)
    {
        var all = new double[count];
        for (int k = 0; k < support.Length; k++) all[support[k]] = weights[k];
        return all;
    }
}
