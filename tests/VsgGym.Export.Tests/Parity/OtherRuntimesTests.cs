using System.Runtime.InteropServices;
using System.Text.Json;

namespace VsgGym.Export.Tests;

/// <summary>The exported files under the ONNX project's checker and under npm's build of ONNX Runtime; tests/setup.sh brings both.</summary>
[Collection(ExportCollection.Name)]
public sealed class OtherRuntimesTests(ExportedSamples samples)
{
    private const int Rows = 10_000;

    [Fact]
    public async Task PythonsChecker_PassesEveryFile()
    {
        string output = await ExternalProgram.RunAsync("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "check_models.py"), samples.Root);
        Assert.Equal(samples.Files.Select(f => $"ok {f.Sample}/{f.File.Name}").Order(), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task NodesRuntime_AgreesOnTenThousandRows()
    {
        using var folder = new TemporaryFolder();
        var jobs = new List<object>();
        var expected = new List<IReadOnlyList<ExpectedOutput>>();
        foreach (var (sample, file, source) in samples.Files)
        {
            string place = Path.Combine(folder.Path, sample, file.Name);
            Directory.CreateDirectory(Path.Combine(place, "in"));
            Directory.CreateDirectory(Path.Combine(place, "out"));
            using var inputs = new OnnxInputs(Rows);
            expected.Add(source.Draw(new ParityInputs(Rows, 77), inputs)); // a seed the export has not used
            jobs.Add(new
            {
                model = samples.PathOf(sample, file.Name),
                inputs = inputs.Tensors.Select(t => Store(t.Name, t.Data, t.Width, Path.Combine(place, "in", t.Name))).ToList(),
                outputs = Path.Combine(place, "out"),
            });
        }

        string list = Path.Combine(folder.Path, "jobs.json");
        File.WriteAllText(list, JsonSerializer.Serialize(jobs));
        await ExternalProgram.RunAsync("node", Path.Combine(AppContext.BaseDirectory, "run_models.cjs"), Path.Combine(ExternalProgram.Root(), ".cache", "node"), list);
        for (int i = 0; i < samples.Files.Count; i++)
        {
            string place = Path.Combine(folder.Path, samples.Files[i].Sample, samples.Files[i].File.Name, "out");
            var comparer = new ParityComparer(samples.Files[i].File.Name);
            comparer.Compare(expected[i], Rows, name => Load<float>(Path.Combine(place, name)), name => Load<long>(Path.Combine(place, name)));
            Assert.Equal(Rows, comparer.Report.Rows);
            Assert.Equal(0, comparer.Report.Ties);
        }
    }

    private static object Store(string name, Array data, int? width, string file)
    {
        var (type, bytes) = data switch
        {
            float[] numbers => ("float32", MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray()),
            long[] numbers => ("int64", MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray()),
            _ => ("bool", MemoryMarshal.AsBytes(((bool[])data).AsSpan()).ToArray()),
        };
        File.WriteAllBytes(file, bytes);
        return new { name, type, shape = width is { } extent ? new[] { Rows, extent } : [Rows], file };
    }

    private static T[] Load<T>(string file)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(file)).ToArray();
}
