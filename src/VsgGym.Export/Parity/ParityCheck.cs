using VsgGym.Core;

namespace VsgGym.Export;

/// <summary>Runs a file on random inputs and compares it with the source it was written from, as <see cref="ParityComparer"/> judges.</summary>
internal static class ParityCheck
{
    public const int DefaultRows = 10_000;

    /// <summary>Compares; throws at the first disagreement.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <param name="source">What it was written from.</param>
    /// <param name="rows">Inputs to compare. Default 10,000.</param>
    /// <exception cref="VsgGymException">Kind Numerical: the file and its source disagree; names the output, the row and both values.</exception>
    public static ParityReport Run(string path, string name, IParitySource source, int rows = DefaultRows)
    {
        using var session = OnnxSessions.Open(path, new OnnxOptions());
        var comparer = new ParityComparer(name);
        string[] outputs = [.. session.OutputNames];
        for (ulong seed = 0; comparer.Rows < rows; seed++)
        {
            int together = Math.Min(source.RowsTogether, rows - comparer.Rows);
            using var inputs = new OnnxInputs(together);
            var expected = source.Draw(new ParityInputs(together, seed), inputs);
            using var found = inputs.Run(session, outputs);
            comparer.Compare(
                expected, together,
                output => found[Array.IndexOf(outputs, output)].GetTensorDataAsSpan<float>().ToArray(),
                output => found[Array.IndexOf(outputs, output)].GetTensorDataAsSpan<long>().ToArray());
        }

        return comparer.Report;
    }
}
