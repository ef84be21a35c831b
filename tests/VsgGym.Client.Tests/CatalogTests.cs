using System.Text.Json;

namespace VsgGym.Client.Tests;

public sealed class CatalogTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Lists_AreSortedAndSummarized()
    {
        await using var client = await server.ConnectAsync();
        foreach (var (entries, kind, known) in ((IReadOnlyList<CatalogEntry>, EntryKind, string)[])
            [
                (await client.GamesAsync(), EntryKind.Game, "pursuit-v0"),
                (await client.SolversAsync(), EntryKind.Solver, "rommeo_q"),
                (await client.MetricsAsync(), EntryKind.Metric, "nash"),
            ])
        {
            Assert.Contains(entries, entry => entry.Id == known);
            Assert.Equal(entries.Select(entry => entry.Id).Order(StringComparer.Ordinal), entries.Select(entry => entry.Id));
            Assert.All(entries, entry => Assert.Equal(kind, entry.Kind));
            Assert.All(entries, entry => Assert.NotEmpty(entry.Summary));
        }
    }

    [Fact]
    public async Task Describe_Game_TellsPlayersSpacesAndSize()
    {
        await using var client = await server.ConnectAsync();
        var description = await client.DescribeAsync("pursuit-v0");
        var game = Assert.IsType<GameDescription>(description.Game);
        Assert.Equal(["hunter", "prey"], game.Players.Select(p => p.Name));
        var action = Assert.IsType<DiscreteSpace>(game.Players[0].Action);
        Assert.Equal(5, action.Count);
        Assert.Equal("stay", action.Label(0));
        Assert.Equal(81, Assert.IsType<DiscreteSpace>(game.Players[1].Observation).Count);
        Assert.Equal((22, 81L, true), (game.Horizon, game.States, game.HasIllegalActions));
        Assert.Equal(81, game.StateLabels.Count);
        Assert.NotEmpty(description.Entry.Sources);
    }

    [Fact]
    public async Task Describe_GameWithOptions_ResolvesThem()
    {
        await using var client = await server.ConnectAsync();
        var description = await client.DescribeAsync(new CatalogGame("pursuit-v0") { Options = new() { ["horizon"] = 3 } });
        Assert.Equal(3, description.Game!.Horizon);
        Assert.Equal(3, JsonDocument.Parse(description.Game.OptionsJson).RootElement.GetProperty("horizon").GetInt32());
        Assert.Equal(22, JsonDocument.Parse(description.DefaultOptionsJson).RootElement.GetProperty("horizon").GetInt32());
    }

    [Fact]
    public async Task Describe_Solver_TellsSchema()
    {
        await using var client = await server.ConnectAsync();
        var description = await client.DescribeAsync("rommeo_q");
        Assert.Null(description.Game);
        Assert.True(JsonDocument.Parse(description.OptionsSchemaJson).RootElement.GetProperty("properties").TryGetProperty("episodes", out _));
    }

    [Fact]
    public async Task Describe_BoxGame_TellsBounds()
    {
        await using var client = await server.ConnectAsync();
        var game = (await client.DescribeAsync("differential-v0")).Game!;
        var box = Assert.IsType<BoxSpace>(game.Players[0].Action);
        Assert.Equal((1, -10f, 10f), (box.Length, box.Low[0], box.High[0]));
        Assert.Null(game.States);
    }

    [Fact]
    public async Task Upload_SameGameTwice_GivesOneIdThatPlays()
    {
        await using var client = await server.ConnectAsync();
        string id = await client.UploadGameAsync(Samples.Pennies);
        Assert.StartsWith("upload-", id, StringComparison.Ordinal);
        Assert.Equal(id, await client.UploadGameAsync(Samples.Pennies));
        await using var env = await client.MakeAsync(id, new() { NumEnvs = 2, Seed = 0 });
        Assert.Equal(["even", "odd"], env.Players.Select(p => p.Name));
        await env.ResetAsync();
        env.SetActions("even", [0, 1]);
        env.SetActions("odd", [0, 0]);
        var step = await env.StepAsync();
        Assert.Equal([1, -1], step.Rewards("even").ToArray());
        Assert.Equal([-1, 1], step.Rewards("odd").ToArray());
    }
}
