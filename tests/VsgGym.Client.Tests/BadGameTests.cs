namespace VsgGym.Client.Tests;

/// <summary>Every bad game, option or policy gets a typed error naming field, value and rule.</summary>
public sealed class BadGameTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Upload_OfPayoffsWithNaN_NamesTheEntry()
    {
        await using var client = await server.ConnectAsync();
        var game = new NormalFormGame(new double[,,] { { { 1, double.NaN } }, { { 1, 2 } } });
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.UploadGameAsync(game), "game.normal_form.payoffs[0, 0, 1]", "NaN");
    }

    [Fact]
    public async Task Upload_OfPayoffsOfAnotherShape_NamesIt()
    {
        await using var client = await server.ConnectAsync();
        await RefusedAsync(client, new NormalFormGame(new double[,,] { { { 1, 2 } }, { { 1, 2 } }, { { 1, 2 } } }), "game.normal_form.payoffs", "3, 1, 2", "4 dimensions for 3 players");
        await RefusedAsync(client, new NormalFormGame(new NdArray([], 0)), "game.normal_form.payoffs", "0", "at least one player");
        await RefusedAsync(client, new NormalFormGame(new NdArray([], 2, 0, 2)), "game.normal_form.payoffs", "2, 0, 2", "at least 1");
    }

    [Fact]
    public async Task Upload_WithWrongPlayers_NamesThem()
    {
        await using var client = await server.ConnectAsync();
        await RefusedAsync(client, Samples.Pennies with { Players = ["alone"] }, "game.normal_form.players", "1 names", "each of the 2 players");
        await RefusedAsync(client, Samples.Pennies with { Players = ["twin", "twin"] }, "game.normal_form.players", "twin, twin", "must differ");
        await RefusedAsync(client, Samples.Pennies with { Players = [] }, "game.normal_form.players", "[]", "must name every player");
        await RefusedAsync(client, Samples.Walk with { Players = [] }, "game.tabular.players", "[]", "must name every player");
    }

    [Fact]
    public async Task Upload_OfTablesWhoseShapesDiffer_NamesThem()
    {
        await using var client = await server.ConnectAsync();
        await RefusedAsync(client, Samples.Walk with { Transitions = new NdArray([1, 0, 0, 1], 2, 1, 2) }, "game.tabular.transitions", "[2, 1, 2]", "[2, 2, 2]");
        await RefusedAsync(client, Samples.Walk with { Initial = new double[] { 1 } }, "game.tabular.initial", "[1]", "[2]");
        await RefusedAsync(client, Samples.Walk with { Discount = null, Horizon = 2, TerminalRewards = new double[,] { { 1, 2, 3 } } }, "game.tabular.terminal_rewards", "[1, 3]", "[1, 2]");
        await RefusedAsync(client, Samples.Walk with { States = ["only"] }, "game.tabular.states", "1 names", "each of the 2 states");
    }

    [Fact]
    public async Task Upload_OfTablesWithNaN_NamesTheEntry()
    {
        await using var client = await server.ConnectAsync();
        await RefusedAsync(client, Samples.Walk with { Transitions = new NdArray([1, 0, 0, double.NaN, 0, 1, 0, 1], 2, 2, 2) }, "game.tabular.transitions[0, 1, 1]", "NaN", "finite");
        await RefusedAsync(client, Samples.Walk with { Rewards = new NdArray([0, 0, double.PositiveInfinity, 1], 1, 2, 2) }, "game.tabular.rewards[0, 1, 0]", "Infinity", "finite");
        await RefusedAsync(client, Samples.Walk with { Initial = new[] { double.NaN, 1 } }, "game.tabular.initial[0]", "NaN", "finite");
    }

    [Fact]
    public async Task Upload_OfBadTransitions_NamesEveryRow()
    {
        await using var client = await server.ConnectAsync();
        var error = await Assert.ThrowsAsync<InvalidArgumentException>(() => client.UploadGameAsync(
            Samples.Walk with { Transitions = new NdArray([0.5, 0.4, 0, 1, -0.5, 1.5, 0, 1], 2, 2, 2) }));
        Faulty.Check(error, "game.tabular.transitions[0, 0", "0.9");
        Faulty.Check(error, "game.tabular.transitions[1, 0, 0", "-0.5");
    }

    [Fact]
    public async Task Upload_WithBothOrNoHorizonAndDiscount_IsRefused()
    {
        await using var client = await server.ConnectAsync();
        await RefusedAsync(client, Samples.Walk with { Horizon = 3 }, "game.tabular", "", "one of");
        await RefusedAsync(client, Samples.Walk with { Discount = null }, "game.tabular", "", "one of");
        await RefusedAsync(client, Samples.Walk with { Discount = 1.5 }, "game.tabular.discount", "1.5", "(0, 1)");
        await RefusedAsync(client, Samples.Walk with { Discount = null, Horizon = 0 }, "game.tabular.horizon", "0", "at least 1");
    }

    [Theory]
    [InlineData("", "line 1, column 1", "end", "NFG")]
    [InlineData("NFG 1 R \"cut\" { \"a\" \"b\" } { 2 2 }\n\n1 2 3", "line 3", "end", "a payoff (4 of 8)")]
    [InlineData("EFG 2 R \"tree\"", "line 1, column 1", "EFG", "NFG")]
    [InlineData("NFG 1 R \"words\" { \"a\" \"b\" } { 2 2 }\n\n1 2 3 4 5 6 seven 8", "line 3, column 13", "seven", "a payoff (7 of 8)")]
    public async Task Upload_OfMalformedNfg_NamesThePlace(string text, string place, string value, string rule)
    {
        await using var client = await server.ConnectAsync();
        await RefusedAsync(client, new NfgGame(text), $"game.nfg[{place}", value, rule);
    }

    [Fact]
    public async Task NfgFile_ThatDoesNotExist_NamesPath() =>
        await Faulty.ThrowsAsync<NotFoundException>(() => Task.FromResult<GameSource>("/no/such/game.nfg"), "game", "/no/such/game.nfg");

    [Fact]
    public async Task Upload_AboveTheMessageLimit_NamesBytesAndLimit()
    {
        await using var host = await ServerFixture.StartAsync(new HostLimits { MaxMessageBytes = 1 << 20 });
        await using var client = await VsgGymClient.ConnectAsync(host.Addresses[0]);
        var game = new NormalFormGame(new NdArray(new double[2 * 300 * 300], 2, 300, 300));
        var fault = await Faulty.ThrowsAsync<ResourceExhaustedException>(() => client.UploadGameAsync(game), "message", "bytes");
        Assert.Contains("1048576", fault.Rule, StringComparison.Ordinal);
        Assert.NotEmpty(await client.GamesAsync());
    }

    [Fact]
    public async Task Solve_WithUnknownNames_NamesThem()
    {
        await using var client = await server.ConnectAsync();
        await Faulty.ThrowsAsync<NotFoundException>(() => client.SolveAsync("climbing-v0", "romeo_q"), "solver", "romeo_q");
        await Faulty.ThrowsAsync<NotFoundException>(() => client.SolveAsync("climbing-v9", "rommeo_q"), "game", "climbing-v9");
        await Faulty.ThrowsAsync<NotFoundException>(() => client.SolveAsync("climbing-v0", "rommeo_q", settings: new() { Concept = "hash" }), "concept", "hash");
        await Faulty.ThrowsAsync<NotFoundException>(() => client.DescribeAsync("rommeo_x"), "id", "rommeo_x");
        await Faulty.ThrowsAsync<NotFoundException>(() => client.StopAsync("no-such-solve"), "solve_id", "no-such-solve");
    }

    [Fact]
    public async Task Solve_WithFaultyOptions_NamesAllAtOnce()
    {
        await using var client = await server.ConnectAsync();
        var options = new Options { ["episodes"] = -1, ["learning_rate"] = "fast", ["rho_mode"] = "romeo", ["speed"] = 1 };
        var error = await Assert.ThrowsAsync<InvalidArgumentException>(() => client.SolveAsync("climbing-v0", "rommeo_q", options));
        Faulty.Check(error, "options.episodes", "-1");
        Faulty.Check(error, "options.learning_rate", "fast");
        Faulty.Check(error, "options.rho_mode", "romeo");
        Faulty.Check(error, "options.speed", string.Empty);
    }

    [Fact]
    public async Task Certify_WithBadPolicies_NamesThem()
    {
        await using var client = await server.ConnectAsync();
        NdArray good = new double[,] { { 1, 0, 0 } };
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => CertifyAsync(client, ("player_0", good)), "policies.player_1");
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => CertifyAsync(client, ("player_0", good), ("player_1", new double[,] { { 1, 1, 0 } })), "policies.player_1", "1, 1, 0");
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => CertifyAsync(client, ("player_0", good), ("player_1", new double[,] { { 2, -1, 0 } })), "policies.player_1");
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => CertifyAsync(client, ("player_0", good), ("player_1", new double[,] { { 1, 0 } })), "policies.player_1");
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => CertifyAsync(client, ("player_0", good), ("player_1", good), ("fox", good)), "policies", "fox");
    }

    private static async Task RefusedAsync(VsgGymClient client, GameSource game, string path, string value, string rule)
    {
        var fault = await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.UploadGameAsync(game), path, value);
        Assert.Contains(rule, fault.Rule, StringComparison.Ordinal);
    }

    private static Task<Certificate> CertifyAsync(VsgGymClient client, params (string Player, NdArray Policy)[] policies) =>
        client.CertifyAsync("climbing-v0", policies.ToDictionary(p => p.Player, p => p.Policy));
}
