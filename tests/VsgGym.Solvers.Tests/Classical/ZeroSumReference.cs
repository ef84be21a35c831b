using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Zero-sum games by loops: matrix games by Shapley and Snow's kernels, stochastic games by plain value iteration.</summary>
internal static class ZeroSumReference
{
    /// <summary>The game with the second player's rewards replaced by minus the first's.</summary>
    public static StochasticGame Of(StochasticGame game)
    {
        var builder = new StochasticGameBuilder([.. game.Players], game.StateCount, [.. game.ActionCounts]);
        for (int p = 0; p < 2; p++)
            for (int s = 0; s < game.StateCount; s++)
                for (int a = 0; a < game.ActionCounts[p]; a++)
                    if (!game.IsLegal(p, s, a)) builder.Forbid(p, s, a);
        for (int row = 0; row < game.StateCount * game.JointActionCount; row++)
        {
            int s = row / game.JointActionCount, joint = row % game.JointActionCount;
            if (!game.IsLegalJoint(s, joint)) continue;
            builder.SetReward(0, s, joint, game.Rewards(0)[row]).SetReward(1, s, joint, 0 - game.Rewards(0)[row]);
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) builder.AddTransition(s, joint, game.NextStates[k], game.Probabilities[k]);
        }

        builder.WithInitial(game.Initial);
        for (int s = 0; s < game.StateCount && game.Horizon is not null; s++)
            builder.SetTerminalReward(0, s, game.TerminalRewards(0)[s]).SetTerminalReward(1, s, 0 - game.TerminalRewards(0)[s]);
        return game.Horizon is { } horizon ? builder.BuildFiniteHorizon(horizon) : builder.BuildDiscounted(game.Discount);
    }

    /// <summary>T V of the first player.</summary>
    public static double[] Sweep(StochasticGame game, double[] values)
    {
        var swept = new double[game.StateCount];
        for (int s = 0; s < game.StateCount; s++)
        {
            int[] rows = [.. Enumerable.Range(0, game.ActionCounts[0]).Where(a => game.IsLegal(0, s, a))], columns = [.. Enumerable.Range(0, game.ActionCounts[1]).Where(b => game.IsLegal(1, s, b))];
            var matrix = new double[rows.Length, columns.Length];
            for (int i = 0; i < rows.Length; i++)
                for (int j = 0; j < columns.Length; j++)
                {
                    int at = (s * game.JointActionCount) + (rows[i] * game.ActionCounts[1]) + columns[j];
                    double later = 0;
                    for (int k = game.RowStarts[at]; k < game.RowStarts[at + 1]; k++) later += game.Probabilities[k] * values[game.NextStates[k]];
                    matrix[i, j] = game.Rewards(0)[at] + (game.Discount * later);
                }

            swept[s] = Value(matrix);
        }

        return swept;
    }

    /// <summary>The value of a matrix game: some square part of it, made indifferent, gives strategies that no row or column beats.</summary>
    public static double Value(double[,] matrix)
    {
        int rows = matrix.GetLength(0), columns = matrix.GetLength(1);
        double shift = 1 - matrix.Cast<double>().Min();
        for (int rowMask = 1; rowMask < 1 << rows; rowMask++)
            for (int columnMask = 1; columnMask < 1 << columns; columnMask++)
                if (int.PopCount(rowMask) == int.PopCount(columnMask) && Kernel(matrix, shift, rowMask, columnMask) is { } value) return value - shift;
        throw new InvalidOperationException("Every matrix game has a kernel.");
    }

    private static double? Kernel(double[,] matrix, double shift, int rowMask, int columnMask)
    {
        int[] rows = [.. Enumerable.Range(0, matrix.GetLength(0)).Where(i => (rowMask >> i & 1) == 1)], columns = [.. Enumerable.Range(0, matrix.GetLength(1)).Where(j => (columnMask >> j & 1) == 1)];
        int n = rows.Length;
        double[] y = [.. Enumerable.Repeat(1.0, n)], x = [.. y];
        if (!LinearSystem.TrySolve([.. rows.SelectMany(i => columns.Select(j => matrix[i, j] + shift))], y, 1e-12)) return null;
        if (!LinearSystem.TrySolve([.. columns.SelectMany(j => rows.Select(i => matrix[i, j] + shift))], x, 1e-12)) return null;
        double value = 1 / y.Sum();
        if (x.Concat(y).Any(weight => weight * value < -1e-12)) return null;
        bool rowHolds = Enumerable.Range(0, matrix.GetLength(1)).All(j => Enumerable.Range(0, n).Sum(k => x[k] * value * (matrix[rows[k], j] + shift)) >= value - 1e-11);
        bool columnHolds = Enumerable.Range(0, matrix.GetLength(0)).All(i => Enumerable.Range(0, n).Sum(k => y[k] * value * (matrix[i, columns[k]] + shift)) <= value + 1e-11);
        return rowHolds && columnHolds ? value : null;
    }
}
