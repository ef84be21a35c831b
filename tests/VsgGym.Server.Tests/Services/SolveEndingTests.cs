using System.Diagnostics;
using Grpc.Core;
using VsgGym.Protocol.V1;

namespace VsgGym.Server.Tests.Services;

/// <summary>Solves whose one iteration, or whose measurement, takes minutes end when asked to, with what they had.</summary>
public sealed class SolveEndingTests : IAsyncLifetime
{
    // Far below the minutes of the work that is ended, far above what a busy machine needs.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Stop_InALongIteration_DeliversTheAnswerBeforeIt()
    {
        var (call, id) = await StartAsync(_server, LongIteration());
        await Task.Delay(500);
        long asked = Stopwatch.GetTimestamp();
        await _server.Solver().StopAsync(new StopRequest { SolveId = id });
        CheckStart(await LastAsync(call), "stop_requested");
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, Soon);
        Assert.Equal(0, _server.Solves.Count);
    }

    [Fact]
    public async Task Stop_AfterIterations_KeepsTheLastOnesAnswer()
    {
        // Half a second an iteration or so: it ends within one.
        var request = new SolveRequest { Solver = "shapley", Game = Zero(states: 4, actions: 200), OptionsJson = "{\"tolerance\": 1e-300}", ProgressSeconds = 1e-3 };
        var (call, id) = await StartAsync(_server, request);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(SolveEvent.EventOneofCase.Progress, call.ResponseStream.Current.EventCase);
        await _server.Solver().StopAsync(new StopRequest { SolveId = id });
        var stopped = await LastAsync(call);
        Assert.Equal((SolveStatus.Stopped, "stop_requested"), (stopped.Status, stopped.StopReason));
        request.OptionsJson = $"{{\"tolerance\": 1e-300, \"max_iterations\": {stopped.Iterations}}}";
        var whole = await LastAsync(_server.Solver().Solve(request));
        Assert.Equal((whole.Iterations, whole.Residual), (stopped.Iterations, stopped.Residual));
        Assert.Equal(whole.Players, stopped.Players);
    }

    [Fact]
    public async Task SecondStop_LeavesTheCertificateOut()
    {
        var (call, id) = await StartAsync(_server, LongMeasurement());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None)); // the one iteration is done
        for (int time = 0; time < 2; time++) await _server.Solver().StopAsync(new StopRequest { SolveId = id });
        CheckUnmeasured(await LastAsync(call).WaitAsync(Soon), "stop_requested");
    }

    [Fact]
    public async Task TimeLimit_InALongIteration_DeliversTheAnswerBeforeIt()
    {
        var request = LongIteration();
        request.TimeLimitSeconds = .5;
        var (call, _) = await StartAsync(_server, request);
        CheckStart(await LastAsync(call).WaitAsync(Soon), "time_limit");
    }

    [Fact]
    public async Task Deadline_InALongIteration_DeliversTheAnswerBeforeIt()
    {
        using var call = _server.Solver().Solve(LongIteration(), deadline: DateTime.UtcNow.AddSeconds(15)); // a second and a quarter to send it in
        CheckStart(await LastAsync(call), "deadline");
    }

    [Fact]
    public async Task Drain_InALongIterationAndALongMeasurement_DeliversWhatTheyHave()
    {
        var server = await TestServer.StartAsync(graceSeconds: 12);
        var (iterating, _) = await StartAsync(server, LongIteration());
        var (measuring, _) = await StartAsync(server, LongMeasurement());
        Assert.True(await measuring.ResponseStream.MoveNext(CancellationToken.None));
        var stopping = server.StopAsync();
        CheckStart(await LastAsync(iterating), "stop_requested");
        CheckUnmeasured(await LastAsync(measuring), "stop_requested");
        await stopping;
        await server.DisposeAsync();
    }

    private static void CheckStart(Solution solution, string reason)
    {
        Assert.Equal((SolveStatus.Stopped, reason, 0L), (solution.Status, solution.StopReason, solution.Iterations));
        Assert.True(double.IsNaN(solution.Residual));
        Assert.Equal(2, solution.Players.Count);
        Assert.Equal([1L, 1500L], solution.Players[0].Policy.Shape);
    }

    private static void CheckUnmeasured(Solution solution, string reason)
    {
        Assert.Equal((reason, 1L), (solution.StopReason, solution.Iterations));
        Assert.Null(solution.Certificate);
        Assert.Equal([200L, 1L, 1000L], solution.Players[0].Policy.Shape);
    }

    // One matrix game of 1500 x 1500 actions.
    private static SolveRequest LongIteration() => new() { Solver = "shapley", Game = Zero(states: 1, actions: 1500) };

    // 200 times 1000 recommendations, 1000 answers to each and 1000 actions of the other player.
    private static SolveRequest LongMeasurement() => new()
    {
        Solver = "mge_f",
        OptionsJson = "{\"max_iterations\": 1}",
        Concept = "correlated",
        Game = new GameSpec { Id = "random_game-v0", OptionsJson = "{\"states\": 1, \"actions\": 1000, \"density\": 0, \"horizon\": 200, \"discount\": null}" },
    };

    private static GameSpec Zero(int states, int actions) =>
        new() { Id = "random_game-v0", OptionsJson = $"{{\"kind\": \"zero_sum\", \"states\": {states}, \"actions\": {actions}, \"density\": 0}}" };

    private static async Task<(AsyncServerStreamingCall<SolveEvent> Call, string Id)> StartAsync(TestServer server, SolveRequest request)
    {
        var call = server.Solver().Solve(request);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return (call, call.ResponseStream.Current.Started.SolveId);
    }

    private static async Task<Solution> LastAsync(AsyncServerStreamingCall<SolveEvent> call)
    {
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
            if (call.ResponseStream.Current.EventCase == SolveEvent.EventOneofCase.Solution) return call.ResponseStream.Current.Solution;
        throw new InvalidOperationException("The stream ended without a solution.");
    }
}
