using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The finitely many points to which a seat's box action is restricted when its game is made tabular.</summary>
internal sealed class ActionGrid
{
    private readonly ImmutableArray<ImmutableArray<double>> _points;

    private ActionGrid(IEnumerable<ImmutableArray<double>> points)
    {
        _points = [.. points];
        Labels = [.. _points.Select(point => string.Join(", ", point.Select(Drawing.Number)))];
    }

    /// <summary>Number of points A.</summary>
    public int Count => _points.Length;

    /// <summary>The values of each point, [A].</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>A point, [n].</summary>
    public ImmutableArray<double> this[int action] => _points[action];

    /// <summary>k evenly spaced values of one number, both ends among them, ascending.</summary>
    public static ActionGrid Line(double low, double high, int k) =>
        new(Enumerable.Range(0, k).Select(i => ImmutableArray.Create(low + (i * (high - low) / (k - 1)))));

    /// <summary>The points of the probability simplex whose shares are whole multiples of 1 / (k - 1): all compositions of k - 1.</summary>
    /// <param name="parts">Shares of a point n, at least 1.</param>
    /// <param name="k">Different values of a share, at least 2.</param>
    public static ActionGrid Simplex(int parts, int k) =>
        new(Compositions(k - 1, parts).Select(whole => whole.Select(share => (double)share / (k - 1)).ToImmutableArray()));

    /// <summary>The number of points of <see cref="Simplex"/>, C(k - 2 + n, n - 1), or the limit where it is larger.</summary>
    public static long SimplexCount(int parts, int k, long limit)
    {
        long count = 1;
        for (int i = 1; i < parts && count < limit; i++) count = count * (k - 1 + i) / i; // exact: each is a binomial coefficient
        return Math.Min(count, limit);
    }

    /// <summary>Adds a fault where the table would have too many rows.</summary>
    /// <param name="path">The option's path.</param>
    /// <param name="k">The option's value.</param>
    /// <param name="actions">Points of a seat.</param>
    /// <param name="players">Seats N.</param>
    /// <param name="states">States S.</param>
    /// <param name="faults">Gets the fault.</param>
    public static void CheckRows(string path, int k, long actions, int players, long states, FaultList faults)
    {
        double rows = states;
        for (int p = 0; p < players; p++) rows *= actions;
        if (rows <= StochasticGameBuilder.MaximumRows) return;
        faults.Add(path, k, $"{players} players with {actions} points each in {states} states are {Drawing.Number(rows)} rows; a table may have {StochasticGameBuilder.MaximumRows}", "game_too_large");
    }

    /// <summary>In descending order of the first part, then of the second, and so on.</summary>
    private static IEnumerable<int[]> Compositions(int whole, int parts)
    {
        if (parts == 1)
        {
            yield return [whole];
            yield break;
        }

        for (int first = whole; first >= 0; first--)
            foreach (int[] rest in Compositions(whole - first, parts - 1)) yield return [first, .. rest];
    }
}
