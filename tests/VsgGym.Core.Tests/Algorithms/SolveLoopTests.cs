namespace VsgGym.Core.Tests.Algorithms;

public sealed class SolveLoopTests
{
    private static readonly StochasticGame Game = new StochasticGameBuilder(["player_0"], 1, [2]).BuildFiniteHorizon(1);

    [Fact]
    public void Convergence_EndsWithTolerance()
    {
        var outcome = Run(new Countdown(7, IterationState.Converged), new SolveLimits());
        Assert.Equal((SolveStatus.Converged, "tolerance", 7L, 1.0 / 7), (outcome.Status, outcome.StopReason, outcome.Iterations, outcome.LastResidual));
    }

    [Fact]
    public void Divergence_IsReported() =>
        Assert.Equal((SolveStatus.Diverged, "diverged"), Reason(Run(new Countdown(3, IterationState.Diverged), new SolveLimits())));

    [Fact]
    public void IterationLimit_EndsWithItsOption()
    {
        var outcome = Run(new Countdown(5000, IterationState.Converged), new SolveLimits());
        Assert.Equal((SolveStatus.Stopped, "sweeps"), Reason(outcome));
        Assert.Equal(1000, outcome.Iterations);
    }

    [Fact]
    public void TimeLimit_EndsAfterTheIterationThatPassesIt()
    {
        var clock = new SteppedClock();
        var outcome = Run(new Countdown(500, IterationState.Converged, clock), new SolveLimits { TimeLimit = TimeSpan.FromSeconds(4.5), Clock = clock });
        Assert.Equal((SolveStatus.Stopped, "time_limit"), Reason(outcome));
        Assert.Equal(5, outcome.Iterations);
    }

    [Fact]
    public void StopRequest_EndsWithItsReason()
    {
        int asked = 0;
        var outcome = SolveLoop.Run(new Countdown(500, IterationState.Converged), new SolveLimits(), null, () => ++asked == 3 ? "deadline" : null, CancellationToken.None);
        Assert.Equal((SolveStatus.Stopped, "deadline"), Reason(outcome));
        Assert.Equal(3, outcome.Iterations);
    }

