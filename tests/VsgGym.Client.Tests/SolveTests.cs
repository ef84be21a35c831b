using System.Diagnostics;

namespace VsgGym.Client.Tests;

public sealed class SolveTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    // Runs for long unless it is ended.
    private static readonly Options Endless = new() { ["episodes"] = 100_000_000 };

    [Fact]
    public async Task Solve_Climbing_GivesPoliciesModelsTraceAndCertificate()
    {
        await using var client = await server.ConnectAsync();
        var solution = await client.SolveAsync("climbing-v0", "rommeo_q", new() { ["episodes"] = 300 }, new() { Seed = 0 });
        Assert.Equal(("rommeo_q", "climbing-v0", 300L, 0UL), (solution.Solver, solution.GameId, solution.Iterations, solution.Seed));
        foreach (string player in (string[])["player_0", "player_1"])
        {
            Assert.Equal(1, solution.Policies[player].Data.ToArray().Sum(), 1e-9);
            Assert.Equal(3, solution.Policies[player].Shape[^1]);
            Assert.Equal(3, solution.OpponentModels[player].Shape[^1]);
        }

        Assert.Equal("nash", solution.Certificate.Concept);
        Assert.Equal(solution.Certificate.Gap, solution.Certificate.Players.Sum(p => p.Gap), 1e-9);
        Assert.Equal("iteration", solution.Trace.Columns[0]);
        Assert.Equal(300, solution.Trace.Column("iteration")[^1]);
        Faulty.Check(Assert.Throws<InvalidArgumentException>(() => solution.Trace.Column("speed")), "column", "speed");
    }

    [Fact]
    public async Task Solve_SameSeedTwice_GivesTheSameBits()
    {
        await using var client = await server.ConnectAsync();
        var (one, two) = (await client.SolveAsync("climbing-v0", "rommeo_q", settings: new() { Seed = 3 }), await client.SolveAsync("climbing-v0", "rommeo_q", settings: new() { Seed = 3 }));
        foreach (string player in one.Policies.Keys) Assert.Equal(one.Policies[player].Data.ToArray(), two.Policies[player].Data.ToArray());
    }

    [Fact]
    public async Task Solve_OwnGames_Works()
    {
        await using var client = await server.ConnectAsync();
        string file = Path.Combine(Path.GetTempPath(), $"vsggym-{Guid.NewGuid():N}.nfg");
        await File.WriteAllTextAsync(file, Samples.PrisonersNfg);
        try
        {
            foreach (GameSource game in (GameSource[])[Samples.Pennies, new NfgGame(Samples.PrisonersNfg), file])
                Assert.InRange((await client.SolveAsync(game, "mge_f", new() { ["inverse_temperature"] = 1.0 })).Certificate.Gap, 0, 10);
        }
        finally
        {
            File.Delete(file);
        }

        var walk = await client.SolveAsync(Samples.Walk, "mge_i", new() { ["inverse_temperature"] = 0.5 });
        Assert.Equal([2, 2], walk.Policies["player_0"].Shape.ToArray());
        Assert.True(walk.Policies["player_0"][0, 1] > 0.5); // the move toward the reward
    }

    [Fact]
    public async Task Solve_APopulationAndAFlow_GivesTheirAnswers()
    {
        await using var client = await server.ConnectAsync();
        var population = await client.SolveAsync("mf_left_right-v0", "mean_field_q", new() { ["update"] = "boltzmann" });
        Assert.Equal([2, 3, 2], population.Policies["population"].Shape.ToArray());
        Assert.Equal(.571151, population.Policies["population"][0, 0, 0], 6); // Cui and Koeppl 2021, recomputed
        Assert.Equal([2, 3], population.Arrays["mean_field"].Shape.ToArray());
        Assert.Equal(("mean_field_nash", SolveStatus.Converged), (population.Certificate.Concept, population.Status));
        Assert.Equal(.122886, population.Certificate.Gap, 6);
        Assert.Equal(population.Certificate.Gap, population.Trace.Column("exploitability")[^1], 12);
        var flow = await client.SolveAsync("flow_tree-v0", "flow_equilibrium"); // leaves that pay 1, ..., 8
        Assert.Equal(8.0 / 36, flow.Arrays["terminal_distribution"].Data[^1], 12);
        Assert.Equal("flow", flow.Certificate.Concept);
        Assert.InRange(flow.Certificate.Gap, 0, 1e-12);
    }

    [Fact]
    public async Task Watch_TellsStartProgressAndSolution_InOrder()
    {
        await using var client = await server.ConnectAsync();
        var events = new List<SolveEvent>();
        var settings = new SolveSettings { ProgressInterval = TimeSpan.FromMilliseconds(20), TimeLimit = TimeSpan.FromMilliseconds(500), TraceRows = 10 };
        await foreach (var happened in client.WatchSolveAsync("pursuit-v0", "rommeo_q", Endless, settings)) events.Add(happened);
        var started = Assert.IsType<SolveStarted>(events[0]);
        Assert.Equal(100_000_000, started.MaxIterations);
        var solution = Assert.IsType<SolveFinished>(events[^1]).Solution;
        Assert.Equal((SolveStatus.Stopped, "time_limit"), (solution.Status, solution.StopReason));
        var progress = events[1..^1].Cast<SolveProgress>().ToList();
        Assert.True(progress.Count >= 2, $"{progress.Count} progress events in half a second");
        Assert.Equal(progress.Select(p => p.Iteration).Order(), progress.Select(p => p.Iteration));
        Assert.All(progress, p => Assert.Equal(started.MetricNames.Count, p.Metrics.Count));
        Assert.InRange(solution.Trace.Count, 1, 10);
    }

    [Fact]
    public async Task Stop_EndsTheSolveWithWhatItHas()
    {
        await using var client = await server.ConnectAsync();
        Solution? solution = null;
        await foreach (var happened in client.WatchSolveAsync("pursuit-v0", "rommeo_q", Endless))
        {
            if (happened is SolveStarted started) await client.StopAsync(started.SolveId);
            if (happened is SolveFinished finished) solution = finished.Solution;
        }

        Assert.Equal("stop_requested", solution!.StopReason);
        Assert.Equal([81, 5], solution.Policies["hunter"].Shape.ToArray());
    }

    [Fact]
    public async Task Cancel_MidSolve_EndsItOnTheServerToo()
    {
        await using var host = await ServerFixture.StartAsync(new HostLimits { MaxSolves = 1 });
        await using var client = await VsgGymClient.ConnectAsync(host.Addresses[0]);
        using var stop = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var happened in client.WatchSolveAsync("pursuit-v0", "rommeo_q", Endless, cancellationToken: stop.Token))
                if (happened is SolveProgress) await stop.CancelAsync();
        });
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
        for (int attempt = 0; ; attempt++) // the one place for a solve must come free
        {
            try
            {
                await client.SolveAsync("climbing-v0", "rommeo_q", new() { ["episodes"] = 1 });
                break;
            }
            catch (ResourceExhaustedException) when (attempt < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    [Fact]
    public async Task Solve_BeyondTheLimitOfSolves_IsRefused()
    {
        await using var host = await ServerFixture.StartAsync(new HostLimits { MaxSolves = 1 });
        await using var client = await VsgGymClient.ConnectAsync(host.Addresses[0]);
        await using var first = client.WatchSolveAsync("pursuit-v0", "rommeo_q", Endless).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        await Assert.ThrowsAsync<ResourceExhaustedException>(() => client.SolveAsync("climbing-v0", "rommeo_q"));
    }

    [Fact]
    public async Task Deadline_OfASolve_GivesWhatItHas()
    {
        await using var client = await server.ConnectAsync();
        var solution = await client.SolveAsync("pursuit-v0", "rommeo_q", Endless, new() { Deadline = TimeSpan.FromSeconds(10) }); // a second to send it in
        Assert.Equal("deadline", solution.StopReason);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(1000, null)]
    public async Task Trace_HasAtMostTheRowsAskedFor(int expected, int? rows)
    {
        await using var client = await server.ConnectAsync();
        var settings = rows is { } most ? new SolveSettings { TraceRows = most } : null;
        var solution = await client.SolveAsync("climbing-v0", "rommeo_q", new() { ["episodes"] = 5000 }, settings);
        Assert.InRange(solution.Trace.Count, expected / 2, expected);
    }

    [Fact]
    public async Task Solve_WithSettingsOutOfRange_NamesThem()
    {
        await using var client = await server.ConnectAsync();
        foreach (var span in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromSeconds(-2)])
        {
            string value = $"{span.TotalSeconds} s";
            await Faulty.ThrowsAsync<InvalidArgumentException>(() => SolveAsync(new() { TimeLimit = span }), "time_limit", value);
            await Faulty.ThrowsAsync<InvalidArgumentException>(() => SolveAsync(new() { Deadline = span }), "deadline", value);
            await Faulty.ThrowsAsync<InvalidArgumentException>(() => SolveAsync(new() { ProgressInterval = span }), "progress_interval", value);
        }

        await Faulty.ThrowsAsync<InvalidArgumentException>(() => SolveAsync(new() { TraceRows = -1 }), "trace_rows", "-1");
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => SolveAsync(new() { TraceRows = 1_000_001 }), "trace_rows", "1000001");

        Task SolveAsync(SolveSettings settings) => client.SolveAsync("climbing-v0", "rommeo_q", settings: settings);
    }

    [Fact]
    public async Task Solution_WithoutACertificate_ClaimsNoEquilibrium()
    {
        await using var fake = await FakeServer.StartAsync();
        await using var client = await VsgGymClient.ConnectAsync(fake.Address);
        var certificate = (await client.SolveAsync("climbing-v0", "rommeo_q")).Certificate;
        Assert.False(certificate.IsMeasured);
        Assert.Equal(double.NaN, certificate.Gap);
        Assert.Empty(certificate.Players);
        Assert.Empty(certificate.Bounds);
        await using var real = await server.ConnectAsync();
        Assert.True((await real.SolveAsync("climbing-v0", "mge_f")).Certificate.IsMeasured);
    }

    [Fact]
    public async Task Certify_OfPureEquilibriumAndMiscoordination_MeasuresGains()
    {
        await using var client = await server.ConnectAsync();
        NdArray a = new double[,] { { 1, 0, 0 } }, b = new double[,] { { 0, 1, 0 } };
        var equilibrium = await client.CertifyAsync("climbing-v0", new Dictionary<string, NdArray> { ["player_0"] = a, ["player_1"] = a });
        Assert.Equal(0, equilibrium.Gap, 1e-12);
        Assert.Equal(11, equilibrium.Players[0].Value, 1e-12); // (A, A) pays 11: Tian et al. 2019, section 5.1
        var missed = await client.CertifyAsync("climbing-v0", new Dictionary<string, NdArray> { ["player_0"] = a, ["player_1"] = b });
        Assert.Equal((7 + 30) + (11 + 30), missed.Gap, 1e-9); // B for the first player, A for the second
    }

    [Fact]
    public async Task Others_WithASolvedPolicy_Play()
    {
        await using var client = await server.ConnectAsync();
        var solution = await client.SolveAsync("pursuit-v0", "mge_f");
        await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 4, Seed = 0, Seats = ["hunter"], Others = new() { ["prey"] = solution.Policies["prey"] } });
        await env.ResetAsync();
        var step = await env.StepAsync();
        Assert.Equal([true, true, true, true], step.Live("hunter").ToArray());
    }
}
