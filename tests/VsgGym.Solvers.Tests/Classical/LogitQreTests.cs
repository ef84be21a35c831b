using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>The principal branch against Gambit's printed numbers, closed forms, and the fixed points of other methods.</summary>
public sealed class LogitQreTests
{
    private static readonly double[,] Diagonal = { { 1, 0 }, { 0, 1 } };

    [Theory]
    [InlineData(1, .642979, .588319)]
    [InlineData(2, .772677, .611743)]
    [InlineData(3, .859537, .603816)]
    public void ConstantSumGame_HasGambitsNumbers(double lambda, double row, double column)
    {
        // Gambit's logit on the constant-sum game A = [[1,1],[0,1]], B = [[1,1],[2,1]], to its six printed digits.
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } });
        var outcome = Run(game, lambda);
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(row, outcome.Solution.Policies[0].Probabilities[0], .5000001e-6);
        Assert.Equal(column, outcome.Solution.Policies[1].Probabilities[0], .5000001e-6);
    }

    // The game of Ochs (1995) as McKelvey and Palfrey (1995) scale it. Gambit's tutorial on quantal response (commit 500d8ba9 of November 2025, which still holds its output) prints these
    // equilibria, and as McKelvey and Palfrey's estimate of lambda from 128 rounds of play, .527 up and .366 left, the last lambda with log-likelihood -174.764532.
    [Theory]
    [InlineData(1, .5867840364385154, .4518070316997103)]
    [InlineData(2, .6175219458400859, .3719816648492249)]
    [InlineData(3, .6168968501329284, .31401636202001226)]
    [InlineData(1.8456097536855862, .615651314427859, .38329094004562914)]
    public void OchsGame_HasThePrintedEquilibria(double lambda, double up, double left)
    {
        var game = NormalForm.Create(new double[,] { { 1.1141, 0 }, { 0, .2785 } }, new double[,] { { 0, 1.1141 }, { 1.1141, 0 } });
        var policies = Run(game, lambda).Solution.Policies;
        Assert.Equal(up, policies[0].Probabilities[0], 1e-8);
        Assert.Equal(left, policies[1].Probabilities[0], 1e-8);
        double Likelihood(double at)
        {
            var fitted = Run(game, at).Solution.Policies;
            double p = fitted[0].Probabilities[0], q = fitted[1].Probabilities[0];
            return 128 * ((.527 * Math.Log(p)) + (.473 * Math.Log(1 - p)) + (.366 * Math.Log(q)) + (.634 * Math.Log(1 - q)));
        }

        if (lambda is not (> 1.8 and < 1.9)) return;
        Assert.Equal(-174.76453191087447, Likelihood(lambda), 1e-7);
        Assert.True(Likelihood(lambda) > Likelihood(lambda - .01) && Likelihood(lambda) > Likelihood(lambda + .01));
    }

    // The reduced strategic form of Selten (1975), Fig. 2: the points that the page of gambit-logit (17.0.0-alpha.2) prints of its principal branch.
    [Theory]
    [InlineData(.022853, .335873, .328284, .335843, .501962)]
    [InlineData(.075600, .341747, .316863, .341390, .506915)]
    [InlineData(.139346, .348902, .303519, .347578, .513640)]
    public void SeltensFigure2_HasGambitsPoints(double lambda, double right, double leftRight, double leftLeft, double other)
    {
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 0 }, { 0, 2 } }, new double[,] { { 1, 1 }, { 2, 3 }, { 2, 0 } });
        var policies = Run(game, lambda).Solution.Policies;
        double[] expected = [right, leftRight, leftLeft];
        for (int a = 0; a < 3; a++) Assert.Equal(expected[a], policies[0].Probabilities[a], 1.1e-6);
        Assert.Equal(other, policies[1].Probabilities[0], 1.1e-6);
    }

    [Fact]
    public void Coordination_StaysSymmetricAndTellsThatBranchesCross()
    {
        // diag(1, 1): p = logistic(lambda (2 p - 1)) has p = 1/2 alone up to lambda = 2, where a pitchfork opens.
        var game = NormalForm.Create(Diagonal, Diagonal);
        foreach (var (lambda, crossed) in ((double, double)[])[(1, 0), (1.99, 0), (2.01, 1), (3.041461, 1)])
        {
            var solver = new LogitQre(game, new LogitQre.Options { InverseTemperature = lambda });
            var outcome = NormalForm.Run(solver);
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            Assert.Equal(.5, outcome.Solution.Policies[0].Probabilities[0], 1e-6);
            Assert.Equal((crossed, crossed == 0), (solver.ReadBounds()["principal_branch"].Measured, solver.ReadBounds()["principal_branch"].PremiseHolds));
        }
    }

    [Fact]
    public void Coordination_OnTheOtherBranch_HasGambitsNumber()
    {
        var game = NormalForm.Create(Diagonal, Diagonal);
        var lean = new TabularPolicy([.9, .1], 1, 1, 2);
        var solver = new LogitQre(game, new LogitQre.Options { InverseTemperature = 3.041461 });
        solver.Start(new Solution { Policies = new PolicyProfile(game, [lean, lean]) });
        var outcome = NormalForm.Run(solver);
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(.9330194, outcome.Solution.Policies[0].Probabilities[0], .5001e-7);
    }

    [Fact]
    public void FirstStep_IsAsByHand()
    {
        // One player, payoffs 1 and 0: the tangent at lambda = 0 is (1/2, -1/2, 1), of length sqrt(3/2), and the first step is 1/10 long.
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).BuildFiniteHorizon(1);
        var solver = new LogitQre(game, new LogitQre.Options { InverseTemperature = 4 });
        double residual = solver.Step(CancellationToken.None).Residual;
        var metrics = new double[3];
        solver.ReadMetrics(metrics);
        Assert.Equal(.1 / Math.Sqrt(1.5), metrics[0], 1e-4); // the correction moves lambda in the second order only
        Assert.Equal(1 / (1 + Math.Exp(-metrics[0])), solver.ReadSolution().Policies[0].Probabilities[0], 1e-12); // on the curve log p_0 - log p_1 = lambda
        Assert.Equal(4 - metrics[0], residual, 1e-9); // the log-odds still missing
        Assert.Equal(SolveStatus.Converged, NormalForm.Run(solver).Status);
        Assert.Equal(1 / (1 + Math.Exp(-4)), solver.ReadSolution().Policies[0].Probabilities[0], 1e-12);
    }

    [Fact]
    public void RandomGames_AgreeWithTheSlowReferenceAtSmallLambda()
    {
        // At a small lambda the exploring agents' iteration contracts to the one quantal response equilibrium there is.
        for (ulong seed = 0; seed < 20; seed++)
        {
            bool horizon = seed % 2 == 0;
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 3 / 2), 3, 3, horizon ? 3 : null, Discount: .8, RewardScale: .3, IllegalActions: seed % 4 >= 2), seed + 100);
            var outcome = Run(game, 1.2);
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            var reference = new SlowReference(game);
            var (policies, values) = horizon ? reference.SolveHorizon("expectation", 1.2, .6, 1e-12, 20_000)!.Value : Stationary(reference);
            for (int t = 0; t < policies.Length; t++)
                for (int p = 0; p < game.PlayerCount; p++)
                    for (int s = 0; s < 3; s++)
                    {
                        Assert.Equal(values[t][p][s], outcome.Solution.Values[p].Data[(t * 3) + s], 1e-9);
                        for (int a = 0; a < game.ActionCounts[p]; a++)
                            Assert.Equal(policies[t][p][s, a], outcome.Solution.Policies[p].Row(t, s)[a], 1e-9);
                    }
        }
    }

    [Fact]
    public void OneShotGames_AgreeWithTheExploringAgents()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2, 1, 4, 1), seed);
            var branch = Run(game, .8).Solution.Policies;
            var iterated = NormalForm.Run(new MgeF(game, new MgeF.Options { InverseTemperature = .8, Tolerance = 1e-13 })).Solution.Policies;
            for (int p = 0; p < 2; p++)
                for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(iterated[p].Probabilities[a], branch[p].Probabilities[a], 1e-11);
        }
    }

    [Fact]
    public void RandomGames_AreFollowedToLargeLambda()
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 1 + (int)(seed % 3), 3, seed % 2 == 0 ? 2 : null, Discount: .7, IllegalActions: seed % 4 >= 2), seed + 7);
            var solver = new LogitQre(game, new LogitQre.Options { InverseTemperature = 200 });
            var outcome = NormalForm.Run(solver);
            Assert.Equal((seed, SolveStatus.Converged), (seed, outcome.Status));
            var bounds = solver.ReadBounds();
            Assert.InRange(bounds["quantal_response"].Measured, 0, 1e-10);
            Assert.True(bounds["nash"].PremiseHolds && bounds["nash"].Measured <= bounds["nash"].Value);
            Assert.InRange(bounds["nash"].Measured, 0, .1);
        }
    }

    [Fact]
    public void BranchThatTurnsBack_IsFollowedAround()
    {
        // Near lambda = 3 this game's branch almost meets another, turns back in lambda, and only then grows toward a pure equilibrium; a step that is too long jumps over to the other one.
        var game = RandomGames.Create(new RandomGameShape(3, 2, 3, null, Discount: .7), 1001);
        var solver = new LogitQre(game, new LogitQre.Options { InverseTemperature = 100 });
        var outcome = NormalForm.Run(solver);
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(0, solver.ReadBounds()["principal_branch"].Measured);
        Assert.Equal(1, outcome.Solution.Policies[0].Probabilities[0], 1e-3);
        int columns = outcome.Trace.Columns.Length, at = outcome.Trace.Columns.IndexOf("inverse_temperature");
        double[] lambdas = [.. outcome.Trace.Rows.Data.Where((_, k) => k % columns == at)];
        Assert.Contains(Enumerable.Range(1, lambdas.Length - 1), k => lambdas[k] < lambdas[k - 1] && lambdas[k] > 2);
    }

    [Fact]
    public void DominatedActions_VanishAtHugeLambda()
    {
        // The dilemma: defection's advantage grows toward 1, so cooperation has exp(-lambda), which is no number above 0 any more.
        var game = NormalForm.Create(new double[,] { { 3, 0 }, { 5, 1 } }, new double[,] { { 3, 5 }, { 0, 1 } });
        var solver = new LogitQre(game, new LogitQre.Options { InverseTemperature = 1e4, Tolerance = 1e-6 });
        var outcome = NormalForm.Run(solver);
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal([0.0, 1], outcome.Solution.Policies[0].Probabilities.ToArray());
        Assert.Equal(0, solver.ReadBounds()["nash"].Measured);
        Assert.InRange(outcome.Iterations, 5, 200);
    }

    [Fact]
    public void Repeated_OneStateGame_IsTheOneShotGame()
    {
        // Whatever happens next is the same, so only the reward tells actions apart.
        double[,] first = { { 1, 1 }, { 0, 1 } }, second = { { 1, 1 }, { 2, 1 } };
        var once = Run(NormalForm.Create(first, second), 2).Solution;
        var repeated = Run(NormalForm.Create(first, second, .9), 2).Solution;
        Assert.Equal(once.Policies[1].Probabilities[0], repeated.Policies[1].Probabilities[0], 1e-10);
        Assert.Equal(10 * once.Values[0].Data[0], repeated.Values[0].Data[0], 1e-9);
    }

    [Fact]
    public void WarmStart_AtTheAnswer_EndsAtOnce()
    {
        foreach (int? horizon in (int?[])[3, null])
        {
            var game = RandomGames.Create(new RandomGameShape(2, 3, 3, horizon, Discount: .8, IllegalActions: true), 3);
            var answer = Run(game, 4).Solution;
            var solver = new LogitQre(game, new LogitQre.Options { InverseTemperature = 4 });
            solver.Start(answer);
            Assert.Equal(IterationState.Converged, solver.Step(CancellationToken.None).State);
            for (int k = 0; k < answer.Policies[0].Probabilities.Length; k++)
                Assert.Equal(answer.Policies[0].Probabilities[k], solver.ReadSolution().Policies[0].Probabilities[k], 1e-10);
        }
    }

    [Fact]
    public void WarmStart_FarFromEveryBranch_StartsAsUsual()
    {
        var game = NormalForm.Create(Diagonal, Diagonal);
        var solver = new LogitQre(game, new LogitQre.Options { InverseTemperature = 1 });
        var apart = new PolicyProfile(game, [new TabularPolicy([1, 0], 1, 1, 2), new TabularPolicy([0, 1], 1, 1, 2)]);
        solver.Start(new Solution { Policies = apart });
        var outcome = NormalForm.Run(solver);
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(.5, outcome.Solution.Policies[0].Probabilities[0], 1e-9);
    }

    [Fact]
    public void SameGame_GivesTheSameBits()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 4, 3, null, Discount: .9), 11);
        Assert.Equal(Run(game, 5).Solution.Policies[0].Probabilities.ToArray(), Run(game, 5).Solution.Policies[0].Probabilities.ToArray());
    }

    [Fact]
    public void Step_AllocatesNothing() => Allocation.Check(new LogitQre(
        RandomGames.Create(new RandomGameShape(3, 4, 3, null, IllegalActions: true), 1), new LogitQre.Options { InverseTemperature = 1e9 }));

    [Fact]
    public void TooManyEquations_AreRefusedBeforeAnythingIsMade()
    {
        var game = new StochasticGameBuilder(["player_0", "player_1"], 100, [4, 4]).BuildFiniteHorizon(5);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<VsgGymException>(() => new LogitQre(game, new LogitQre.Options()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal((ErrorKind.ResourceExhausted, "game_too_large"), (error.Kind, error.Faults[0].Reason));
        Assert.Contains("5000 must not exceed 4000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_WhenCancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => new LogitQre(NormalForm.Create(Diagonal, Diagonal), new LogitQre.Options()).Step(new CancellationToken(true)));

    private static (double[][][,] Policies, double[][][] Values) Stationary(SlowReference reference)
    {
        var q = reference.SolveDiscounted("expectation", 1.2, .6, 1e-12, 20_000)!;
        return ([reference.Policies(q, 1.2)], [reference.Values("expectation", q, 1.2)]);
    }

    private static SolveOutcome Run(StochasticGame game, double lambda) => NormalForm.Run(new LogitQre(game, new LogitQre.Options { InverseTemperature = lambda }));
}
