using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Export;

/// <summary>Judges whether a file's outputs are those of its source.</summary>
/// <remarks>
/// Numbers must agree within 1e-5 times max(1, |x|), actions of a box in game units. Greedy discrete actions must be equal, except where two probabilities lie within 1e-6 of each other.
/// Sampled ones must be equal, except where the random number lies within 1e-5 of the border between the two actions.
/// </remarks>
/// <param name="file">The file's name for messages.</param>
internal sealed class ParityComparer(string file)
{
    private const double Tolerance = 1e-5;
    private const double TiedWithin = 1e-6;

    private double _largest;
    private int _ties, _edges;

    private readonly record struct Found(Func<string, float[]> Numbers, Func<string, long[]> Choices);

    /// <summary>Rows compared so far.</summary>
    public int Rows { get; private set; }

    /// <summary>What was found so far.</summary>
    public ParityReport Report => new(Rows, _largest, _ties, _edges);

    /// <summary>Compares one batch; throws at the first disagreement.</summary>
    /// <param name="expected">The source's outputs.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="numbers">The file's float32 output of a name.</param>
    /// <param name="choices">The file's int64 output of a name.</param>
    /// <exception cref="VsgGymException">Kind Numerical: names the output, the row and both values.</exception>
    public void Compare(IReadOnlyList<ExpectedOutput> expected, int rows, Func<string, float[]> numbers, Func<string, long[]> choices)
    {
        var found = new Found(numbers, choices);
        foreach (var head in expected)
        {
            if (head.Head is GaussianHead) CompareBox(head, head.Head.Encoded, found);
            else CompareChoices(head, ((DiscreteSpace)head.Head.Space).Count, found);
        }

        Rows += rows;
    }

    private void CompareBox(ExpectedOutput expected, int length, Found found)
    {
        var output = expected.Output;
        Numbers("action" + expected.Suffix, output.Numbers, found, length);
        Numbers("sampled_action" + expected.Suffix, output.SampledNumbers, found, length);
        Numbers("log_probability" + expected.Suffix, output.LogProbability, found, 1);
        if (!expected.HasDistribution) return;
        Numbers("mean" + expected.Suffix, output.Mean, found, length);
        Numbers("sigma" + expected.Suffix, output.Sigma, found, length);
    }

    private void CompareChoices(ExpectedOutput expected, int count, Found found)
    {
        var output = expected.Output;
        Numbers("probabilities" + expected.Suffix, output.Probabilities, found, count);
        long[] greedy = found.Choices("action" + expected.Suffix);
        for (int row = 0; row < greedy.Length; row++)
        {
            if (greedy[row] == output.Choices[row]) continue;
            if (!AreTied(output.Probabilities.AsSpan(row * count, count), greedy[row], output.Choices[row])) throw Disagree("action" + expected.Suffix, row, greedy[row], output.Choices[row]);
            _ties++;
        }

        float[] logs = found.Numbers("log_probability" + expected.Suffix);
        long[] sampled = found.Choices("sampled_action" + expected.Suffix);
        for (int row = 0; row < sampled.Length; row++)
        {
            if (sampled[row] == output.SampledChoices[row]) continue;
            if (!IsEdge(output.Probabilities.AsSpan(row * count, count), sampled[row], output.SampledChoices[row], expected.Noise[row]))
                throw Disagree("sampled_action" + expected.Suffix, row, sampled[row], output.SampledChoices[row]);
            logs[row] = output.LogProbability[row]; // that of another action
            _edges++;
        }

        Numbers("log_probability" + expected.Suffix, output.LogProbability, logs, 1);
    }

    private static bool AreTied(ReadOnlySpan<float> probabilities, long first, long second) =>
        (ulong)first < (ulong)probabilities.Length && Math.Abs(probabilities[(int)first] - probabilities[(int)second]) <= TiedWithin;

    /// <summary>Whether no more than the tolerance of probability lies between the number and each of both actions.</summary>
    private static bool IsEdge(ReadOnlySpan<float> probabilities, long first, long second, float number)
    {
        if ((ulong)first >= (ulong)probabilities.Length) return false;
        long low = Math.Min(first, second), high = Math.Max(first, second);
        double below = 0, between = 0;
        for (int a = 0; a < high; a++)
            if (a <= low) below += probabilities[a];
            else between += probabilities[a];
        return Math.Abs(below - number) <= Tolerance && between <= Tolerance;
    }

    private void Numbers(string name, float[] expected, Found found, int width) => Numbers(name, expected, found.Numbers(name), width);

    private void Numbers(string name, ReadOnlySpan<float> expected, ReadOnlySpan<float> found, int width)
    {
        if (expected.Length != found.Length) throw Disagree(name, 0, $"{found.Length} numbers", $"{expected.Length} numbers");
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - found[i]) / Math.Max(1, Math.Abs(expected[i]));
            if (!(difference <= Tolerance)) throw Disagree(name, i / width, found[i], expected[i]);
            _largest = Math.Max(_largest, difference);
        }
    }

    private VsgGymException Disagree(string output, int row, object found, object expected) => new(ErrorKind.Numerical, new Fault(
        $"{file}.{output}[{Rows + row}]", VsgGymException.Show(found), $"the source gives {VsgGymException.Show(expected)}; the file is not published", "parity"));
}
