using System.Diagnostics;
using System.Runtime.InteropServices;
using Grpc.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Tests.Services;

public sealed class SolverServiceTests : IAsyncLifetime
{
    private const string Endless = "{\"episodes\": 1000000000}";

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(new ServerLimits { MaxSolves = 2, MaxMessageBytes = 1 << 20 });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Solve_StartsReportsProgressAndDeliversTheSolution()
    {
        var request = Rommeo("{\"episodes\": 50}");
        request.Seed = 7;
        var events = await EventsAsync(_server.Solver().Solve(request));
        var started = events[0].Started;
        Assert.StartsWith("solve-", started.SolveId, StringComparison.Ordinal);
        Assert.Equal(50, started.MaxIterations);
        Assert.Contains("\"prior_window\"", started.OptionsJson, StringComparison.Ordinal);
        Assert.All(events[1..^1], e => Assert.Equal(started.MetricNames.Count, e.Progress.Metrics.Count));
        Assert.Equal(50, events[^2].Progress.Iteration);
        var solution = events[^1].Solution;
        Assert.Equal((SolveStatus.Stopped, "episodes", 50L), (solution.Status, solution.StopReason, solution.Iterations));
        Assert.Equal(("rommeo_q", 7UL, "climbing-v0", started.OptionsJson), (solution.Solver, solution.Seed, solution.GameId, solution.OptionsJson));
        Assert.Equal(["player_0", "player_1"], solution.Players.Select(p => p.Player));
        Assert.Equal([1L, 3L], solution.Players[0].Policy.Shape);
        Assert.Equal(1, Numbers(solution.Players[0].Policy).Sum(), 1e-12);
        Assert.Equal("nash", solution.Certificate.Concept);
        Assert.Equal(["iteration", "residual"], solution.Trace.Columns.Take(2));
        Assert.Equal(50, solution.Trace.Rows.Shape[0]);
        Assert.Equal(0, _server.Solves.Count);
    }

    [Fact]
    public async Task Certificate_IsMeasuredFromThePoliciesAndKeepsTheMethodsBounds()
    {
        var solution = (await EventsAsync(_server.Solver().Solve(Rommeo("{\"episodes\": 300}"))))[^1].Solution;
        var certify = new CertifyRequest { Game = new GameSpec { Id = "climbing-v0" } };
        foreach (var player in solution.Players) certify.Policies.Add(new PlayerPolicy { Player = player.Player, Policy = player.Policy });
        var measured = await _server.Solver().CertifyAsync(certify);
        Assert.Equal(measured.Gap, solution.Certificate.Gap);
        Assert.Equal(measured.Players, solution.Certificate.Players);
        Assert.NotEmpty(solution.Certificate.Bounds);
        Assert.Equal(solution.Certificate.Bounds.Select(b => b.Name).Order(StringComparer.Ordinal), solution.Certificate.Bounds.Select(b => b.Name));
    }

