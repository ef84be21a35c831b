using Microsoft.ML.OnnxRuntime;
using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Export;

/// <summary>Compares a file, run by ONNX Runtime, with the source it was written from.</summary>
/// <remarks>
/// Numbers must agree within 1e-5 times max(1, |x|); actions of a box within 1e-5 times the largest of 1, |x| and half the width of the axis, for
/// float32 cannot say less of a wide box. Greedy discrete actions must be equal, except where two probabilities lie within 1e-6 of each other.
/// Sampled ones must be equal, except where the random number lies within 1e-5 of the border between the two actions.
/// </remarks>
internal sealed class ParityCheck
{
    public const int DefaultRows = 10_000;
    private const double Tolerance = 1e-5;
    private const double TiedWithin = 1e-6;

    private readonly string _file;
    private double _largest;
    private int _ties, _edges, _from;

    private ParityCheck(string file) => _file = file;

    /// <summary>Compares; throws at the first disagreement.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <param name="source">What it was written from.</param>
    /// <param name="rows">Inputs to compare. Default 10,000.</param>
    /// <exception cref="VsgGymException">Kind Numerical: the file and its source disagree; names the output, the row and both values.</exception>
    public static ParityReport Run(string path, string name, IParitySource source, int rows = DefaultRows)
    {
        using var session = OnnxSessions.Open(path, new OnnxOptions());
        var check = new ParityCheck(name);
        string[] outputs = [.. session.OutputNames];
        for (ulong seed = 0; check._from < rows; seed++)
        {
            int together = Math.Min(source.RowsTogether, rows - check._from);
            using var inputs = new OnnxInputs(together);
            var expected = source.Draw(new ParityInputs(together, seed), inputs);
            using var found = inputs.Run(session, outputs);
            foreach (var head in expected) check.Compare(head, output => found[Array.IndexOf(outputs, output + head.Suffix)]);
            check._from += together;
        }

        return new ParityReport(rows, check._largest, check._ties, check._edges);
    }

    private void Compare(ExpectedOutput expected, Func<string, OrtValue> found)
    {
        if (expected.Head is GaussianHead gaussian) CompareBox(expected, gaussian.Box, found);
        else CompareChoices(expected, ((DiscreteSpace)expected.Head.Space).Count, found);
    }

    private void CompareBox(ExpectedOutput expected, BoxSpace box, Func<string, OrtValue> found)
    {
        double[] half = [.. box.Low.Zip(box.High, (low, high) => 0.5 * ((double)high - low))];
        var output = expected.Output;
        Numbers("action" + expected.Suffix, output.Numbers, found("action"), half);
        Numbers("sampled_action" + expected.Suffix, output.SampledNumbers, found("sampled_action"), half);
        Numbers("log_probability" + expected.Suffix, output.LogProbability, found("log_probability"), [1]);
        if (!expected.HasDistribution) return;
        double[] one = [.. half.Select(_ => 1.0)];
        Numbers("mean" + expected.Suffix, output.Mean, found("mean"), one);
        Numbers("sigma" + expected.Suffix, output.Sigma, found("sigma"), one);
    }

    private void CompareChoices(ExpectedOutput expected, int count, Func<string, OrtValue> found)
    {
        var output = expected.Output;
        Numbers("probabilities" + expected.Suffix, output.Probabilities, found("probabilities"), [.. Enumerable.Repeat(1.0, count)]);
        var greedy = found("action").GetTensorDataAsSpan<long>();
        for (int row = 0; row < greedy.Length; row++)
        {
            if (greedy[row] == output.Choices[row]) continue;
            if (!AreTied(output.Probabilities.AsSpan(row * count, count), greedy[row], output.Choices[row])) throw Disagree("action" + expected.Suffix, row, greedy[row], output.Choices[row]);
            _ties++;
        }

        float[] logs = found("log_probability").GetTensorDataAsSpan<float>().ToArray();
        var sampled = found("sampled_action").GetTensorDataAsSpan<long>();
        for (int row = 0; row < sampled.Length; row++)
        {
            if (sampled[row] == output.SampledChoices[row]) continue;
            if (!IsEdge(output.Probabilities.AsSpan(row * count, count), sampled[row], output.SampledChoices[row], expected.Noise[row]))
                throw Disagree("sampled_action" + expected.Suffix, row, sampled[row], output.SampledChoices[row]);
            logs[row] = output.LogProbability[row]; // that of another action
            _edges++;
        }

        Numbers("log_probability" + expected.Suffix, output.LogProbability, logs, [1]);
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

    private void Numbers(string name, float[] expected, OrtValue found, double[] scale) => Numbers(name, expected, found.GetTensorDataAsSpan<float>(), scale);

    private void Numbers(string name, ReadOnlySpan<float> expected, ReadOnlySpan<float> found, double[] scale)
    {
        if (expected.Length != found.Length) throw Disagree(name, 0, $"{found.Length} numbers", $"{expected.Length} numbers");
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = Math.Max(Math.Max(1, Math.Abs(expected[i])), scale[i % scale.Length]);
            double difference = Math.Abs((double)expected[i] - found[i]) / allowed;
            if (!(difference <= Tolerance)) throw Disagree(name, i / scale.Length, found[i], expected[i]);
            _largest = Math.Max(_largest, difference);
        }
    }

    private VsgGymException Disagree(string output, int row, object found, object expected) => new(ErrorKind.Numerical, new Fault(
        $"{_file}.{output}[{_from + row}]", VsgGymException.Show(found), $"the source gives {VsgGymException.Show(expected)}; the file is not published", "parity"));
}
