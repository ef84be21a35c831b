using VsgGym.Core;
using VsgGym.Server.Pictures;

namespace VsgGym.Server.Tests.Pictures;

public sealed class SvgPainterTests
{
    private const long NoLimit = long.MaxValue;

    // A grid of 2 x 3 cells of 64 pixels within margins of 16: the token's center is (16 + 2.5 * 64, 16 + 1.5 * 64).
    private static readonly string Grid = new DrawingBuilder().Grid(2, 3, new Token(1, 2, "A", 0)).Build().ToSvg();

    [Fact]
    public void Paint_HasTheDrawingsSizeAndColors()
    {
        var picture = SvgPainter.Paint(Grid, NoLimit, Letters.Installed);
        Assert.Equal((224, 164, 224 * 164 * 3), (picture.Width, picture.Height, picture.Pixels.Length));
        Assert.Equal((255, 255, 255), At(picture, 0, 0)); // beyond the card's round corner
        Assert.Equal((0xFC, 0xFC, 0xFC), At(picture, 8, 100)); // the card, in its light color
        Assert.Equal((0xFC, 0xFC, 0xFC), At(picture, 48, 48)); // an empty cell
        Assert.Equal((0x00, 0x72, 0xB2), At(picture, 176 - 16, 112)); // the first player's color, left of the letter
        Assert.Equal((0xFC, 0xFC, 0xFC), At(picture, 176 - 22, 112)); // beyond its circle
        var (red, green, blue) = At(picture, 80, 32); // a line between two cells
        Assert.True(red == green && green == blue && red is > 0x80 and < 0xE8);
    }

    [Fact]
    public void Token_HasALetterInItsInk()
    {
        var picture = SvgPainter.Paint(Grid, NoLimit, Letters.Installed);
        var inside = Around(picture, 176, 112, 8);
        Assert.Contains(inside, color => color is { Red: > 0xE0, Green: > 0xE0, Blue: > 0xE0 });
        Assert.Contains((0x00, 0x72, 0xB2), inside);
    }

    [Fact]
    public void Text_IsDarkOnTheLightCard()
    {
        var picture = SvgPainter.Paint(new DrawingBuilder().Title("HHHH").Build().ToSvg(), NoLimit, Letters.Installed);
        var colors = Around(picture, 40, 25, 20);
        Assert.Contains(colors, color => color is { Red: < 0x60, Green: < 0x60, Blue: < 0x60 });
    }

    [Fact]
    public void WithoutAFont_ABarStandsForEachLetter()
    {
        string svg = new DrawingBuilder().Caption("H H").Build().ToSvg();
        var picture = SvgPainter.Paint(svg, NoLimit, new Letters(null, null));
        // Letters of 14 pixels, in cells of 8.4: the first and the third are dark, the blank between them is not.
        Assert.Equal((0x1A, 0x1A, 0x1A), At(picture, 20, 23));
        Assert.Equal((0xFC, 0xFC, 0xFC), At(picture, 28, 23));
        Assert.Equal((0x1A, 0x1A, 0x1A), At(picture, 37, 23));
        var with = SvgPainter.Paint(svg, NoLimit, Letters.Installed);
        Assert.Equal((with.Width, with.Height), (picture.Width, picture.Height));
    }

    [Fact]
    public void EveryGame_IsPaintedAndTwiceTheSame()
    {
        foreach (string id in Composition.Catalog.Games.Keys)
        {
            var game = Composition.Catalog.CreateGame(id);
            var batch = new VectorEnvironment(game.CreateEnvironment(), new VectorOptions(), 1);
            batch.Reset([1UL]);
            string svg = game.Draw(new World(batch.Worlds, 0)).ToSvg();
            var picture = SvgPainter.Paint(svg, NoLimit, Letters.Installed);
            Assert.Equal(picture.Pixels, SvgPainter.Paint(svg, NoLimit, Letters.Installed).Pixels);
            Assert.True(picture.Pixels.Min() < 0x60, $"{id} has nothing dark");
        }
    }

    [Fact]
    public void TooLargePicture_IsRefusedBeforeItIsPainted()
    {
        string svg = new DrawingBuilder().Grid(100, 100).Build().ToSvg();
        var fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => SvgPainter.Paint(svg, 1 << 20, Letters.Installed));
        Assert.Equal(("max_message_bytes", "message_too_large"), (fault.Path, fault.Reason));
        Assert.Contains("6432 x 6436 pixels", fault.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<image x=\"1\"/>", "image")]
    [InlineData("<g transform=\"rotate(3)\"/>", "rotate")]
    [InlineData("<rect x=\"1\" y=\"1\" width=\"2\"/>", "height")]
    [InlineData("<rect class=\"other\"/>", "other")]
    public void WhatDrawingsDoNotHave_IsAnError(string element, string named)
    {
        string svg = $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><style>.vsg-ink{{fill:#1A1A1A}}</style>{element}</svg>";
        Assert.Contains(named, Assert.Throws<InvalidOperationException>(() => SvgPainter.Paint(svg, NoLimit, Letters.Installed)).Message, StringComparison.Ordinal);
    }

    private static (int Red, int Green, int Blue) At(Picture picture, int x, int y)
    {
        int i = 3 * ((y * picture.Width) + x);
        return (picture.Pixels[i], picture.Pixels[i + 1], picture.Pixels[i + 2]);
    }

    private static List<(int Red, int Green, int Blue)> Around(Picture picture, int x, int y, int reach) =>
        [.. from row in Enumerable.Range(y - reach, 2 * reach) from column in Enumerable.Range(x - reach, 2 * reach) select At(picture, column, row)];
}
