namespace VsgGym.Client.Tests;

public sealed class PlayTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Make_TellsWhatTheServerUnderstood()
    {
        await using var client = await server.ConnectAsync();
        await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 3, Seed = 40, Seats = ["prey"], Autoreset = AutoresetMode.SameStep });
        Assert.Equal(["prey"], env.Players.Select(p => p.Name));
        Assert.Equal(["hunter", "prey"], env.AllPlayers);
        Assert.Equal([40UL, 41, 42], env.Seeds);
        Assert.Equal((AutoresetMode.SameStep, 22), (env.Autoreset, env.Horizon));
        Assert.Equal((-0.8, 0.8), (env.LowestReward, env.HighestReward)); // the last step pays twice: its own state, and the last one
        Assert.Equal(3 * sizeof(int), env.ActionBytes);
    }

    [Fact]
    public async Task Step_InPursuit_PaysAndMovesAsTheRulesSay()
    {
        await using var client = await server.ConnectAsync();
        var game = new CatalogGame("pursuit-v0") { Options = new() { ["hunter_start"] = 0, ["prey_start"] = 1, ["horizon"] = 2 } };
        await using var env = await client.MakeAsync(game, new() { NumEnvs = 2, Seed = 0 });
        var step = await env.ResetAsync();
        Assert.Equal([1, 1], step.Observations("hunter").ToArray()); // 9 * hunter + prey
        Assert.Equal([true, false, true, true, false], step.LegalActions("hunter")[..5].ToArray()); // from the corner: stay, right, down
        env.Actions("hunter").Fill(2);
        env.Actions("prey").Clear();
        step = await env.StepAsync();
        Assert.Equal([10, 10], step.Observations("prey").ToArray());
        Assert.Equal([0d, 0d], step.Rewards("hunter").ToArray());
        Assert.Equal([true, true], step.Live("hunter").ToArray());
        env.Actions("hunter").Clear();
        step = await env.StepAsync();
        Assert.Equal([true, true], step.Terminated("hunter").ToArray());
        Assert.Equal([false, false], step.Truncated("hunter").ToArray());
        Assert.True(step.Rewards("hunter")[0] > 0);
        Assert.Equal(-step.Rewards("hunter")[1], step.Rewards("prey")[1]);
    }

    [Fact]
    public async Task Step_KeptByTheCaller_IsNotOverwrittenByLaterOnes()
    {
        await using var client = await server.ConnectAsync();
        await using var env = await client.MakeAsync("climbing-v0", new() { NumEnvs = 1, Seed = 0 });
        await env.ResetAsync();
        var first = await env.StepAsync(); // (A, A)
        env.Actions(0)[0] = 1;
        await env.ResetAsync();
        var second = await env.StepAsync(); // (B, A)
        Assert.Equal((11d, -30d), (first.Rewards(0)[0], second.Rewards(0)[0]));
    }

    [Fact]
    public async Task Autoreset_SameStep_KeepsFinalObservations()
    {
        await using var client = await server.ConnectAsync();
        var game = new CatalogGame("pursuit-v0") { Options = new() { ["hunter_start"] = 0, ["prey_start"] = 8, ["horizon"] = 1 } };
        await using var env = await client.MakeAsync(game, new() { Seed = 0, Autoreset = AutoresetMode.SameStep });
        await env.ResetAsync();
        env.Actions("hunter")[0] = 2;
        var step = await env.StepAsync();
        Assert.Equal(17, step.FinalObservations("hunter")[0]); // hunter on 1, prey on 8
        Assert.Equal(8, step.Observations("hunter")[0]);       // and a new episode has begun
        Assert.True(step.Terminated("hunter")[0]);
        Assert.True(step.Live("hunter")[0]);
    }

    [Fact]
    public async Task TimeLimit_Truncates()
    {
        await using var client = await server.ConnectAsync();
        await using var env = await client.MakeAsync("pursuit-v0", new() { Seed = 0, TimeLimit = 1 });
        await env.ResetAsync();
        var step = await env.StepAsync();
        Assert.True(step.Truncated("hunter")[0]);
        Assert.False(step.Terminated("hunter")[0]);
        Assert.Empty(step.FinalObservations("hunter").ToArray());
    }

    [Fact]
    public async Task Others_WithATable_PlayIt()
    {
        await using var client = await server.ConnectAsync();
        NdArray always = new double[,] { { 0, 0, 1 } };
        await using var env = await client.MakeAsync("climbing-v0", new() { NumEnvs = 8, Seed = 0, Seats = ["player_0"], Others = new() { ["player_1"] = always } });
        await env.ResetAsync();
        env.Actions("player_0").Fill(2);
        var step = await env.StepAsync();
        Assert.Equal(Enumerable.Repeat(5d, 8), step.Rewards("player_0").ToArray()); // (C, C)
    }

    [Fact]
    public async Task IllegalActions_FirstLegal_ArePlayedOver()
    {
        await using var client = await server.ConnectAsync();
        var game = new CatalogGame("pursuit-v0") { Options = new() { ["hunter_start"] = 0, ["prey_start"] = 8 } };
        await using var env = await client.MakeAsync(game, new() { Seed = 0, IllegalActions = IllegalActionRule.FirstLegal });
        await env.ResetAsync();
        env.Actions("hunter")[0] = 1; // up, off the grid: stay instead
        var step = await env.StepAsync();
        Assert.Equal(8, step.Observations("hunter")[0]);
    }

    [Fact]
    public async Task BoxActions_OfTheDifferentialGame_Pay()
    {
        await using var client = await server.ConnectAsync();
        await using var env = await client.MakeAsync("differential-v0", new() { NumEnvs = 2, Seed = 0 });
        await env.ResetAsync();
        env.SetActions("player_0", [5f, -5f]);
        env.SetActions("player_1", [5f, -5f]);
        var step = await env.StepAsync();
        Assert.Equal(10, step.Rewards("player_0")[0], 1e-6); // r(5, 5) = 10 and r(-5, -5) = 0: Tian et al. 2019, section 5.2
        Assert.Equal(0, step.Rewards("player_1")[1], 1e-6);
        Assert.Equal(2, step.BoxObservations("player_0").Length);
    }

    [Fact]
    public async Task Reset_WithSeedsAndMask_TellsEffectiveSeeds()
    {
        await using var client = await server.ConnectAsync();
        await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 3, Seed = 0 });
        await env.ResetAsync(seeds: [7, 8, 9]);
        Assert.Equal([7UL, 8, 9], env.Seeds);
        await env.ResetAsync(seed: 100, mask: [false, true, false]);
        Assert.Equal([7UL, 101, 9], env.Seeds);
    }

    [Fact]
    public async Task Render_GivesTextAndSvg()
    {
        await using var client = await server.ConnectAsync();
        await using var env = await client.MakeAsync("pursuit-v0", new() { Seed = 0 });
        await env.ResetAsync();
        Assert.Contains("H hunter", await env.RenderAsync(), StringComparison.Ordinal);
        Assert.StartsWith("<svg", await env.RenderAsync(0, RenderFormat.Svg), StringComparison.Ordinal);
    }
}
