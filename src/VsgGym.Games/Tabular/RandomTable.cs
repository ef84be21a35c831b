using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games;

/// <summary>Draws the parts of a random table, each from a stream of its own, with comparisons and exact arithmetic only: the same on every machine.</summary>
internal sealed class RandomTable
{
    private readonly RandomTableOptions _options;
    private readonly RandomStream _random;

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="VsgGymException">The table would be too large, or the options contradict each other; nothing was allocated.</exception>
    public RandomTable(RandomTableOptions options)
    {
        var faults = new FaultList();
        options.Validate("options", faults);
        faults.ThrowIfAny();
        _options = options;
        _random = RandomStream.Create(options.Seed).Fork("random_table");
        JointActions = TableSize.JointActions(options.Players, options.Actions, RandomTableOptions.MaximumRows)!.Value;
    }

    /// <summary>Takes the successors of a row or of a state, ascending, with positive sum 1.</summary>
    public delegate void Visitor(int number, ReadOnlySpan<int> next, ReadOnlySpan<double> probabilities);

    /// <summary>Number of joint actions J.</summary>
    public int JointActions { get; }

    /// <summary>Number of rows S * J.</summary>
    public int Rows => _options.States * JointActions;

    /// <summary>A builder of the sizes that starts in a uniformly random state.</summary>
    public StochasticGameBuilder Start()
    {
        int states = _options.States;
        var builder = new StochasticGameBuilder(
            [.. Enumerable.Range(0, _options.Players).Select(p => $"player_{p}")], states, [.. Enumerable.Repeat(_options.Actions, _options.Players)]);
        double[] initial = [.. Enumerable.Repeat(1.0 / states, states)];
        return builder.WithInitial(initial);
    }

    /// <summary>Numbers drawn uniformly from [-1, 1).</summary>
    /// <param name="part">The name of their stream.</param>
    /// <param name="count">How many.</param>
    public double[] Values(string part, int count)
    {
        var random = _random.Fork(part);
        var values = new double[count];
        foreach (ref double value in values.AsSpan()) value = (2 * random.NextDouble()) - 1;
        return values;
    }

    /// <summary>Adds weight * value(s, the others' actions) to a player's rewards.</summary>
    /// <param name="rewards">[S * J]; changed.</param>
    /// <param name="player">Whose own action has no say.</param>
    /// <param name="weight">At least 0.</param>
    public void AddDummy(double[] rewards, int player, double weight)
    {
        int actions = _options.Actions, stride = 1;
        for (int p = _options.Players - 1; p > player; p--) stride *= actions;
        double[] values = Values($"dummy/{player}", Rows / actions);
        for (int row = 0; row < rewards.Length; row++) // without the own digit, the first player slowest
            rewards[row] += weight * values[(row / (stride * actions) * stride) + (row % stride)];
    }

    /// <summary>Draws successors: distinct states with probabilities uniform on the simplex.</summary>
    /// <param name="count">How many times: S * J rows, or S states.</param>
    /// <param name="visit">Takes them; the spans are overwritten afterwards.</param>
    public void DrawSuccessors(int count, Visitor visit)
    {
        var random = _random.Fork("transitions");
        int states = _options.States;
        var next = new int[_options.Successors];
        var probabilities = new double[next.Length];
        var taken = new bool[states];
        for (int number = 0; number < count; number++)
        {
            DrawDistinct(ref random, next, taken);
            DrawSimplex(ref random, probabilities);
            visit(number, next, probabilities);
        }
    }

    /// <summary>A uniformly random set of states (Floyd's algorithm), ascending.</summary>
    private static void DrawDistinct(ref RandomStream random, Span<int> next, bool[] taken)
    {
        for (int i = 0, last = taken.Length - next.Length; i < next.Length; i++, last++)
        {
            int drawn = random.NextInt32(last + 1);
            next[i] = taken[drawn] ? last : drawn;
            taken[next[i]] = true;
        }

        foreach (int state in next) taken[state] = false;
        next.Sort();
    }

    /// <summary>The gaps between sorted uniform numbers are uniform on the simplex, and need no logarithm, which differs between machines.</summary>
    private static void DrawSimplex(ref RandomStream random, Span<double> probabilities)
    {
        var cuts = probabilities[..^1];
        foreach (ref double cut in cuts) cut = random.NextDouble();
        cuts.Sort();
        double above = 1;
        for (int i = probabilities.Length - 1; i > 0; i--) (probabilities[i], above) = (above - probabilities[i - 1], probabilities[i - 1]);
        probabilities[0] = above;
    }
}
