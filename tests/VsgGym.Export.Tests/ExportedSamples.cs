using VsgGym.Core;
using VsgGym.Networks;
using VsgGym.Networks.Tests;

namespace VsgGym.Export.Tests;

/// <summary>Every sample's files, written and checked once for all tests; each sample has a folder of its own.</summary>
public sealed class ExportedSamples : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vsggym-export-");

    public ExportedSamples()
    {
        foreach (string name in SampleBlueprints.Names)
        {
            var model = new BlueprintModel(SampleBlueprints.Named(name));
            Add(name, OnnxExporter.Write(model, Context, Path.Combine(Root, name)), file => new BlueprintSource(model.Forward, KindOf(file)));
        }

        foreach (string name in TableNames)
        {
            var policy = Table(name);
            var seat = Seat(policy);
            Add(name, [OnnxExporter.Write(policy, seat, Context, Path.Combine(Root, name))], _ => new TableSource(policy, seat.Action));
        }
    }

    public static ExportContext Context { get; } = new()
    {
        GameId = "sample-v0",
        GameOptions = """{"horizon":3}""",
        Algorithm = "rommeo",
        RunId = "run-1",
        Seed = ulong.MaxValue,
        TrainingHash = new string('a', 64),
        ProductVersion = "0.1.0",
    };

    public static IReadOnlyList<string> TableNames => ["stationary_table", "table_by_time"];

    public string Root => _folder.FullName;

    /// <summary>Sample, file and its source.</summary>
    internal List<(string Sample, ExportedFile File, IParitySource Source)> Files { get; } = [];

    internal string PathOf(string sample, string file) => Path.Combine(Root, sample, file);

    internal byte[] Bytes(string sample, string file = "policy.me.onnx") => File.ReadAllBytes(PathOf(sample, file));

    /// <summary>[1 or 3, 4, 3] with zeros and equal rows.</summary>
    public static TabularPolicy Table(string name)
    {
        double[] block = [0.2, 0.5, 0.3, 0, 1, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3, 0.5, 0, 0.5];
        return name == "stationary_table" ? new TabularPolicy(block, 1, 4, 3)
            : new TabularPolicy([.. block, .. block.Reverse(), 1, 0, 0, 0, 1, 0, 0, 0, 1, 0.25, 0.25, 0.5], 3, 4, 3);
    }

    public static TableSeat Seat(TabularPolicy policy) =>
        new("me", ["other"], new DiscreteSpace(policy.States), new DiscreteSpace(policy.Actions, ["up", "down", "stay"]));

    public void Dispose() => _folder.Delete(recursive: true);

    private static FileKind KindOf(ExportedFile file) =>
        file.Name.StartsWith("policy", StringComparison.Ordinal) ? FileKind.Policy : file.Name.StartsWith("cond", StringComparison.Ordinal) ? FileKind.Conditional : FileKind.Opponents;

    private void Add(string sample, IEnumerable<ExportedFile> files, Func<ExportedFile, IParitySource> source)
    {
        foreach (var file in files) Files.Add((sample, file, source(file)));
    }
}
