using System.Xml.Linq;

namespace VsgGym.Client.Tests;

public sealed class PictureTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData(EnvironmentTransport.Unary)]
    [InlineData(EnvironmentTransport.Stream)]
    public async Task RenderRgb_ShowsTheWorld(EnvironmentTransport transport)
    {
        await using var client = await server.ConnectAsync();
        var game = new CatalogGame("pursuit-v0") { Options = new() { ["hunter_start"] = 0, ["prey_start"] = 8, ["horizon"] = 5 } };
        await using var env = await client.MakeAsync(game, new() { Seed = 0, Transport = transport });
        await env.ResetAsync();
        var before = await env.RenderRgbAsync();
        Assert.Equal(3 * before.Width * before.Height, before.Pixels.Length);
        Assert.Equal(((byte)255, (byte)255, (byte)255), before[0, 0]);
        Assert.Equal(((byte)0xFC, (byte)0xFC, (byte)0xFC), before[8, 100]);
        Assert.Contains((0x00, 0x72, 0xB2), ColumnAt(before, 48)); // the hunter's blue in the first column
        env.Actions("hunter")[0] = 2; // right
        env.Actions("prey")[0] = 0;
        await env.StepAsync();
        var after = await env.RenderRgbAsync();
        Assert.DoesNotContain((0x00, 0x72, 0xB2), ColumnAt(after, 48));
        Assert.Contains((0x00, 0x72, 0xB2), ColumnAt(after, 112));
        Assert.Throws<ArgumentOutOfRangeException>(() => after[after.Width, 0]);
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => env.RenderRgbAsync(3), "copy", "3");
    }

    [Fact]
    public async Task Record_PlaysTheOccupantsToTheEnd()
    {
        await using var client = await server.ConnectAsync();
        var game = new CatalogGame("climbing-v0") { Options = new() { ["horizon"] = 4 } };
        var settings = new RecordSettings { Seed = 8, SecondsPerStep = 0.25, Players = { ["player_0"] = new NdArray([0d, 1, 0], 1, 3), ["player_1"] = new NdArray([0d, 0, 1], 1, 3) } };
        var recording = await client.RecordAsync(game, settings);
        Assert.Equal((4, 8UL, true), (recording.Steps, recording.Seed, recording.Ended));
        Assert.Equal([24.0, 24.0], recording.Returns); // (B, C) pays both 6
        Assert.Equal(5, XDocument.Parse(recording.Svg).Root!.Elements().Count(e => e.Name.LocalName == "g"));
        Assert.Equal(recording.Svg, (await client.RecordAsync(game, settings)).Svg);
    }

    [Fact]
    public async Task Record_WithoutSettings_PlaysUniformlyFromASeedOfTheServer()
    {
        await using var client = await server.ConnectAsync();
        var recording = await client.RecordAsync("pursuit-v0");
        Assert.Equal((22, true), (recording.Steps, recording.Ended));
        Assert.Equal(recording.Svg, (await client.RecordAsync("pursuit-v0", new() { Seed = recording.Seed })).Svg);
    }

    [Theory]
    [InlineData(0, 1, "max_steps")]
    [InlineData(1001, 1, "max_steps")]
    [InlineData(null, 0, "seconds_per_step")]
    [InlineData(null, double.NaN, "seconds_per_step")]
    public async Task Record_OutsideTheRanges_IsRefused(int? steps, double seconds, string path)
    {
        await using var client = await server.ConnectAsync();
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.RecordAsync("pursuit-v0", new() { MaxSteps = steps, SecondsPerStep = seconds }), path);
    }

    [Fact]
    public async Task Record_OfAnUnknownPlayer_NamesIt()
    {
        await using var client = await server.ConnectAsync();
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.RecordAsync("pursuit-v0", new() { Players = { ["fox"] = "uniform" } }), "players.fox");
    }

    /// <summary>The colors left of the middle of a token, whose letter is in another color, in every row.</summary>
    private static List<(int Red, int Green, int Blue)> ColumnAt(RgbPicture picture, int middle) =>
        [.. Enumerable.Range(0, picture.Height).Select(y => picture[middle - 14, y]).Select(color => ((int)color.Red, (int)color.Green, (int)color.Blue))];
}