    [Fact]
    public async Task SameSeed_GivesTheSameBits()
    {
        var client = _server.Solver();
        var first = (await EventsAsync(client.Solve(Rommeo("{\"episodes\": 100}"))))[^1].Solution;
        var second = (await EventsAsync(client.Solve(Rommeo("{\"episodes\": 100}"))))[^1].Solution;
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task WarmStart_FromAnEarlierAnswer_EndsAtOnce()
    {
        var request = new SolveRequest { Game = new GameSpec { Id = "prisoners_dilemma-v0" }, Solver = "mge_f", OptionsJson = "{\"tolerance\": 1e-8}" };
        var cold = (await EventsAsync(_server.Solver().Solve(request)))[^1].Solution;
        request.Start = new WarmStart();
        request.Start.Players.AddRange(cold.Players);
        var warm = (await EventsAsync(_server.Solver().Solve(request)))[^1].Solution;
        Assert.True(cold.Iterations > 1);
        Assert.Equal((SolveStatus.Converged, 1L), (warm.Status, warm.Iterations));
    }

    [Fact]
    public async Task Threads_DoNotChangeTheAnswer()
    {
        var request = new SolveRequest { Game = new GameSpec { Id = "random_game-v0" }, Solver = "mge_i", OptionsJson = "{\"max_iterations\": 20}" };
        var answers = new List<Solution>();
        foreach (int threads in (int[])[0, 1, 2])
        {
            request.Threads = threads;
            answers.Add((await EventsAsync(_server.Solver().Solve(request)))[^1].Solution);
        }

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Fact]
    public async Task Deadline_DeliversWhatItHasBefore()
    {
        var clock = Stopwatch.StartNew();
        var events = await EventsAsync(_server.Solver().Solve(Rommeo(Endless), deadline: DateTime.UtcNow.AddSeconds(15))); // a second and a half to send it in
        Assert.Equal("deadline", events[^1].Solution.StopReason);
        Assert.InRange(clock.Elapsed.TotalSeconds, 8, 15);
    }

    [Fact]
    public async Task TimeLimit_EndsTheSolve()
    {
        var request = Rommeo(Endless);
        request.TimeLimitSeconds = 0.2;
        Assert.Equal("time_limit", (await EventsAsync(_server.Solver().Solve(request)))[^1].Solution.StopReason);
    }

    [Fact]
    public async Task Stop_DeliversWhatItHas()
    {
        var client = _server.Solver();
        using var call = client.Solve(Rommeo(Endless));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        await client.StopAsync(new StopRequest { SolveId = call.ResponseStream.Current.Started.SolveId });
        Assert.Equal("stop_requested", (await EventsAsync(call))[^1].Solution.StopReason);
        var error = await TestServer.ErrorOfAsync(async () => await client.StopAsync(new StopRequest { SolveId = "solve-gone" }));
        Assert.Equal(((int)StatusCode.NotFound, "solve_id"), (error.Code, error.Faults[0].Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GoneClient_StopsTheSolverAndFreesItsSlot(bool connectionDies)
    {
        var channel = _server.Dial();
        using var call = new SolverService.SolverServiceClient(channel).Solve(Rommeo(Endless));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(1, _server.Solves.Count);
        if (connectionDies) channel.Dispose();
        else call.Dispose();
        await TestServer.UntilAsync(() => _server.Solves.Count == 0);
    }

    [Fact]
    public async Task FullSlots_SayWhenToRetry()
    {
        var client = _server.Solver();
        using var first = client.Solve(Rommeo(Endless));
        using var second = client.Solve(Rommeo(Endless));
        await first.ResponseStream.MoveNext(CancellationToken.None);
        await second.ResponseStream.MoveNext(CancellationToken.None);
        var error = await TestServer.ErrorOfAsync(() => EventsAsync(client.Solve(Rommeo(Endless))));
        Assert.Equal(((int)StatusCode.ResourceExhausted, "solves"), (error.Code, error.Faults[0].Path));
        Assert.True(error.RetryAfterMs > 0);
    }

    [Fact]
    public async Task Certify_WithFullSlots_SaysWhenToRetry()
    {
        var client = _server.Solver();
        using var first = client.Solve(Rommeo(Endless));
        using var second = client.Solve(Rommeo(Endless));
        await first.ResponseStream.MoveNext(CancellationToken.None);
        await second.ResponseStream.MoveNext(CancellationToken.None);
        var request = new CertifyRequest { Game = new GameSpec { Id = "climbing-v0" } };
        foreach (string player in (string[])["player_0", "player_1"])
            request.Policies.Add(new PlayerPolicy { Player = player, Policy = Requests.Tensor([0, 0, 1], 1, 3) });
        var error = await TestServer.ErrorOfAsync(async () => await client.CertifyAsync(request));
        Assert.Equal(((int)StatusCode.ResourceExhausted, "solves"), (error.Code, error.Faults[0].Path));
        Assert.True(error.RetryAfterMs > 0);
        second.Dispose();
        await TestServer.UntilAsync(() => _server.Solves.Count == 1);
        Assert.Equal(1, (await client.CertifyAsync(request)).Gap, 1e-12);
        Assert.Equal(1, _server.Solves.Count);
    }

    [Fact]
    public async Task DrainingServer_DeliversWhatItHas()
    {
        var server = await TestServer.StartAsync(graceSeconds: 10);
        using var call = server.Solver().Solve(Rommeo(Endless));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var stopping = server.StopAsync();
        Assert.Equal("stop_requested", (await EventsAsync(call))[^1].Solution.StopReason);
        await stopping;
        await server.DisposeAsync();
    }

    [Fact]
    public async Task SlowReader_GetsTheSolutionAndNeverHoldsTheSolver()
    {
        var request = Rommeo("{\"episodes\": 20000}");
        request.ProgressSeconds = 1e-9;
        using var call = _server.Solver().Solve(request);
        await Task.Delay(1500);
        var events = await EventsAsync(call);
        Assert.Equal(20000, events[^1].Solution.Iterations);
        Assert.True(events.Count < 20000, $"{events.Count} events");
    }

    [Fact]
    public async Task BadWarmStart_NamesWhatIsWrong()
    {
        var request = new SolveRequest { Game = new GameSpec { Id = "climbing-v0" }, Solver = "mge_f", Start = new WarmStart() };
        request.Start.Players.Add(new PlayerSolution { Player = "player_0", Policy = Requests.Tensor([1, 0], 1, 2) });
        var error = await Assert.ThrowsAsync<RpcException>(() => EventsAsync(_server.Solver().Solve(request)));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("start.policies.player_1", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SolveAboveTheMemoryLimit_IsRefusedWithBothNumbers()
    {
        await using var server = await TestServer.StartAsync(new ServerLimits { MaxSolveBytes = 100 });
        var error = await Assert.ThrowsAsync<RpcException>(() => EventsAsync(server.Solver().Solve(Rommeo("{}"))));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Matches("about [0-9]+ bytes, above the limit of 100", error.Status.Detail);
    }

    public static TheoryData<string, string, int> BadSolves => new()
    {
        { "{\"solver\": \"rommeo_q\", \"game\": {\"id\": \"climbng-v0\"}}", "game.id", 5 },
        { "{\"solver\": \"romeo\", \"game\": {\"id\": \"climbing-v0\"}}", "solver", 5 },
        { "{\"solver\": \"rommeo_q\", \"game\": {\"id\": \"climbing-v0\"}, \"concept\": \"nosh\"}", "concept", 5 },
        { "{\"solver\": \"rommeo_q\", \"game\": {\"id\": \"differential-v0\"}}", "game", 3 },
        { "{\"solver\": \"mge_i\", \"game\": {\"id\": \"climbing-v0\"}}", "solver", 3 },
        { "{\"solver\": \"rommeo_q\", \"game\": {\"id\": \"climbing-v0\"}, \"options_json\": \"{\\\"episodes\\\": -4}\"}", "options.episodes", 3 },
        { "{\"solver\": \"rommeo_q\", \"game\": {\"id\": \"climbing-v0\"}, \"options_json\": \"{\"}", "options", 3 },
        { "{\"solver\": \"rommeo_q\", \"game\": {\"id\": \"climbing-v0\"}, \"time_limit_seconds\": -1}", "time_limit_seconds", 3 },
        { "{\"solver\": \"rommeo_q\", \"game\": {\"id\": \"climbing-v0\"}, \"time_limit_seconds\": \"NaN\"}", "time_limit_seconds", 3 },
        { "{\"solver\": \"rommeo_q\", \"game\": {\"id\": \"climbing-v0\"}, \"progress_seconds\": -1}", "progress_seconds", 3 },
        { "{\"solver\": \"rommeo_q\", \"game\": {\"id\": \"climbing-v0\"}, \"trace_rows\": -2}", "trace_rows", 3 },
    };

    [Theory]
    [MemberData(nameof(BadSolves))]
    public async Task BadSolve_NamesTheField(string json, string path, int code)
    {
        var request = Google.Protobuf.JsonParser.Default.Parse<SolveRequest>(json);
        var error = await TestServer.ErrorOfAsync(() => EventsAsync(_server.Solver().Solve(request)));
        Assert.Equal((code, path), (error.Code, error.Faults[0].Path));
        Assert.Equal(0, _server.Solves.Count);
    }

    [Fact]
    public async Task TraceAboveTheServersLimit_IsLeftOut()
    {
        var request = Rommeo("{\"episodes\": 40000}");
        request.TraceRows = 40000;
        var solution = (await EventsAsync(_server.Solver().Solve(request)))[^1].Solution;
        Assert.Null(solution.Trace);
        Assert.Equal((40000L, 2), (solution.Iterations, solution.Players.Count));
        Assert.NotNull(solution.Certificate);
    }

    [Fact]
    public async Task SolutionAboveTheServersLimit_IsRefusedBeforeTheSolve()
    {
        var events = new List<SolveEvent>();
        var request = new SolveRequest { Game = new GameSpec { Id = "pursuit-v0", OptionsJson = "{\"horizon\": 2000}" }, Solver = "mge_f", OptionsJson = "{\"max_iterations\": 1000000000000}" };
        var error = await TestServer.ErrorOfAsync(async () =>
        {
            using var call = _server.Solver().Solve(request);
            while (await call.ResponseStream.MoveNext(CancellationToken.None)) events.Add(call.ResponseStream.Current);
        });
        Assert.Equal(((int)StatusCode.ResourceExhausted, "solution"), (error.Code, error.Faults[0].Path));
        Assert.Contains("1048576", error.Message, StringComparison.Ordinal);
        Assert.Empty(events);
    }

    [Fact]
    public async Task NoTrace_IsAbsent()
    {
        var request = Rommeo("{\"episodes\": 5}");
        request.TraceRows = -1;
        Assert.Null((await EventsAsync(_server.Solver().Solve(request)))[^1].Solution.Trace);
    }

    private static SolveRequest Rommeo(string options) => new() { Game = new GameSpec { Id = "climbing-v0" }, Solver = "rommeo_q", OptionsJson = options };

    private static double[] Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, double>(tensor.Data.Span).ToArray();

    private static async Task<List<SolveEvent>> EventsAsync(AsyncServerStreamingCall<SolveEvent> call)
    {
        var events = new List<SolveEvent>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None)) events.Add(call.ResponseStream.Current);
        return events;
    }
}
