using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>What every solver of the catalog does, with its default options: a new one is covered as soon as it is found.</summary>
public sealed class SolverConformanceTests
{
    private const int FewSteps = 4; // on the game that a crew shares
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3); // for all but learners of many long episodes

    public static TheoryData<string, string> All() => SolverCase.All();

    [Theory]
    [MemberData(nameof(All))]
    public void Defaults_SolveSoundly(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Small();
        var outcome = SolveLoop.Run(solver.Create(game), new SolveLimits { TimeLimit = Enough }, null, () => null, CancellationToken.None);
        Assert.True(outcome.Status == SolveStatus.Diverged || double.IsFinite(outcome.LastResidual));
        Assert.NotEmpty(outcome.StopReason);
        SoundAnswer.Check(game, outcome.Solution);
        var certificate = solver.Measure(game, outcome.Solution.Policies);
        Assert.Equal(solver.Entry.Concept, certificate.Concept);
        Assert.True(certificate.Gap >= 0 && double.IsFinite(certificate.Gap));
        Assert.All(certificate.GapPerPlayer, gap => Assert.True(gap >= 0));
        Assert.All(certificate.Values, value => Assert.True(double.IsFinite(value)));
        var again = solver.Measure(game, SoundAnswer.Copy(game, outcome.Solution.Policies));
        Assert.Equal([certificate.Gap, .. certificate.GapPerPlayer, .. certificate.Values], (double[])[again.Gap, .. again.GapPerPlayer, .. again.Values]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void SameSeed_SameBitsForAnyNumberOfThreads(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Middle();
        long[] expected = Bits(solver, game, null);
        foreach (int threads in (int[])[1, 2, 5]) Assert.Equal(expected, Bits(solver, game, new WorkCrew(threads)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WarmStart_FromOwnAnswerOrUniformPlay_IsSound(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Small();
        var answer = Stopped(solver.Create(game), 20).Solution;
        foreach (var earlier in (Solution[])[answer, new Solution { Policies = PolicyProfile.Uniform(game) }])
        {
            var again = solver.Create(game);
            Assert.IsAssignableFrom<IWarmStart>(again).Start(earlier);
            SoundAnswer.Check(game, Stopped(again, 3).Solution);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void StopDeadlineAndCancellation_EndIt(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Small();
        SoundAnswer.Check(game, solver.Create(game).ReadSolution()); // before the first step
        var stopped = Stopped(solver.Create(game), 1);
        Assert.True(stopped.Iterations == 1 && (stopped.Status != SolveStatus.Stopped || stopped.StopReason == "stop_requested"));
        SoundAnswer.Check(game, stopped.Solution);
        var late = SolveLoop.Run(solver.Create(game), new SolveLimits { TimeLimit = TimeSpan.Zero, StepGrace = Enough }, null, () => null, CancellationToken.None);
        Assert.True(late.Iterations == 1 && (late.Status != SolveStatus.Stopped || late.StopReason == "time_limit"));
        SoundAnswer.Check(game, late.Solution);
        Assert.Throws<OperationCanceledException>(() => SolveLoop.Run(solver.Create(game), new SolveLimits(), null, () => null, new CancellationToken(canceled: true)));
    }

    private static SolveOutcome Stopped(IAlgorithm algorithm, int iterations)
    {
        int count = 0;
        return SolveLoop.Run(algorithm, new SolveLimits(), null, () => ++count >= iterations ? "stop_requested" : null, CancellationToken.None);
    }

    private static long[] Bits(SolverCase solver, ISolvableGame game, WorkCrew? crew)
    {
        var algorithm = solver.Create(game, crew: crew);
        double[] residuals = [.. Enumerable.Range(0, FewSteps).Select(_ => algorithm.Step(CancellationToken.None).Residual)];
        return [.. residuals.Select(BitConverter.DoubleToInt64Bits), .. SoundAnswer.Bits(algorithm.ReadSolution())];
    }
}
