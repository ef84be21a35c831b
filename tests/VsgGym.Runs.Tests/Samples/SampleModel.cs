using VsgGym.Core;

namespace VsgGym.Runs.Tests;

/// <summary>What one player of <see cref="SampleLearner"/> has learned.</summary>
internal sealed class SampleModel(string player, int states, int actions, double[] values, double temperature, double[] counts) : IPlayerModel
{
    public string Player => player;

    public double[] Probabilities { get; } = [.. Enumerable.Range(0, states).SelectMany(s => Softmax(values.AsSpan(s * actions, actions), temperature))];

    public IPolicy Policy(bool greedy) => new TabularPolicy(greedy ? Greedy() : Probabilities, 1, states, actions);

    public TabularPolicy? Table(StochasticGame game)
    {
        int seat = game.PlayerIndex(player);
        double[] legal = [.. Probabilities.Select((p, i) => game.IsLegal(seat, i / actions, i % actions) ? p : 0)];
        for (int s = 0; s < states; s++)
        {
            double sum = legal.AsSpan(s * actions, actions).ToArray().Sum();
            foreach (ref double p in legal.AsSpan(s * actions, actions)) p /= sum;
        }

        return new TabularPolicy(legal, 1, states, actions);
    }

    public ShapedArray? OpponentTable(StochasticGame game)
    {
        int others = counts.Length / states;
        var rho = new double[counts.Length];
        for (int i = 0; i < rho.Length; i++) rho[i] = counts[i] / counts.AsSpan(i / others * others, others).ToArray().Sum();
        return new ShapedArray(rho, [states, .. game.ActionCounts.Where((_, p) => p != game.PlayerIndex(player))]);
    }

    public static double[] Softmax(ReadOnlySpan<double> values, double temperature)
    {
        double[] scaled = values.ToArray();
        double most = scaled.Max();
        for (int i = 0; i < scaled.Length; i++) scaled[i] = Math.Exp((scaled[i] - most) / temperature);
        double sum = scaled.Sum();
        for (int i = 0; i < scaled.Length; i++) scaled[i] /= sum;
        return scaled;
    }

    private double[] Greedy()
    {
        var table = new double[states * actions];
        for (int s = 0; s < states; s++)
        {
            double[] row = values.AsSpan(s * actions, actions).ToArray();
            table[(s * actions) + Array.IndexOf(row, row.Max())] = 1;
        }

        return table;
    }
}
