namespace VsgGym.Client.Tests;

/// <summary>Every bad input of playing gets a typed error naming field, value and rule, and the worlds stay as they were; over both transports.</summary>
public sealed class BadPlayTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    public static TheoryData<EnvironmentTransport> Transports => [EnvironmentTransport.Stream, EnvironmentTransport.Unary];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Make_OfUnknownGame_NamesItAndTheKnownOnes(EnvironmentTransport transport)
    {
        await using var client = await ConnectAsync(transport);
        var fault = await Faulty.ThrowsAsync<NotFoundException>(() => client.MakeAsync("persuit-v0"), "game", "persuit-v0");
        Assert.Contains("pursuit-v0", fault.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Make_WithUnknownPlayers_NamesThem(EnvironmentTransport transport)
    {
        await using var client = await ConnectAsync(transport);
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.MakeAsync("pursuit-v0", new() { Seats = ["fox"] }), "players[0]", "fox");
        await Faulty.ThrowsAsync<InvalidArgumentException>(
            () => client.MakeAsync("pursuit-v0", new() { Seats = ["hunter"], Others = new() { ["fox"] = "uniform" } }), "others", "fox");
        await Faulty.ThrowsAsync<VsgGymException>(
            async () => Unwrap(await Assert.ThrowsAnyAsync<VsgGymException>(
                () => client.MakeAsync("pursuit-v0", new() { Seats = ["hunter"], Others = new() { ["prey"] = "clever" } }))),
            "others.prey",
            "clever");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Make_WithManyFaultyOptions_NamesAllAtOnce(EnvironmentTransport transport)
    {
        await using var client = await ConnectAsync(transport);
        var game = new CatalogGame("pursuit-v0") { Options = new() { ["horizon"] = 0, ["hunter_start"] = "corner", ["speed"] = 2 } };
        var error = await Assert.ThrowsAsync<InvalidArgumentException>(() => client.MakeAsync(game));
        Faulty.Check(error, "game.options.horizon", "0");
        Faulty.Check(error, "game.options.hunter_start", "corner");
        Assert.Equal("unknown_option", Faulty.Check(error, "game.options.speed", string.Empty).Reason);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Make_BeyondTheLimits_NamesThem(EnvironmentTransport transport)
    {
        await using var client = await ConnectAsync(transport);
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.MakeAsync("pursuit-v0", new() { NumEnvs = 0 }), "num_envs", "0");
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.MakeAsync("pursuit-v0", new() { NumEnvs = -3 }), "num_envs", "-3");
        var fault = await Faulty.ThrowsAsync<ResourceExhaustedException>(() => client.MakeAsync("pursuit-v0", new() { NumEnvs = 65537 }), "num_envs", "65537");
        Assert.Contains("65536", fault.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Make_WithStepsLargerThanTheClientTakes_IsRefusedThere(EnvironmentTransport transport)
    {
        await using var client = await server.ConnectAsync(new ClientOptions { Transport = transport, MaxMessageBytes = 10_000 });
        var fault = await Faulty.ThrowsAsync<ResourceExhaustedException>(() => client.MakeAsync("pursuit-v0", new() { NumEnvs = 4096 }), "max_message_bytes", "10000");
        Assert.Contains("4096 copies", fault.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Step_WithBadActions_NamesThemAndChangesNothing(EnvironmentTransport transport)
    {
        await using var client = await ConnectAsync(transport);
        var game = new CatalogGame("pursuit-v0") { Options = new() { ["hunter_start"] = 0, ["prey_start"] = 8 } };
        await using var env = await client.MakeAsync(game, new() { NumEnvs = 4, Seed = 0 });
        var before = await env.ResetAsync();
        env.SetActions("hunter", [0, 0, 0, 1]); // up, off the grid
        var illegal = await Faulty.ThrowsAsync<InvalidArgumentException>(env.StepAsync(), "actions.hunter[3]", "1");
        Assert.Equal("illegal_action", illegal.Reason);
        env.SetActions("hunter", [0, 9, 0, 0]);
        await Faulty.ThrowsAsync<InvalidArgumentException>(env.StepAsync(), "actions.hunter[1]", "9");
        env.SetActions("hunter", [0, 0, -1, 0]);
        await Faulty.ThrowsAsync<InvalidArgumentException>(env.StepAsync(), "actions.hunter[2]", "-1");
        await Faulty.ThrowsAsync<InvalidArgumentException>(env.StepAsync(new byte[7]), "actions", "7 bytes");
        env.SetActions("hunter", [0, 0, 0, 0]);
        var after = await env.StepAsync();
        Assert.Equal(before.Observations("hunter").ToArray(), after.Observations("hunter").ToArray());
    }

    [Fact]
    public async Task Actions_OfAnotherTypeOrLength_AreRefusedBeforeSending()
    {
        await using var client = await server.ConnectAsync();
        await using var discrete = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 2, Seed = 0 });
        Faulty.Check(Assert.Throws<InvalidArgumentException>(() => discrete.SetActions("hunter", [1f, 2f])), "actions.hunter", "float32");
        Faulty.Check(Assert.Throws<InvalidArgumentException>(() => discrete.SetActions("hunter", [1, 2, 3])), "actions.hunter", "3 numbers");
        Faulty.Check(Assert.Throws<InvalidArgumentException>(() => discrete.Actions("fox").Length), "player", "fox");
        Faulty.Check(Assert.Throws<InvalidArgumentException>(() => discrete.Actions(2).Length), "player", "2");
        await using var box = await client.MakeAsync("differential-v0", new() { Seed = 0 });
        Faulty.Check(Assert.Throws<InvalidArgumentException>(() => box.Actions("player_0").Length), "actions.player_0", "int32");
        var step = await box.ResetAsync();
        Faulty.Check(Assert.Throws<InvalidArgumentException>(() => step.Observations("player_0").Length), "Observation.player_0", "Float32");
    }

    [Theory]
    [InlineData(10.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public async Task Step_WithBoxActionOutsideItsBounds_NamesIt(float action)
    {
        await using var client = await server.ConnectAsync();
        await using var env = await client.MakeAsync("differential-v0", new() { NumEnvs = 2, Seed = 0 });
        await using var twin = await client.MakeAsync("differential-v0", new() { NumEnvs = 2, Seed = 0 });
        await env.ResetAsync();
        await twin.ResetAsync();
        env.SetActions("player_1", [0f, action]);
        var fault = await Faulty.ThrowsAsync<InvalidArgumentException>(env.StepAsync(), "actions.player_1[1, 0]", action.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("-10", fault.Rule, StringComparison.Ordinal);
        env.SetActions("player_1", [0f, 0f]);
        await SameAsync(twin, env);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Calls_OutOfOrder_SaySo(EnvironmentTransport transport)
    {
        await using var client = await ConnectAsync(transport);
        var env = await client.MakeAsync("climbing-v0", new() { Seed = 0, Autoreset = AutoresetMode.Disabled });
        Assert.Equal("step_before_reset", (await Faulty.ThrowsAsync<FailedPreconditionException>(env.StepAsync(), "step")).Reason);
        await env.ResetAsync();
        await env.StepAsync(); // ends the one-shot game
        Assert.Equal("step_after_end", (await Faulty.ThrowsAsync<FailedPreconditionException>(env.StepAsync(), "step[0]")).Reason);
        await env.ResetAsync();
        await env.StepAsync();
        await env.DisposeAsync();
        await env.DisposeAsync();
        foreach (var (path, call) in (IEnumerable<(string, Func<Task>)>)[("step", () => env.StepAsync().AsTask()), ("reset", () => env.ResetAsync().AsTask()), ("render", () => env.RenderAsync())])
        {
            var fault = await Faulty.ThrowsAsync<FailedPreconditionException>(call, path);
            Assert.Equal(new Fault(path, string.Empty, $"{path} after close (it was closed): make a new environment", "after_close"), fault);
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Worlds_AfterCallsOutOfOrder_AreAsTheyWere(EnvironmentTransport transport)
    {
        await using var client = await ConnectAsync(transport);
        var game = new CatalogGame("pursuit-v0") { Options = new() { ["horizon"] = 3 } };
        var options = new MakeOptions { NumEnvs = 5, Seed = 11, Autoreset = AutoresetMode.Disabled };
        await using var env = await client.MakeAsync(game, options);
        await using var twin = await client.MakeAsync(game, options);
        await Faulty.ThrowsAsync<FailedPreconditionException>(env.StepAsync(), "step");
        await Faulty.ThrowsAsync<FailedPreconditionException>(() => env.RenderAsync(), "render");
        await Faulty.ThrowsAsync<FailedPreconditionException>(env.ResetAsync(mask: [true, false, false, false, false]), "reset_mask");
        Assert.Equal((await twin.ResetAsync()).Data.ToArray(), (await env.ResetAsync()).Data.ToArray());
        for (int t = 0; t < 3; t++) await SameAsync(twin, env);
        await Faulty.ThrowsAsync<FailedPreconditionException>(env.StepAsync(), "step[0]");
        Assert.Equal(await twin.RenderAsync(4), await env.RenderAsync(4));
        Assert.Equal((await twin.ResetAsync()).Data.ToArray(), (await env.ResetAsync()).Data.ToArray()); // goes on with the same streams of random numbers
        await SameAsync(twin, env);
    }

    [Fact]
    public async Task Make_WithAnEmptyListOfSeatsOrNoTime_IsRefused()
    {
        await using var client = await server.ConnectAsync();
        Assert.Equal("empty", (await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.MakeAsync("pursuit-v0", new() { Seats = [] }), "players", "[]")).Reason);
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.MakeAsync("pursuit-v0", new() { TimeLimit = 0 }), "time_limit", "0");
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => client.MakeAsync("pursuit-v0", new() { TimeLimit = -4 }), "time_limit", "-4");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Reset_WithWrongShapes_NamesThem(EnvironmentTransport transport)
    {
        await using var client = await ConnectAsync(transport);
        await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 3, Seed = 0 });
        await Faulty.ThrowsAsync<FailedPreconditionException>(env.ResetAsync(mask: [true, false, false]), "reset_mask");
        await env.ResetAsync();
        await Faulty.ThrowsAsync<InvalidArgumentException>(env.ResetAsync(seeds: [1, 2]), "seeds", "2 seeds");
        await Faulty.ThrowsAsync<InvalidArgumentException>(env.ResetAsync(seed: 1, seeds: [1, 2, 3]), "seeds");
        await Faulty.ThrowsAsync<InvalidArgumentException>(env.ResetAsync(mask: [true]), "reset_mask", "1");
        await Faulty.ThrowsAsync<InvalidArgumentException>(env.ResetAsync(mask: []), "reset_mask", "0");
        await Faulty.ThrowsAsync<InvalidArgumentException>(env.ResetAsync(mask: [false, false, false]), "reset_mask", "all false");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Render_OfUnknownCopy_NamesIt(EnvironmentTransport transport)
    {
        await using var client = await ConnectAsync(transport);
        await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 3, Seed = 0 });
        await env.ResetAsync();
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => env.RenderAsync(3), "copy", "3");
    }

    private static async Task SameAsync(BatchEnvironment twin, BatchEnvironment env) =>
        Assert.Equal((await twin.StepAsync()).Data.ToArray(), (await env.StepAsync()).Data.ToArray());

    private Task<VsgGymClient> ConnectAsync(EnvironmentTransport transport) => server.ConnectAsync(new ClientOptions { Transport = transport });

    // An unknown policy id may be called unknown or invalid; the test reads the fault either way.
    private static void Unwrap(VsgGymException error) => throw new VsgGymException(error.Code, error.Message, error.Faults);
}
