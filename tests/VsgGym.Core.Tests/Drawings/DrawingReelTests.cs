using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VsgGym.Core.Tests;

public sealed class DrawingReelTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void ToSvg_ShowsTheFramesInTurnAndTheLastTwiceAsLong()
    {
        var svg = Parse(Reel(0.5, 4));
        var frames = Frames(svg);
        Assert.Equal(4, frames.Count);
        Assert.Equal([null, "hidden", "hidden", "hidden"], frames.Select(frame => frame.Attribute("visibility")?.Value));
        Assert.Equal([null, "animation-delay:0.5s", "animation-delay:1s", "animation-delay:1.5s"], frames.Select(frame => frame.Attribute("style")?.Value));
        string rules = svg.Element(Svg + "style")!.Value;
        string name = frames[1].Attribute("class")!.Value;
        Assert.Equal([name, name, $"{name} {name}-last"], frames.Skip(1).Select(frame => frame.Attribute("class")!.Value));
        Assert.Contains($".{name}{{animation:{name}-show 2.5s step-end infinite}}.{name}-last{{animation-name:{name}-hold}}", rules, StringComparison.Ordinal);
        Assert.Contains($"@keyframes {name}-show{{0%{{visibility:visible}}21%{{visibility:hidden}}100%{{visibility:hidden}}}}", rules, StringComparison.Ordinal);
        Assert.Contains($"@keyframes {name}-hold{{0%{{visibility:visible}}40%{{visibility:hidden}}100%{{visibility:hidden}}}}", rules, StringComparison.Ordinal);
        Assert.Contains($"@media (prefers-reduced-motion:reduce){{.{name}{{animation:none}}}}", rules, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", rules, StringComparison.Ordinal);
        Assert.Empty(svg.Descendants(Svg + "script"));
    }

    [Fact]
    public void AtEveryMoment_TheTopmostVisibleFrameIsTheOneInTurn()
    {
        // What a browser does with the rules above: frame i is visible from its delay on for its share of every period, later ones on top.
        const int Count = 7;
        const double Seconds = 0.3, Period = (Count + 1) * Seconds;
        string svg = Reel(Seconds, Count);
        double[] shares = [.. Regex.Matches(svg, @"visibility:visible\}([0-9.]+)%").Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / 100)];
        double[] delays = [.. Frames(Parse(svg)).Skip(1).Select(frame => double.Parse(frame.Attribute("style")!.Value["animation-delay:".Length..^1], CultureInfo.InvariantCulture))];
        for (double t = 0.001; t < 3 * Period; t += 0.004)
        {
            int topmost = 0;
            for (int i = 1; i < Count; i++)
            {
                double since = t - delays[i - 1], share = shares[i == Count - 1 ? 1 : 0];
                if (since >= 0 && since % Period < share * Period) topmost = i;
            }

            Assert.Equal(Math.Min((int)(t % Period / Seconds), Count - 1), topmost);
        }
    }

    [Fact]
    public void OneFrame_DoesNotMove()
    {
        string svg = Reel(1, 1);
        Assert.Single(Frames(Parse(svg)));
        Assert.DoesNotContain("animation", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void NoFrame_IsRefused() => Assert.Throws<InvalidOperationException>(() => new DrawingReel(1).ToSvg());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void TimeOutsideItsRange_IsRefused(double seconds) => Assert.Throws<ArgumentOutOfRangeException>(() => new DrawingReel(seconds));

    [Fact]
    public void Size_IsThatOfTheLargestFrame()
    {
        var small = Grid(2, 0);
        var large = Grid(5, 0);
        var svg = Parse(new DrawingReel(1).Add("a", small).Add("b", large).Add("c", small).ToSvg());
        var alone = Parse(new DrawingReel(1).Add("b", large).ToSvg());
        Assert.Equal((alone.Attribute("width")!.Value, alone.Attribute("height")!.Value), (svg.Attribute("width")!.Value, svg.Attribute("height")!.Value));
        Assert.Equal(3, svg.Descendants(Svg + "rect").Where(rect => rect.Attribute("class")?.Value == "vsg-card").Select(rect => rect.ToString()).Count());
        Assert.Single(svg.Descendants(Svg + "rect").Where(rect => rect.Attribute("class")?.Value == "vsg-card").Select(rect => rect.ToString()).Distinct());
    }

    [Fact]
    public void Captions_AreEscaped()
    {
        const string Caption = "<script>alert(\"1\")</script> & 'quotes' \u0007 end";
        var svg = Parse(new DrawingReel(1).Add(Caption, Grid(2, 0)).Add("]]>", Grid(2, 1)).ToSvg());
        var texts = svg.Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.Contains(Caption.Replace('\u0007', '?'), texts);
        Assert.Contains("]]>", texts);
        Assert.Empty(svg.Descendants(Svg + "script"));
    }

    [Fact]
    public void Ids_AreOfTheContent()
    {
        string one = Reel(0.5, 3), same = Reel(0.5, 3), slower = Reel(0.6, 3), longer = Reel(0.5, 4);
        Assert.Equal(one, same);
        string[] names = [Name(one), Name(slower), Name(longer)];
        Assert.Equal(3, names.Distinct().Count());
        Assert.All(Parse(one).Descendants().Attributes("id"), id => Assert.StartsWith($"{names[0]}-", id.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void SharedElements_StandOnceAndEveryFrameKeepsItsOrder(int count)
    {
        string moving = Reel(1, count);
        var svg = Parse(moving);
        Assert.NotEmpty(svg.Descendants(Svg + "use"));
        var definitions = svg.Descendants(Svg + "g").Where(g => g.Attribute("id") is not null).ToDictionary(g => $"#{g.Attribute("id")!.Value}");
        var frames = Frames(svg);
        for (int i = 0; i < count; i++)
        {
            var inside = frames[i].Elements().Last().Elements().SelectMany(e => e.Name == Svg + "use" ? definitions[e.Attribute("href")!.Value].Elements() : [e]);
            var alone = Frames(Parse(new DrawingReel(1).Add($"step {i}", Grid(4, i)).ToSvg()))[0].Elements().Last().Elements();
            Assert.Equal(alone.Select(e => e.ToString()), inside.Select(e => e.ToString()));
        }

        int apart = Enumerable.Range(0, count).Sum(i => new DrawingReel(1).Add($"step {i}", Grid(4, i)).ToSvg().Length);
        Assert.True(moving.Length < apart);
    }

    private static Drawing Grid(int size, int at) => new DrawingBuilder()
        .Title("A grid")
        .Grid(size, size, new Token(at % size, 0, "A", 0), new Token(size - 1, at % size, "B", 1))
        .Table("row", ["x", "y"], "column", ["u", "v"], (r, c) => $"{r} {c}", highlight: (at % 2, 0))
        .Build();

    private static string Reel(double seconds, int count)
    {
        var reel = new DrawingReel(seconds);
        for (int i = 0; i < count; i++) reel.Add($"step {i}", Grid(4, i));
        Assert.Equal(count, reel.Count);
        return reel.ToSvg();
    }

    private static XElement Parse(string svg) => XDocument.Parse(svg).Root!;

    private static List<XElement> Frames(XElement svg) => [.. svg.Elements(Svg + "g")];

    private static string Name(string svg) => Frames(Parse(svg))[1].Attribute("class")!.Value;
}
