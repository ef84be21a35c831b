using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>One player's features F(x, a), sparse.</summary>
internal sealed class FeatureRows
{
    private readonly (int Feature, double Value)[][] _rows; // [S * A]

    private FeatureRows(int count, (int Feature, double Value)[][] rows) => (Count, _rows) = (count, rows);

    /// <summary>K, how many features.</summary>
    public int Count { get; }

    /// <summary>Features of a kind.</summary>
    public static FeatureRows Of(StochasticGame game, int player, FeatureKind kind)
    {
        int actions = game.ActionCounts[player], rows = game.StateCount * actions;
        return kind == FeatureKind.State
            ? new FeatureRows(game.StateCount, [.. Enumerable.Range(0, rows).Select(row => ((int, double)[])[(row / actions, 1.0)])])
            : new FeatureRows(rows, [.. Enumerable.Range(0, rows).Select(row => ((int, double)[])[(row, 1.0)])]);
    }

    /// <summary>Features given as numbers, [S * A][K].</summary>
    public static FeatureRows Of(IReadOnlyList<IReadOnlyList<double>> numbers) => new(
        numbers[0].Count,
        [.. numbers.Select(row => row.Select((value, feature) => (feature, value)).Where(entry => entry.value != 0).ToArray())]);

    /// <summary>rewards[x, a] = theta F(x, a).</summary>
    public void Rewards(ReadOnlySpan<double> theta, Span<double> rewards)
    {
        for (int row = 0; row < rewards.Length; row++)
        {
            double sum = 0;
            foreach (var (feature, value) in _rows[row]) sum += theta[feature] * value;
            rewards[row] = sum;
        }
    }

    /// <summary>sums += weight F(x, a).</summary>
    public void Add(int row, double weight, Span<double> sums)
    {
        foreach (var (feature, value) in _rows[row]) sums[feature] += weight * value;
    }
}
