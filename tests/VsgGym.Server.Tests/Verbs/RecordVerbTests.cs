using System.Text.Json;
using System.Xml.Linq;
using VsgGym.Server.Tests.Hosting;
using VsgGym.Server.Tests.Services;
using VsgGym.Server.Verbs;

namespace VsgGym.Server.Tests.Verbs;

public sealed class RecordVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Record_WritesTheFileAndPrintsTheReturns()
    {
        string file = _folder["pursuit.svg"];
        var (code, output, error) = await RunAsync("record", "pursuit-v0", "--out", file, "--seed", "4", "--set", "horizon=6");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("pursuit-v0: 6 steps, to its end; drawn in", output, StringComparison.Ordinal);
        Assert.Contains("hunter", output, StringComparison.Ordinal);
        byte[] first = await File.ReadAllBytesAsync(file);
        Assert.Equal(7, XDocument.Load(file).Root!.Elements().Count(e => e.Name.LocalName == "g"));
        Assert.NotEqual(0xEF, first[0]); // no byte order mark
        await RunAsync("record", "pursuit-v0", "--out", file, "--seed", "4", "--set", "horizon=6");
        Assert.Equal(first, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task Record_WithModels_PlaysThem()
    {
        await File.WriteAllBytesAsync(_folder["b.onnx"], OnnxModels.File(0, 0, 1, 0));
        string[] arguments = ["record", "climbing-v0", "--out", _folder["climbing.svg"], "--seat", $"player_0={_folder["b.onnx"]}", "--greedy", "--seat", "player_1=uniform", "--set", "horizon=50", "--steps", "20", "--seconds", "0.2", "--json"];
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((0, ""), (code, error));
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal((20, false, 0UL), (json.GetProperty("steps").GetInt32(), json.GetProperty("ended").GetBoolean(), json.GetProperty("seed").GetUInt64()));
        string svg = await File.ReadAllTextAsync(_folder["climbing.svg"]);
        Assert.Contains("played player_0 B", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("played player_0 A", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--steps", "1001", "--steps")]
    [InlineData("--seconds", "0.001", "--seconds")]
    [InlineData("--seat", "player_0", "--seat")]
    [InlineData("--seat", "player_0=best", "players.player_0")]
    [InlineData("--seat", "nobody=uniform", "players.nobody")]
    [InlineData("--seat", "player_0=model:none", "players.player_0")]
    [InlineData("--set", "horizn=3", "horizn")]
    public async Task FaultyArguments_AreNamedAndNothingIsWritten(string option, string value, string named)
    {
        var (code, _, error) = await RunAsync("record", "climbing-v0", "--out", _folder["none.svg"], "--runs", _folder["runs"], option, value);
        Assert.NotEqual(0, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["none.svg"]));
    }

    [Fact]
    public async Task FileThatCannotBeWritten_IsNamed()
    {
        var (code, _, error) = await RunAsync("record", "climbing-v0", "--out", Path.Combine(_folder["none"], "x.svg"));
        Assert.NotEqual(0, code);
        Assert.Contains("--out", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
