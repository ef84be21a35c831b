using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Sessions;
using Solution = VsgGym.Protocol.V1.Solution;

namespace VsgGym.Server.Tests.Sessions;

public sealed class SolveJobTests
{
    [Theory]
    [InlineData("rommeo_q", "climbing-v0", "")]
    [InlineData("rommeo_q", "pursuit-v0", "{\"horizon\": 7}")]
    [InlineData("mge_f", "pursuit-v0", "{\"horizon\": 7}")]
    public void SizeBeforeTheSolve_IsThatOfTheAnswer(string solver, string game, string gameOptions)
    {
        var request = Request(solver, game, gameOptions);
        var players = Run(new SolveJob(request, Composition.Catalog, Requests.Games, long.MaxValue)).Players;
        long bytes = players.Sum(p => (long)p.Policy.Data.Length + p.Values.Data.Length + (p.OpponentModel?.Data.Length ?? 0));
        var fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => Check(bytes - 1));
        Assert.Equal(("solution", $"{bytes} bytes", "message_too_large"), (fault.Path, fault.Value, fault.Reason));
        Assert.Equal(50, Check(bytes).Started("solve-0").MaxIterations);

        SolveJob Check(long limit) => new(request, Composition.Catalog, Requests.Games, limit);
    }

    [Fact]
    public void Trace_IsLeftOutWhereItAloneIsTooMuch()
    {
        var request = Request("rommeo_q", "climbing-v0", string.Empty);
        var whole = Run(new SolveJob(request, Composition.Catalog, Requests.Games, long.MaxValue));
        Assert.NotNull(whole.Trace);
        var bare = Run(new SolveJob(request, Composition.Catalog, Requests.Games, whole.CalculateSize() - 1));
        whole.Trace = null;
        Assert.Equal(whole, bare);
        Requests.FaultOf(ErrorKind.ResourceExhausted, () => Run(new SolveJob(request, Composition.Catalog, Requests.Games, whole.CalculateSize() - 1)));
    }

    [Fact]
    public void NoTimeToMeasure_DeliversThePoliciesWithoutACertificate()
    {
        var request = Request("mge_f", "pursuit-v0", string.Empty);
        var measured = Run(new SolveJob(request, Composition.Catalog, Requests.Games, long.MaxValue));
        var solution = Run(new SolveJob(request, Composition.Catalog, Requests.Games, long.MaxValue), outOfTime: new CancellationToken(canceled: true));
        Assert.NotNull(measured.Certificate);
        Assert.Null(solution.Certificate);
        Assert.Equal("deadline", solution.StopReason);
        Assert.Equal(measured.Players, solution.Players);
        Assert.Equal(solution, Solution.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(solution)));
    }

    [Fact]
    public void StepThatOutlastsTheTime_EndsWithTheAnswerBeforeIt()
    {
        // One state of 500 x 500 actions: the first matrix game takes seconds.
        var request = new SolveRequest { Solver = "shapley", Game = new GameSpec { Id = "random_game-v0", OptionsJson = "{\"kind\": \"zero_sum\", \"states\": 1, \"actions\": 500}" } };
        var job = new SolveJob(request, Composition.Catalog, Requests.Games, long.MaxValue);
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var solution = job.Run(_ => { }, () => null, CancellationToken.None, CancellationToken.None, end.Token);
        Assert.Equal((Protocol.V1.SolveStatus.Stopped, "deadline", 0L), (solution.Status, solution.StopReason, solution.Iterations));
        Assert.True(double.IsNaN(solution.Residual));
        Assert.NotNull(solution.Certificate); // there was time for that
        Assert.Equal(2, solution.Players.Count);
    }

    [Fact]
    public void NoTimeForTheBounds_LeavesThemOut()
    {
        var request = Request("vpg", "climbing-v0", string.Empty);
        var whole = Run(new SolveJob(request, Composition.Catalog, Requests.Games, long.MaxValue));
        Assert.Contains(whole.Certificate.Bounds, bound => bound.Name == "vsg_theorem_4_2");
        var cancelled = new CancellationToken(canceled: true);
        var algorithm = Composition.Catalog.CreateSolver("vpg", Composition.Catalog.CreateGame("climbing-v0").Table!, string.Empty, Numerics.RandomStream.Create(0));
        Assert.Throws<OperationCanceledException>(() => algorithm.ReadBounds(cancelled)); // the job then leaves them out
    }

    [Fact]
    public void CancelledSolve_EndsWithoutAnAnswer()
    {
        var job = new SolveJob(Request("mge_f", "pursuit-v0", string.Empty), Composition.Catalog, Requests.Games, long.MaxValue);
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => job.Run(_ => { }, () => null, cancelled, cancelled));
    }

    private static SolveRequest Request(string solver, string game, string gameOptions) =>
        new() { Solver = solver, Game = new GameSpec { Id = game, OptionsJson = gameOptions }, OptionsJson = solver == "rommeo_q" ? "{\"episodes\": 50}" : "{\"max_iterations\": 50}" };

    private static Solution Run(SolveJob job, CancellationToken outOfTime = default) => job.Run(_ => { }, () => null, outOfTime, CancellationToken.None);
}
