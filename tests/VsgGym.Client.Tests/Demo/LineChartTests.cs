using VsgGym.Server.Verbs.Demo;

namespace VsgGym.Client.Tests.Demo;

public sealed class LineChartTests
{
    private static readonly LineChart Chart = new("share", "episodes", [0, 100, 200, 300], [new("up", [0, 0.5, 1, 1]), new("flat", [0.1, 0.1, 0.1, 0.1])]);

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(300)]
    public void Render_AnyWidth_KeepsToIt(int width)
    {
        foreach (bool unicode in (bool[])[true, false])
        {
            var lines = Lines(width, unicode);
            int most = Math.Min(width, 107) + Chart.XLabel.Length + 2;
            Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= most, line));
            Assert.Equal(1 + Chart.Rows + 3, lines.Count);
        }
    }

    [Fact]
    public void Render_InAscii_HasNoOtherCharacters() => Assert.All(Lines(60, unicode: false), line => Assert.All(line, c => Assert.InRange(c, ' ', '~')));

    [Fact]
    public void Render_NumbersTheAxesAndNamesTheCurves()
    {
        string text = string.Join('\n', Lines(80, unicode: true));
        foreach (string expected in (string[])["1.00", "0.75", "0.50", "0.25", "0.00", "150", "300  episodes", "up", "flat", "share"])
            Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_InAscii_PutsCurvesWhereTheirValuesAre()
    {
        var lines = Lines(60, unicode: false);
        Assert.Contains('*', lines[1]);               // the value 1 in the top row
        Assert.EndsWith("*", lines[1].TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain('o', lines[1]);
        Assert.Equal(1, lines.Skip(1).Take(Chart.Rows).Count(line => line.Contains('o', StringComparison.Ordinal))); // flat
    }

    private static List<string> Lines(int width, bool unicode) => [.. Chart.Render(width, unicode).Select(line => string.Concat(line.Select(run => run.Text)))];
}
