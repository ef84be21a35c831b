namespace VsgGym.Client.Tests;

public sealed class UploadTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Upload_IsListedExportedAndDeleted()
    {
        await using var client = await server.ConnectAsync();
        string id = await client.UploadGameAsync(new NormalFormGame(new double[,] { { 1, 1.0 / 3 } }) { Title = "short-lived" });
        var listed = Assert.Single(await client.UploadsAsync(), upload => upload.Id == id);
        Assert.Equal(("short-lived", "tabular"), (listed.Title, listed.Kind));
        Assert.InRange(listed.Bytes, 1, 200);
        var exported = await client.ExportGameAsync(id);
        var table = Assert.IsType<TabularGame>(exported.Game);
        Assert.Equal([1, 1.0 / 3], table.Rewards.Data);
        Assert.StartsWith("NFG 1 R \"short-lived\"", exported.Nfg, StringComparison.Ordinal);
        Assert.Equal(id, await client.UploadGameAsync(new NfgGame(exported.Nfg!)));
        await client.DeleteUploadAsync(id);
        Assert.DoesNotContain(await client.UploadsAsync(), upload => upload.Id == id);
        var error = await Assert.ThrowsAsync<NotFoundException>(() => client.DescribeAsync(id));
        Assert.Contains("was deleted", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotFoundException>(() => client.DeleteUploadAsync(id));
    }

    [Fact]
    public async Task Export_OfATable_ComesBackInEitherForm()
    {
        await using var client = await server.ConnectAsync();
        var dense = await client.ExportGameAsync("pursuit-v0");
        var sparse = await client.ExportGameAsync("pursuit-v0", sparse: true);
        var (table, coordinates) = (Assert.IsType<TabularGame>(dense.Game), Assert.IsType<TabularGame>(sparse.Game));
        Assert.Null(dense.Nfg);
        Assert.NotNull(table.LegalActions);
        Assert.Equal(table.Transitions.Data, coordinates.SparseTransitions!.ToDense().Data);
        Assert.Equal(table.Rewards.Data, coordinates.SparseRewards!.ToDense().Data);
        string id = await client.UploadGameAsync(table);
        Assert.Equal(id, await client.UploadGameAsync(coordinates));
        await client.DeleteUploadAsync(id);
    }

    [Fact]
    public async Task MeanFieldGame_ComesBack()
    {
        await using var client = await server.ConnectAsync();
        double[,,] move = { { { 1, 0 }, { 0, 1 } }, { { 1, 0 }, { 0, 1 } } };
        var game = new MeanFieldGame(new double[,] { { 1, 2 }, { 3, 4 } }, move, 2) { Initial = new[] { 0.5, 0.5 }, States = ["left", "right"], Title = "crowd" };
        string id = await client.UploadGameAsync(game);
        Assert.Equal("mean_field", (await client.DescribeAsync(id)).Game!.Kind);
        var back = Assert.IsType<MeanFieldGame>((await client.ExportGameAsync(id)).Game);
        Assert.Equal(game.Rewards.Data, back.Rewards.Data);
        Assert.Equal(id, await client.UploadGameAsync(back));
        await client.DeleteUploadAsync(id);
    }

    [Fact]
    public async Task MeanFieldGame_IsPlayedByAsManyAgentsAsItSays()
    {
        await using var client = await server.ConnectAsync();
        double[,,] move = { { { 1, 0 }, { 0, 1 } }, { { 1, 0 }, { 0, 1 } } };
        var game = new MeanFieldGame(new double[,] { { 1, 2 }, { 3, 4 } }, move, 2) { Title = "few", Agents = 3 };
        string id = await client.UploadGameAsync(game);
        Assert.Equal(["agent_0", "agent_1", "agent_2"], (await client.DescribeAsync(id)).Game!.Players.Select(player => player.Name));
        Assert.NotEqual(id, await client.UploadGameAsync(game with { Agents = null }));
        var back = Assert.IsType<MeanFieldGame>((await client.ExportGameAsync(id)).Game);
        Assert.Equal(3, back.Agents);
        Assert.Equal(id, await client.UploadGameAsync(back));
        var error = await Assert.ThrowsAsync<InvalidArgumentException>(() => client.UploadGameAsync(game with { Agents = 1001 }));
        Assert.Equal("game.mean_field.agents", Assert.Single(error.Faults).Path);
    }

    [Fact]
    public async Task MeanFieldGameOfTheCatalog_IsExported()
    {
        await using var client = await server.ConnectAsync();
        var game = Assert.IsType<MeanFieldGame>((await client.ExportGameAsync("mf_left_right-v0")).Game);
        Assert.Equal((10, 2), (game.Agents, game.Horizon));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, -1, 0, 0, -1, 0, 0, 0, -2, 0, 0, -2], game.MassRewards!.Data);
        Assert.Null(game.MassTransitions);
        Assert.Equal("mean_field", (await client.DescribeAsync(await client.UploadGameAsync(game))).Game!.Kind);
        await Assert.ThrowsAsync<InvalidArgumentException>(() => client.ExportGameAsync("mf_crowd-v0"));
    }

    [Fact]
    public async Task FlowGraph_ComesBack()
    {
        await using var client = await server.ConnectAsync();
        string id = await client.UploadGameAsync(new FlowGraph([(0, 1), (0, 2)], new[] { 0, 1.0, 2 }) { Nodes = ["root", "one", "two"] });
        Assert.Equal("flow", (await client.DescribeAsync(id)).Game!.Kind);
        var back = Assert.IsType<FlowGraph>((await client.ExportGameAsync(id)).Game);
        Assert.Equal([(0, 1), (0, 2)], back.Edges);
        Assert.Equal(["root", "one", "two"], back.Nodes);
        Assert.Equal(id, await client.UploadGameAsync(back));
        await client.DeleteUploadAsync(id);
    }

    [Fact]
    public async Task MalformedExtensiveText_NamesLineAndColumn()
    {
        await using var client = await server.ConnectAsync();
        var error = await Assert.ThrowsAsync<InvalidArgumentException>(() => client.UploadGameAsync(new EfgGame("EFG 2 R \"\" { \"a\" }\nt 1")));
        Assert.Equal("game.efg[line 2, column 3]", Assert.Single(error.Faults).Path);
    }
}
