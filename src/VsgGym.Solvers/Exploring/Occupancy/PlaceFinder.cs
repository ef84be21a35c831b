using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Finds the players' own places in a table whose states are numbered in mixed radix over them, the first player slowest.</summary>
internal static class PlaceFinder
{
    private const int CheckedRows = 1 << 14; // between two looks at a token

    /// <summary>The place of every player in every state, [N][S].</summary>
    /// <param name="counts">How many places each player has, [N]; their product is S.</param>
    public static int[][] Unravel(IReadOnlyList<int> counts)
    {
        int states = counts.Aggregate(1, (product, count) => product * count), stride = states;
        var places = new int[counts.Count][];
        for (int p = 0; p < places.Length; p++)
        {
            stride /= counts[p];
            places[p] = new int[states];
            for (int s = 0; s < states; s++) places[p][s] = s / stride % counts[p];
        }

        return places;
    }

    /// <summary>All numbers of places, [N], that do not fail at once: whose moves look as if they hang on the own place and action only.</summary>
    public static IEnumerable<int[]> Candidates(StochasticGame game, CancellationToken cancellationToken) =>
        Factors(game.StateCount, game.PlayerCount).Where(counts => LooksFit(game, counts, cancellationToken));

    private static IEnumerable<int[]> Factors(int product, int parts)
    {
        if (parts == 1) return [[product]];
        return from first in Enumerable.Range(1, product) where product % first == 0 from rest in Factors(product / first, parts - 1) select (int[])[first, .. rest];
    }

    private static bool LooksFit(StochasticGame game, int[] counts, CancellationToken cancellationToken)
    {
        var seen = counts.Select((count, p) => new (int Lowest, int Highest)?[count * game.ActionCounts[p]]).ToArray();
        for (int row = 0; row < game.RowStarts.Length - 1; row++)
        {
            if (row % CheckedRows == 0) cancellationToken.ThrowIfCancellationRequested();
            if (game.RowStarts[row] == game.RowStarts[row + 1]) continue;
            int stride = game.StateCount;
            for (int p = 0; p < counts.Length; p++)
            {
                stride /= counts[p];
                int lowest = int.MaxValue, highest = -1;
                for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++)
                {
                    int place = game.NextStates[k] / stride % counts[p];
                    (lowest, highest) = (Math.Min(lowest, place), Math.Max(highest, place));
                }

                ref var known = ref seen[p][(row / game.JointActionCount / stride % counts[p] * game.ActionCounts[p]) + game.ActionOf(p, row % game.JointActionCount)];
                known ??= (lowest, highest);
                if (known != (lowest, highest)) return false;
            }
        }

        return true;
    }
}
