using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>mge Theorems 1 to 3 inside their premises, on random games, and outside, on the smallest games that show it.</summary>
public sealed class ContractionBoundsTests
{
    private const int Games = 20, Starts = 4;

    [Fact]
    public void Theorem1_InsideItsPremise_SweepsContractToOneFixedPoint()
    {
        for (ulong seed = 0; seed < Games; seed++)
        {
            double beta = 1 + (seed % 3), gamma = .5 + (.1 * (seed % 4));
            int players = 2 + (int)(seed % 2);
            double bound = (1 - gamma) * (1 - gamma) / (2 * gamma * players * beta);
            var game = RandomGames.Create(new RandomGameShape(players, 3, 3, null, gamma, bound, seed % 4 == 3), seed);
            Check(game, seed, "mge_theorem_1", () => new MgeI(game, new MgeI.Options { InverseTemperature = beta, Tolerance = 1e-11 }));
        }
    }

    [Fact]
    public void Theorem2_InsideItsPremise_SweepsContractToOneFixedPoint()
    {
        for (ulong seed = 0; seed < Games; seed++)
        {
            double beta = .5 + (seed % 3);
            int players = 2 + (int)(seed % 2), horizon = 1 + (int)(seed % 3);
            double bound = 1 / (2 * beta * (players - 1) * (1 + horizon));
            var game = RandomGames.Create(new RandomGameShape(players, 3, 3, horizon, RewardScale: bound, IllegalActions: seed % 4 == 3), seed);
            Check(game, seed, "mge_theorem_2", () => new MgeF(game, new MgeF.Options { InverseTemperature = beta, Tolerance = 1e-11 }));
        }
    }

    [Fact]
    public void Theorem3_InsideItsPremise_IterationsContractToOneFixedPoint()
    {
        for (ulong seed = 0; seed < Games; seed++)
        {
            int horizon = 1 + (int)(seed % 2);
            var drawn = new PlaceGames(seed, 2 + (int)(seed % 2), horizon, seed % 4 == 1, 1, .05);
            var options = new MgeFb.Options { InverseTemperature = .1, Tolerance = 1e-11, Places = drawn.Places };
            Check(drawn.Table, seed, "mge_theorem_3", () => new MgeFb(drawn.Table, options));
        }
    }

    // Both players are paid b for the same action of two. For the chance x of the first action the sweeps are x' = 1 / (1 + exp(-beta b (2 x - 1))) for
    // horizon 1, which has three fixed points where beta b is above 2. The premises' bounds of b, with beta = 1, are 1/4 for Theorem 2 and lower for the others.
    [Fact]
    public void Theorem2And3_OutsideTheirPremise_HaveSeveralFixedPoints()
    {
        double[,] same = { { 3, 0 }, { 0, 3 } };
        var game = NormalForm.Create(same, same);
        CheckSeveral(game, "mge_theorem_2", () => new MgeF(game, new MgeF.Options()));
        CheckSeveral(game, "mge_theorem_3", () => new MgeFb(game, new MgeFb.Options()));
    }

    [Fact]
    public void Theorem1_OutsideItsPremise_HasSeveralFixedPoints()
    {
        double[,] same = { { 3, 0 }, { 0, 3 } };
        var game = NormalForm.Create(same, same, .5);
        CheckSeveral(game, "mge_theorem_1", () => new MgeI(game, new MgeI.Options()));
    }

    // The premise is sufficient only: here the bound is broken by far and the sweeps still contract, for a single player has nobody to answer.
    [Fact]
    public void Theorem3_WithoutMeetings_HoldsForAllRewards()
    {
        var drawn = new PlaceGames(3, 2, 3, false, 100, 0);
        var bound = new MgeFb(drawn.Table, new MgeFb.Options { Places = drawn.Places }).ReadBounds()["mge_theorem_3"];
        Assert.Equal((0.0, true), (bound.Measured, bound.PremiseHolds));
    }

    // By hand: T = 1, beta = 1/2, the first player gets 1 (omega) and loses 1/4 (L = phi) for the same action: xi = 2 * 5/4.
    [Fact]
    public void Theorem3_ByHand()
    {
        var game = NormalForm.Create(new double[,] { { .75, 1 }, { 0, -.25 } }, new double[,] { { 0, 0 }, { 0, 0 } });
        var bound = new MgeFb(game, new MgeFb.Options { InverseTemperature = .5 }).ReadBounds()["mge_theorem_3"];
        Assert.Equal(.5, bound.Measured, 15);
        Assert.Equal(2.5 * Math.Exp(-.5 * 2 * 2.5), bound.Value, 15);
        Assert.False(bound.PremiseHolds);
    }

    private static void Check<T>(StochasticGame game, ulong seed, string theorem, Func<T> create)
        where T : IAlgorithm, IWarmStart
    {
        Assert.True(create().ReadBounds()[theorem].PremiseHolds);
        Solution? first = null;
        for (ulong k = 0; k < Starts; k++)
        {
            var solver = create();
            solver.Start(new Solution { Policies = RandomGames.Profile(game, (seed * Starts) + k, perTime: false) });
            CheckContraction(solver);
            var answer = solver.ReadSolution();
            first ??= answer;
            for (int p = 0; p < game.PlayerCount; p++)
                for (int i = 0; i < answer.Policies[p].Probabilities.Length; i++) Assert.Equal(first.Policies[p].Probabilities[i], answer.Policies[p].Probabilities[i], 1e-8);
        }
    }

    // Within one time of a horizon, every residual is below the one before.
    private static void CheckContraction(IAlgorithm solver)
    {
        var metrics = new double[solver.MetricNames.Count];
        double residual = double.NaN, time = double.NaN;
        for (int k = 0; k < 10_000; k++)
        {
            var report = solver.Step(CancellationToken.None);
            solver.ReadMetrics(metrics);
            double now = metrics.Length > 0 ? metrics[0] : 0;
            if (now == time && residual > 1e-13) Assert.True(report.Residual < residual, $"step {k}: {report.Residual} after {residual}");
            (residual, time) = (report.Residual, now);
            if (report.State == IterationState.Converged) return;
        }

        Assert.Fail("did not converge");
    }

    private static void CheckSeveral<T>(StochasticGame game, string theorem, Func<T> create)
        where T : IAlgorithm, IWarmStart
    {
        Assert.False(create().ReadBounds()[theorem].PremiseHolds);
        double[] answers = [.. new[] { .9, .5, .1 }.Select(first =>
        {
            var solver = create();
            var policy = new TabularPolicy([first, 1 - first], 1, 1, 2);
            solver.Start(new Solution { Policies = new PolicyProfile(game, policy, policy) });
            var outcome = NormalForm.Run(solver);
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            return outcome.Solution.Policies[0].Probabilities[0];
        })];
        Assert.InRange(answers[0], .9, 1);
        Assert.Equal(.5, answers[1], 1e-9);
        Assert.InRange(answers[2], 0, .1);
    }
}
