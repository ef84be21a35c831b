using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Two-player one-shot games from their matrices.</summary>
internal static class NormalForm
{
    public static readonly double[,] Climbing = { { 11, -30, 0 }, { -30, 7, 6 }, { 0, 0, 5 } };

    /// <summary>The game of two matrices; with a discount it is repeated forever, else played once.</summary>
    public static StochasticGame Create(double[,] first, double[,] second, double? discount = null)
    {
        int rows = first.GetLength(0), columns = first.GetLength(1);
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1, [rows, columns]);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                builder.SetReward(0, 0, (i * columns) + j, first[i, j]).SetReward(1, 0, (i * columns) + j, second[i, j]);
                if (discount is not null) builder.AddTransition(0, (i * columns) + j, 0, 1);
            }
        }

        if (rows == 3) builder.WithActionLabels(0, "A", "B", "C");
        if (columns == 3) builder.WithActionLabels(1, "A", "B", "C");
        return discount is { } gamma ? builder.BuildDiscounted(gamma) : builder.BuildFiniteHorizon(1);
    }

    /// <summary>Runs a solver to its end and returns the outcome.</summary>
    public static SolveOutcome Run(IAlgorithm algorithm) =>
        SolveLoop.Run(algorithm, new SolveLimits(), null, () => null, CancellationToken.None);
}
