using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>MMCE-IRL: its gradient by finite differences, what it matches, and what it finds again.</summary>
public sealed class MmceIrlTests
{
    private static readonly RandomStream Stream = RandomStream.Create(1);

    // The dual of one player's problem, the others' policies given: g(theta) = E[V(x_1)] - theta E^[F], whose gradient Theorem 5 names.
    [Theory]
    [InlineData(3)]
    [InlineData(null)]
    public void FirstMove_IsTheGradientByFiniteDifferences(int? horizon)
    {
        var game = RandomGames.Create(new RandomGameShape(2, 3, 2, horizon, .7, 1), 5);
        var options = new MmceIrlOptions { LearningRate = .25, ExpertEpisodes = 7, MaxIterations = 7 };
        var first = NormalForm.Run(new MmceIrl(game, options, Stream)).Solution; // seven episodes seen, theta away from 0
        var next = new MmceIrl(game, options with { ExpertEpisodes = 0, LearningRate = .25, Bound = 1e6 }, Stream);
        next.Start(first);
        next.Step(CancellationToken.None); // exact expectations of the expert, from the same theta
        var moved = next.ReadSolution();
        var seen = SlowCausalEntropy.Expectations(game, NormalForm.Run(new Mce(game, new Mce.Options())).Solution.Policies);
        for (int p = 0; p < 2; p++)
        {
            double[] theta = first.Arrays[$"theta.player_{p}"].Data, step = moved.Arrays[$"theta.player_{p}"].Data;
            for (int k = 0; k < theta.Length; k++)
            {
                const double H = 1e-5;
                double slope = (SlowCausalEntropy.SoftValue(game, moved.Policies, p, theta, k, H) - SlowCausalEntropy.SoftValue(game, moved.Policies, p, theta, k, -H)) / (2 * H);
                Assert.Equal(seen[p][k] - slope, (step[k] - theta[k]) / .25, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(null)]
    public void RandomGames_FeaturesAreMatchedAndThePoliciesAreTheExperts(int? horizon)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            // Without rewards at the end and of other's actions, the expert's rewards are among those that features can say.
            var game = OwnRewards(seed, horizon);
            var outcome = NormalForm.Run(new MmceIrl(game, new MmceIrlOptions { LearningRate = .5, Tolerance = 1e-7 }, Stream));
            Assert.Equal((SolveStatus.Converged, true), (outcome.Status, outcome.LastResidual < 1e-7));
            var expert = NormalForm.Run(new Mce(game, new Mce.Options())).Solution.Policies;
            double[][] seen = SlowCausalEntropy.Expectations(game, expert), found = SlowCausalEntropy.Expectations(game, outcome.Solution.Policies);
            for (int p = 0; p < 2; p++)
            {
                for (int k = 0; k < seen[p].Length; k++) Assert.Equal(seen[p][k], found[p][k], 1e-6);
                if (horizon is null) // one policy, and every state is visited
                    for (int k = 0; k < seen[p].Length; k++) Assert.Equal(expert[p].Probabilities[k], outcome.Solution.Policies[p].Probabilities[k], 1e-4);
                Assert.Equal([3, 2], outcome.Solution.Arrays[$"reward.player_{p}"].Shape.ToArray());
            }
        }
    }

    [Fact]
    public void KnownPlayer_KeepsItsReward_AndTheOthersIsFoundUpToAConstant()
    {
        var game = NormalForm.Create(new double[,] { { 1, 0 }, { 0, 2 } }, new double[,] { { .5, -.5 }, { .5, -.5 } });
        var outcome = NormalForm.Run(new MmceIrl(game, new MmceIrlOptions { KnownPlayers = ["player_0"], Damping = .5, Tolerance = 1e-9 }, Stream));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(["reward.player_1", "theta.player_1"], outcome.Solution.Arrays.Keys);
        double[] reward = outcome.Solution.Arrays["reward.player_1"].Data;
        Assert.Equal(1, reward[0] - reward[1], 1e-6); // only differences show in play
    }

    // Gambit's logit equilibrium of A = [[1,1],[0,1]], B = [[1,1],[2,1]] at lambda 1 has P(row 1) = .642979 and P(column 1) = .588319 (gambit-logit). Row 1 gains the second, column 1 the
    // chance of row 2: so much must the recovered rewards differ.
    [Fact]
    public void WatchingGambitsEquilibrium_FindsItsPayoffDifferences()
    {
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } });
        var outcome = NormalForm.Run(new MmceIrl(game, new MmceIrlOptions { LearningRate = 1, Tolerance = 1e-9 }, Stream));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        double[] row = outcome.Solution.Arrays["reward.player_0"].Data, column = outcome.Solution.Arrays["reward.player_1"].Data;
        Assert.Equal(.588319, row[0] - row[1], 1e-6);
        Assert.Equal(1 - .642979, column[0] - column[1], 1e-6);
        Assert.Equal(.642979, outcome.Solution.Policies[0].Probabilities[0], 1e-6);
        Assert.Equal(.588319, outcome.Solution.Policies[1].Probabilities[0], 1e-6);
    }

    // The sums of drawn episodes are no policy's exactly, so theta walks on to its bound; the policies are near by then.
    [Fact]
    public void DrawnEpisodes_AreSeenOneByOne_AndComeNearTheExpert()
    {
        var game = OwnRewards(2, null);
        var solver = new MmceIrl(game, new MmceIrlOptions { ExpertEpisodes = 1500, LearningRate = .2, MaxIterations = 1600, Bound = 5 }, Stream);
        var metrics = new double[1];
        foreach (int seen in (int[])[1, 2])
        {
            solver.Step(CancellationToken.None);
            solver.ReadMetrics(metrics);
            Assert.Equal(seen, metrics[0]);
        }

        var policies = NormalForm.Run(solver).Solution.Policies;
        var expert = NormalForm.Run(new Mce(game, new Mce.Options())).Solution.Policies;
        for (int p = 0; p < 2; p++)
            for (int k = 0; k < 6; k++) Assert.Equal(expert[p].Probabilities[k], policies[p].Probabilities[k], .1);
    }

    [Fact]
    public void LoggedPlay_ByHand()
    {
        // Four one-shot episodes: player 0 took action 0 three times of four, player 1 always action 1 within the bound.
        var game = NormalForm.Create(new double[,] { { 0, 0 }, { 0, 0 } }, new double[,] { { 0, 0 }, { 0, 0 } });
        var options = new MmceIrlOptions { Play = [[0, 0, 1], [0, 0, 1], [0, 1, 1], [0, 0, 1]], Tolerance = 1e-9, Bound = 2, LearningRate = 1, KnownPlayers = [] };
        var outcome = NormalForm.Run(new MmceIrl(game, options, Stream));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(.75, outcome.Solution.Policies[0].Probabilities[0], 1e-8);
        double[] theta = outcome.Solution.Arrays["theta.player_1"].Data;
        Assert.Equal(2, Math.Sqrt((theta[0] * theta[0]) + (theta[1] * theta[1])), 1e-9); // the projection holds it there
        Assert.Equal(1 / (1 + Math.Exp(theta[0] - theta[1])), outcome.Solution.Policies[1].Probabilities[1], 1e-6);
    }

    [Fact]
    public void StateFeatures_AndFeaturesGivenAsNumbers_AreTheSame()
    {
        var game = OwnRewards(1, 3);
        IReadOnlyList<IReadOnlyList<double>> rows = [.. Enumerable.Range(0, 6).Select(row => (IReadOnlyList<double>)[.. Enumerable.Range(0, 3).Select(s => row / 2 == s ? 1.0 : 0.0)])];
        double[] Theta(MmceIrlOptions options) => NormalForm.Run(new MmceIrl(game, options with { MaxIterations = 50 }, Stream)).Solution.Arrays["theta.player_0"].Data;
        Assert.Equal(Theta(new MmceIrlOptions { Features = FeatureKind.State }), Theta(new MmceIrlOptions { FeatureRows = [rows, rows] }));
    }

    [Fact]
    public void Start_FromItsAnswer_EndsAtOnce()
    {
        var game = OwnRewards(3, null);
        var options = new MmceIrlOptions { LearningRate = .5, Tolerance = 1e-6 };
        var cold = NormalForm.Run(new MmceIrl(game, options, Stream));
        var again = new MmceIrl(game, options, Stream);
        again.Start(cold.Solution);
        Assert.Equal(IterationState.Converged, again.Step(CancellationToken.None).State);
    }

    [Fact]
    public void FaultyOptions_AreReportedTogether()
    {
        var game = NormalForm.Create(new double[,] { { 0, 0 }, { 0, 0 } }, new double[,] { { 0, 0 }, { 0, 0 } });
        var options = new MmceIrlOptions { KnownPlayers = ["nobody"], FeatureRows = [[[1]]], Play = [[0, 0], [0, 2, 0], [1, 0, 0]] };
        var error = Assert.Throws<VsgGymException>(() => new MmceIrl(game, options, Stream));
        Assert.Equal(["options.known_players", "options.feature_rows", "options.play[0]", "options.play[1][1]", "options.play[2][0]"], error.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Step_AllocatesNothing_AndTheSameSeedGivesTheSameBits()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 3, 2, 3, RewardScale: .3), 5);
        Allocation.Check(new MmceIrl(game, new MmceIrlOptions { ExpertEpisodes = 60 }, Stream));
        double[] Theta(ulong seed) => NormalForm.Run(new MmceIrl(game, new MmceIrlOptions { ExpertEpisodes = 60, MaxIterations = 80 }, RandomStream.Create(seed))).Solution.Arrays["theta.player_1"].Data;
        Assert.Equal(Theta(4), Theta(4));
        Assert.NotEqual(Theta(4), Theta(5));
    }

    /// <summary>A random two-player game of three states whose rewards are of the own action only, with none at the end.</summary>
    private static StochasticGame OwnRewards(ulong seed, int? horizon)
    {
        var random = RandomStream.Create(seed).Fork("own rewards");
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 3, [2, 2]).WithInitial([.4, .3, .3]);
        var own = new double[2, 3, 2];
        for (int k = 0; k < own.Length; k++) own[k / 6, k / 2 % 3, k % 2] = (2 * random.NextDouble()) - 1;
        for (int s = 0; s < 3; s++)
            for (int joint = 0; joint < 4; joint++)
            {
                builder.SetReward(0, s, joint, own[0, s, joint / 2]).SetReward(1, s, joint, own[1, s, joint % 2]);
                var next = new double[3];
                random.NextSimplex(next);
                for (int to = 0; to < 3; to++) builder.AddTransition(s, joint, to, next[to]);
            }

        return builder.Build(horizon, horizon is null ? .8 : null);
    }

    [Fact]
    public void TwoSteps_ByHand()
    {
        // One decision, rate 1/5. The first episode alone: E^ = (1, 0) for player 0 and (0, 1) for player 1, E = (1/2, 1/2), so theta = (.1, -.1) and (-.1, .1). With the
        // second one player 0's mean is (1/2, 1/2) and its chance of action 0 is s(.2), s the logistic function; so is player 1's of action 1, at a mean of (0, 1).
        var game = NormalForm.Create(new double[2, 2], new double[2, 2]);
        var solver = new MmceIrl(game, new MmceIrlOptions { Play = [[0, 0, 1], [0, 1, 1]], LearningRate = .2 }, Stream);
        double[] Theta(int p) => solver.ReadSolution().Arrays[$"theta.player_{p}"].Data;
        Assert.Equal(.5, solver.Step(CancellationToken.None).Residual, 12);
        Assert.Equal([.1, -.1], Theta(0), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal([-.1, .1], Theta(1), (x, y) => Math.Abs(x - y) < 1e-12);
        double s = 1 / (1 + Math.Exp(-.2));
        Assert.Equal(1 - s, solver.Step(CancellationToken.None).Residual, 10); // player 1's
        Assert.Equal([.1 + (.2 * (.5 - s)), -.1 + (.2 * (s - .5))], Theta(0), (x, y) => Math.Abs(x - y) < 1e-10);
        Assert.Equal([-.1 - (.2 * (1 - s)), .1 + (.2 * (1 - s))], Theta(1), (x, y) => Math.Abs(x - y) < 1e-10);
    }

    [Fact]
    public void LoggedPlay_OfADiscountedGame_IsDiscountedByHand()
    {
        // From state 0 to state 1, which stays; discount 1/2. E^ = (0, 1) in state 0 and (1/2, 0) in state 1; even play has (1/2, 1/2) in both, for 1/2 + 1/4 + ... = 1.
        var builder = new StochasticGameBuilder(["player_0"], 2, [2]).WithInitial([1, 0]);
        for (int s = 0; s < 2; s++)
            for (int a = 0; a < 2; a++) builder.AddTransition(s, a, 1, 1);
        var solver = new MmceIrl(builder.BuildDiscounted(.5), new MmceIrlOptions { Play = [[0, 1, 1, 0]], LearningRate = .2 }, Stream);
        solver.Step(CancellationToken.None);
        Assert.Equal([-.1, .1, 0, -.1], solver.ReadSolution().Arrays["theta.player_0"].Data, (x, y) => Math.Abs(x - y) < 1e-11);
    }

    [Fact]
    public void Theta_OnTwentyRandomGames_IsThatOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            int? horizon = seed % 2 == 0 ? 3 : null;
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 3, 2, horizon, .7, .4), seed);
            double[][] seen = SlowCausalEntropy.Expectations(game, SlowCausalEntropy.Soft(game, 1.2)), theta = [.. game.ActionCounts.Select(actions => new double[3 * actions])];
            var solver = new MmceIrl(game, new MmceIrlOptions { LearningRate = .3, InverseTemperature = 1.2 }, Stream);
            for (int k = 0; k < 3; k++)
            {
                solver.Step(CancellationToken.None);
                double[][] expected = SlowCausalEntropy.Expectations(game, SlowCausalEntropy.Soft(SlowCausalEntropy.Paid(game, theta), 1.2));
                for (int p = 0; p < game.PlayerCount; p++)
                {
                    for (int f = 0; f < theta[p].Length; f++) theta[p][f] += .3 * (seen[p][f] - expected[p][f]);
                    Assert.Equal(theta[p], solver.ReadSolution().Arrays[$"theta.player_{p}"].Data, (x, y) => Math.Abs(x - y) < 1e-8);
                }
            }
        }
    }

    // The smallest case: one player, one decision, action 0 in three plays of four. Line 9 of Algorithm 4 as printed, theta - rho (E^ - E), walks away from what was seen
    // until the bound holds it; corrected, theta + rho (E^ - E), it comes to it.
    [Fact]
    public void Line9AsPrinted_WalksAwayFromWhatWasSeen()
    {
        double Follow(int sign)
        {
            double[] theta = [0, 0], seen = [.75, .25];
            double played = .5, distance = .25;
            for (int k = 0; k < 2000; k++)
            {
                for (int a = 0; a < 2; a++) theta[a] += sign * .2 * (seen[a] - (a == 0 ? played : 1 - played));
                double norm = Math.Sqrt((theta[0] * theta[0]) + (theta[1] * theta[1]));
                for (int a = 0; a < 2 && norm > 5; a++) theta[a] *= 5 / norm;
                played = 1 / (1 + Math.Exp(theta[1] - theta[0]));
                Assert.True(sign > 0 ? Math.Abs(played - .75) <= distance : Math.Abs(played - .75) >= distance - 1e-12, $"{k}: {played}");
                distance = Math.Abs(played - .75);
            }

            return played;
        }

        Assert.Equal(.75, Follow(1), 1e-9);
        Assert.InRange(Follow(-1), 0, 1e-3);
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).BuildFiniteHorizon(1);
        var outcome = NormalForm.Run(new MmceIrl(game, new MmceIrlOptions { Play = [[0, 0], [0, 0], [0, 0], [0, 1]], LearningRate = .2, Bound = 5, Tolerance = 1e-10 }, Stream));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(.75, outcome.Solution.Policies[0].Probabilities[0], 1e-9);
    }
}