    [Fact]
    public void Cancellation_Throws()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => SolveLoop.Run(
            new Countdown(500, IterationState.Converged),
            new SolveLimits { ProgressInterval = TimeSpan.Zero },
            progress => { if (progress.Iteration == 4) source.Cancel(); },
            () => null,
            source.Token));
    }

    [Theory]
    [InlineData(1, "deadline", null)]
    [InlineData(4, "stop_requested", "stop_requested")]
    public void OutOfTime_EndsAStepThatGoesOn_WithTheAnswerBeforeIt(int endless, string reason, string? asked)
    {
        using var outOfTime = new CancellationTokenSource();
        var clock = new SteppedClock();
        var algorithm = new Countdown(500, IterationState.Converged, clock) { Endless = endless, Entered = outOfTime.Cancel };
        bool isOver = false;
        outOfTime.Token.Register(() => isOver = true);
        var seen = new List<long>();
        var outcome = SolveLoop.Run(algorithm, new SolveLimits { Clock = clock }, progress => seen.Add(progress.Iteration), () => isOver ? asked : null, CancellationToken.None, outOfTime.Token);
        Assert.Equal((SolveStatus.Stopped, reason, endless - 1L), (outcome.Status, outcome.StopReason, outcome.Iterations));
        Assert.Equal(endless == 1 ? double.NaN : 1.0 / (endless - 1), outcome.LastResidual);
        Assert.Equal(endless - 1, outcome.Solution.Arrays["iteration"].Data[0]); // not what the step had done by then
        Assert.Equal(endless - 1, outcome.Trace.Rows.Shape[0]);
        Assert.Equal(endless - 1, seen.LastOrDefault());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TimeLimit_EndsAStepThatGoesOnPastTheGrace_WithTheAnswerBeforeIt(int endless)
    {
        var clock = new SteppedClock(); // its timers are real
        var limits = new SolveLimits { TimeLimit = TimeSpan.FromSeconds(endless - .5), StepGrace = TimeSpan.FromMilliseconds(20), Clock = clock };
        var outcome = Run(new Countdown(500, IterationState.Converged, clock) { Endless = endless }, limits);
        Assert.Equal((SolveStatus.Stopped, "time_limit", endless - 1L), (outcome.Status, outcome.StopReason, outcome.Iterations));
        Assert.Equal(endless - 1, outcome.Solution.Arrays["iteration"].Data[0]);
    }

    [Fact]
    public void TimeLimit_OfAYear_NeedsNoTimer() =>
        Assert.Equal(7, Run(new Countdown(7, IterationState.Converged), new SolveLimits { TimeLimit = TimeSpan.FromDays(365) }).Iterations);

    [Fact]
    public void OutOfTime_AfterShortSteps_GivesTheAnswerAsItStands()
    {
        using var outOfTime = new CancellationTokenSource();
        var algorithm = new Countdown(500, IterationState.Converged) { Endless = 7, Entered = outOfTime.Cancel };
        var outcome = SolveLoop.Run(algorithm, new SolveLimits { Clock = new SteppedClock() }, null, () => null, CancellationToken.None, outOfTime.Token);
        Assert.Equal(6, outcome.Iterations);
        Assert.Equal(6.5, outcome.Solution.Arrays["iteration"].Data[0]);
    }

    [Fact]
    public void CancellationInAStep_ThrowsWhateverTheTime()
    {
        using var source = new CancellationTokenSource();
        var algorithm = new Countdown(500, IterationState.Converged) { Endless = 3, Entered = source.Cancel };
        Assert.Throws<OperationCanceledException>(() => SolveLoop.Run(algorithm, new SolveLimits(), null, () => null, source.Token, source.Token));
    }

    [Fact]
    public void Progress_IsThrottledAndShowsTheLastIteration()
    {
        var clock = new SteppedClock();
        var seen = new List<long>();
        SolveLoop.Run(
            new Countdown(10, IterationState.Converged, clock),
            new SolveLimits { ProgressInterval = TimeSpan.FromSeconds(4), Clock = clock },
            progress => { seen.Add(progress.Iteration); Assert.Equal([-progress.Iteration], progress.Metrics.ToArray()); },
            () => null,
            CancellationToken.None);
        Assert.Equal([4, 8, 10], seen);
    }

    [Theory]
    [InlineData(5, 10, new[] { 1, 2, 3, 4, 5 })]
    [InlineData(10, 10, new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    [InlineData(11, 10, new[] { 1, 3, 5, 7, 9, 11 })]
    [InlineData(20, 10, new[] { 1, 3, 5, 7, 9, 11, 13, 15, 17, 20 })]
    [InlineData(1000, 5, new[] { 1, 257, 513, 769, 1000 })]
    [InlineData(1000, 2, new[] { 1, 1000 })]
    [InlineData(1000, 1, new[] { 1000 })]
    [InlineData(1000, 0, new int[0])]
    public void Trace_IsThinnedEvenlyWithFirstAndLast(int iterations, int rows, int[] kept)
    {
        var trace = Run(new Countdown(iterations, IterationState.Converged), new SolveLimits { TraceRows = rows }).Trace;
        Assert.Equal(["iteration", "residual", "down"], trace.Columns.ToArray());
        Assert.Equal([kept.Length, 3], trace.Rows.Shape.ToArray());
        for (int k = 0; k < kept.Length; k++)
            Assert.Equal([kept[k], 1.0 / kept[k], -kept[k]], trace.Rows.Data[(3 * k)..(3 * k + 3)]);
    }

    [Fact]
    public void Trace_NeverHoldsMoreThanAskedFor()
    {
        for (int iterations = 1; iterations < 60; iterations++)
            for (int rows = 1; rows < 12; rows++)
            {
                var trace = Run(new Countdown(iterations, IterationState.Converged), new SolveLimits { TraceRows = rows }).Trace;
                Assert.InRange(trace.Rows.Shape[0], 1, rows);
                Assert.Equal(iterations, trace.Rows.Data[^3]);
                if (rows > 1) Assert.Equal(1, trace.Rows.Data[0]);
            }
    }

    private static (SolveStatus Status, string Reason) Reason(SolveOutcome outcome) => (outcome.Status, outcome.StopReason);

    private static SolveOutcome Run(IAlgorithm algorithm, SolveLimits limits) => SolveLoop.Run(algorithm, limits, null, () => null, CancellationToken.None);

    /// <summary>Ends at a given iteration in a given state; each step takes a second of its clock.</summary>
    private sealed class Countdown(long end, IterationState last, SteppedClock? clock = null) : IAlgorithm
    {
        private long _iteration;
        private double _done; // half an iteration, where one was cancelled

        public long Endless { get; init; } = long.MaxValue;

        public Action? Entered { get; init; }

        public IterationLimit Limit => new("sweeps", 1000);

        public IReadOnlyList<string> MetricNames => ["down"];

        public Solution ReadSolution(CancellationToken outOfTime = default) => new()
        {
            Policies = PolicyProfile.Uniform(Game),
            Arrays = System.Collections.Immutable.ImmutableSortedDictionary<string, ShapedArray>.Empty.Add("iteration", new ShapedArray([_done], 1)),
        };

        public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => new Dictionary<string, Bound>();

        public IterationReport Step(CancellationToken cancellationToken)
        {
            clock?.Advance();
            if (_iteration + 1 == Endless)
            {
                _done = _iteration + .5;
                Entered?.Invoke();
                cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(60));
                cancellationToken.ThrowIfCancellationRequested();
            }

            _done = _iteration + 1;
            return new IterationReport(++_iteration, 1.0 / _iteration, _iteration == end ? last : IterationState.Running);
        }

        public void ReadMetrics(Span<double> metrics) => metrics[0] = -_iteration;
    }

    /// <summary>A clock that moves a second when told.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance() => _ticks += TimeSpan.TicksPerSecond;
    }
}
