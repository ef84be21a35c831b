using System.Xml.Linq;
using SkiaSharp;
using VsgGym.Server.Tests.Hosting;
using VsgGym.Server.Verbs;

namespace VsgGym.Server.Tests.Verbs;

public sealed class ReproduceVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reproduce_OfSolvers_WritesPageNumbersAndFigures()
    {
        string[] arguments = ["reproduce", "rommeo/figure-1", "--out", _folder["out"], "--seeds", "3", "--only", "PR2", "--only", "WoLF", "--jobs", "2"];
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal(0, code);
        Assert.Contains("9/9 trials", error, StringComparison.Ordinal);
        Assert.Contains("reproduce rommeo/figure-1 --seeds 3 --only \"PR2\" --only \"WoLF\"", output, StringComparison.Ordinal);
        Assert.Contains("- `PR2-Q`: P(A,A) agrees", output, StringComparison.Ordinal);
        Assert.DoesNotContain("`FMQ`", output, StringComparison.Ordinal);
        string folder = Path.Combine(_folder["out"], "rommeo", "figure-1");
        string page = await File.ReadAllTextAsync(Path.Combine(folder, "README.md"));
        Assert.StartsWith(output, page, StringComparison.Ordinal);
        string[] numbers = await File.ReadAllLinesAsync(Path.Combine(folder, "numbers.csv"));
        Assert.Equal(1 + (3 * 2 * 120), numbers.Length); // methods, measures, points
        foreach (string name in (string[])["p-a-a-climbing-game", "reward-climbing-game"])
        {
            Assert.Contains($"![{name}]({name}.png)", page, StringComparison.Ordinal);
            Assert.Equal("svg", XDocument.Load(Path.Combine(folder, name + ".svg")).Root!.Name.LocalName);
            using var picture = SKBitmap.Decode(Path.Combine(folder, name + ".png"));
            Assert.Equal((1080, 600), (picture.Width, picture.Height));
            Assert.True(picture.Pixels.Distinct().Take(100).Count() == 100, "no curves");
        }

        (code, _, error) = await RunAsync(arguments);
        Assert.Equal((0, false), (code, error.Contains("trials\n", StringComparison.Ordinal))); // nothing is run again
    }

    [Fact]
    public async Task Reproduce_OfATheorem_WritesPageAndTable()
    {
        var (code, output, error) = await RunAsync(["reproduce", "flow/theorem-4-3", "--out", _folder["out"], "--seeds", "1"]);
        Assert.Equal((0, true), (code, error.Contains("README.md and table.csv", StringComparison.Ordinal)));
        Assert.Contains("reproduce flow/theorem-4-3 --seeds 1\n", output, StringComparison.Ordinal);
        string folder = Path.Combine(_folder["out"], "flow", "theorem-4-3");
        Assert.Equal(output, await File.ReadAllTextAsync(Path.Combine(folder, "README.md")));
        Assert.Equal(1 + (2 * 8), (await File.ReadAllLinesAsync(Path.Combine(folder, "table.csv"))).Length); // statements, games
    }

    [Theory]
    [InlineData("flow/theorem-4-4", "flow/theorem-4-3")]
    [InlineData("flow/theorem-4-3", "--only", "--only", "VPG")]
    [InlineData("rommeo/figure-9", "rommeo/figure-1")]
    [InlineData("rommeo/figure-1", "ROMMEO-Q-EMP", "--only", "nobody")]
    [InlineData("rommeo/figure-1", "--seeds", "--seeds", "0")]
    public async Task FaultyArguments_AreNamed(string id, string named, params string[] rest)
    {
        var (code, _, error) = await RunAsync(["reproduce", id, "--out", _folder["out"], .. rest]);
        Assert.NotEqual(0, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
