using System.Xml.Linq;
using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class DrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(-0.0, "0")]
    [InlineData(-0.0001, "0")]
    [InlineData(2.0 / 3, "0.667")]
    [InlineData(-30.0, "-30")]
    [InlineData(1234567890.0, "1.23457E+09")]
    public void Number_IsShortAndNeverMinusZero(double value, string expected) => Assert.Equal(expected, Drawing.Number(value));

    [Fact]
    public void Table_MarksTheHighlightedCell()
    {
        string text = new DrawingBuilder().Table("row", ["a", "b"], "column", ["x", "y"], (r, c) => $"{r}{c}", (1, 0)).Build().ToText();
        string expected = """
                  column
            row   x    y
                ┌────┬────┐
              a │ 00 │ 01 │
                ├────┼────┤
              b │[10]│ 11 │
                └────┴────┘

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void Grid_PutsSharedTokensSideBySide()
    {
        string text = new DrawingBuilder().Grid(1, 2, new Token(0, 1, "H", 0), new Token(0, 1, "P", 1)).Build().ToText();
        Assert.Equal("┌─────┬─────┐\n│     │ H P │\n└─────┴─────┘\n", text);
    }

    [Fact]
    public void Grid_RefusesATokenOutside() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrawingBuilder().Grid(3, 3, new Token(3, 0, "H", 0)));

    [Fact]
    public void HeatMap_MarksThePointInItsCell()
    {
        string[] lines = new DrawingBuilder()
            .HeatMap(new Axis("x", 0, 4), new Axis("y", 0, 4), 4, (x, y) => x, (3.5, 0.5)).Build().ToText().Split('\n');
        Assert.Equal("4 │  ░░▓▓██│", lines[1]);
        Assert.Equal("0 │  ░░▓▓<>│", lines[4]);
    }

    [Fact]
    public void Graph_ListsItsEdgesNodeByNode()
    {
        string text = Roads().ToText();
        string expected = """
              [s] ─> mid  x: 0.5   █████
            * [s] ─> mid  1: 0.25  ███
              mid ─> [s]
              end

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void GraphSvg_BendsParallelEdgesApart()
    {
        var document = XDocument.Parse(Roads().ToSvg());
        var labels = document.Descendants(Svg + "text").ToDictionary(e => e.Value, e => (double)e.Attribute("y")!);
        Assert.Equal(34, labels["1: 0.25"] - labels["x: 0.5"], 0.11);
        string[] curves = [.. document.Descendants(Svg + "path").Select(e => (string)e.Attribute("d")!).Where(d => d.Contains('Q', StringComparison.Ordinal))];
        Assert.Equal(3, curves.Distinct().Count());
        Assert.Equal(3, document.Descendants(Svg + "path").Count(e => ((string)e.Attribute("class")!).EndsWith("-head", StringComparison.Ordinal)));
        Assert.Equal(["5.2", "3.4", "1.5"], document.Descendants(Svg + "path").Attributes("stroke-width").Select(a => a.Value));
    }

    [Fact]
    public void GraphSvg_LiesInsideItsCard()
    {
        var document = XDocument.Parse(Roads().ToSvg());
        double[] box = [.. document.Root!.Attribute("viewBox")!.Value.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
        foreach (var path in document.Descendants(Svg + "path"))
        {
            double[] numbers = [.. path.Attribute("d")!.Value.Split(['M', 'Q', 'L', 'Z', ' '], StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
            for (int i = 0; i < numbers.Length; i++) Assert.InRange(numbers[i], -16, box[2 + (i % 2)] - 16);
        }
    }

    [Theory]
    [InlineData(0, 0, 0.5)]
    [InlineData(0, 3, 0.5)]
    [InlineData(-1, 1, 0.5)]
    [InlineData(0, 1, 1.5)]
    [InlineData(0, 1, double.NaN)]
    public void Graph_RefusesAnEdgeThatJoinsNothing(int from, int to, double weight) =>
        Assert.Throws<ArgumentException>(() => new DrawingBuilder().Graph([new GraphNode("a", 0, 0), new GraphNode("b", 1, 0)], [new GraphEdge(from, to, "x", weight)]));

    [Fact]
    public void Graph_RefusesNoNodeAndNoPlace()
    {
        Assert.Throws<ArgumentException>(() => new DrawingBuilder().Graph([], []));
        Assert.Throws<ArgumentException>(() => new DrawingBuilder().Graph([new GraphNode("a", double.NaN, 0)], []));
    }

    private static Drawing Roads() => new DrawingBuilder().Graph(
        [new GraphNode("s", 0, 0, Emphasis: true), new GraphNode("mid", 2, 0), new GraphNode("end", 3, 1)],
        [new GraphEdge(0, 1, "x: 0.5", 0.5), new GraphEdge(0, 1, "1: 0.25", 0.25, Emphasis: true), new GraphEdge(1, 0)]).Build();

    [Fact]
    public void Svg_OfHostileNames_IsWellFormedAndSaysTheSame()
    {
        var drawing = new DrawingBuilder().Title("<script>alert('x')</script>").Caption("a & \"b\" \u0001\u001b[31m \uFFFF").Build();
        var document = XDocument.Parse(drawing.ToSvg());
        string[] texts = [.. document.Descendants(Svg + "text").Select(e => e.Value)];
        Assert.Equal(["<script>alert('x')</script>", "a & \"b\" ??[31m ?"], texts);
        Assert.Equal("<script>alert('x')</script>\na & \"b\" ??[31m ?\n", drawing.ToText());
        Assert.DoesNotContain("http", drawing.ToSvg().Replace("http://www.w3.org/2000/svg", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Svg_OfEveryGame_HoldsTheTextsWords(string id)
    {
        var game = AllGames.Create(id);
        var drawing = game.Draw(new World(Play.Start(game).Worlds, 0));
        var document = XDocument.Parse(drawing.ToSvg());
        string title = drawing.ToText().Split('\n')[0];
        Assert.Contains(document.Descendants(Svg + "text"), e => e.Value == title);
        string[] box = document.Root!.Attribute("viewBox")!.Value.Split(' ');
        Assert.All(document.Descendants(Svg + "text"), e => Assert.InRange((double)e.Attribute("y")!, 0, double.Parse(box[3])));
    }

    [Fact]
    public void LongNames_AreCut() =>
        Assert.Equal(new string('x', 99) + "…\n", new DrawingBuilder().Caption(new string('x', 500)).Build().ToText());

    public static TheoryData<string> Ids => AllGames.Ids;
}
