using VsgGym.Core;
using VsgGym.Games;
using VsgGym.TestKit;
using Xunit.Abstractions;

namespace VsgGym.Solvers.Tests;

/// <summary>Fictitious play where it must converge, where it cannot, and beside plain loops.</summary>
public sealed class FictitiousPlayTests(ITestOutputHelper output)
{
    private static readonly double[,] Pennies = { { 1, -1 }, { -1, 1 } }, MinusPennies = { { -1, 1 }, { 1, -1 } };

    // Robinson 1951: the averages of a zero-sum game converge; rock, paper, scissors has one equilibrium, 1/3 each.
    [Fact]
    public void RockPaperScissors_AveragesGoToOneThird()
    {
        double[,] first = { { 0, -1, 1 }, { 1, 0, -1 }, { -1, 1, 0 } }, second = { { 0, 1, -1 }, { -1, 0, 1 }, { 1, -1, 0 } };
        var game = NormalForm.Create(first, second);
        var solver = new FictitiousPlay(game, new FictitiousPlay.Options { Tolerance = .01 });
        solver.Start(new Solution { Policies = new PolicyProfile(game, Pure(3, 0), Pure(3, 0)) }); // uniform play is the equilibrium already
        var outcome = NormalForm.Run(solver);
        output.WriteLine($"{outcome.Iterations} rounds, gap {outcome.LastResidual}");
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.All(outcome.Solution.Policies.Policies, policy => Assert.All(policy.Probabilities.ToArray(), p => Assert.InRange(p, (1 / 3.0) - .01, (1 / 3.0) + .01)));
        Assert.True(solver.ReadBounds()["robinson_1951"].PremiseHolds);
    }

    // [[2, -1], [-1, 1]] has value 1/5 at (2/5, 3/5) for both: 2x - (1 - x) = -x + (1 - x).
    [Fact]
    public void ZeroSumMatrix_AveragesGoToItsMixedEquilibrium()
    {
        var game = NormalForm.Create(new double[,] { { 2, -1 }, { -1, 1 } }, new double[,] { { -2, 1 }, { 1, -1 } });
        var outcome = NormalForm.Run(new FictitiousPlay(game, new FictitiousPlay.Options { Tolerance = .02 }));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.All(outcome.Solution.Policies.Policies, policy => Assert.InRange(policy.Probabilities[0], .38, .42));
        Assert.InRange(new NashCertificate(game).Measure(outcome.Solution.Policies, CancellationToken.None).Values[0], .18, .22);
    }

    // Shapley 1964: play circles through (A,A), (A,B), (B,B), (B,C), (C,C), (C,A) in runs that grow by a factor, so the averages never settle.
    [Fact]
    public void ShapleysGame_NeverSettles_AndItsRunsGrow()
    {
        var solver = new FictitiousPlay(new Shapley(new Shapley.Options()).Table!, new FictitiousPlay.Options { MaxIterations = 200_000 });
        solver.Start(new Solution { Policies = new PolicyProfile(new Shapley(new Shapley.Options()).Table!, Pure(3, 0), Pure(3, 0)) });
        double least = double.MaxValue;
        var runs = new List<double>();
        double[] before = [1, 0, 0];
        int last = -1, length = 0;
        for (int k = 2; k <= 200_000; k++)
        {
            double gap = solver.Step(CancellationToken.None).Residual;
            if (k > 1000) least = Math.Min(least, gap);
            double[] now = solver.ReadSolution().Policies[0].Probabilities.ToArray();
            int played = Enumerable.Range(0, 3).MaxBy(a => (now[a] * k) - (before[a] * (k - 1)));
            if (played != last && last >= 0) runs.Add(length);
            length = played == last ? length + 1 : 1;
            (last, before) = (played, now);
        }

        output.WriteLine($"least gap {least:F3}; runs {string.Join(' ', runs)}; last ratio {runs[^1] / runs[^2]:F4}");
        Assert.True(least > .1);
        Assert.All(runs.Skip(4).Zip(runs.Skip(5), (a, b) => b / a), ratio => Assert.InRange(ratio, 2, 2.4));
        Assert.InRange(runs[^1] / runs[^2], 2.145, 2.151); // the square of 1.46557, the root of x^3 = x^2 + 1: each player moves after every second run
    }

    [Fact]
    public void Step_MovesTheAveragesByTheHandComputedNumbers()
    {
        // Against uniform both coins are worth 0, so both show heads; then player_1 flees to tails, and then player_0 finds heads and tails equal. QuantEcon.py's test of fictitious
        // play, quantecon/game_theory/tests/test_fictplay.py, expects the same averages of its first rounds from (heads, heads).
        var solver = new FictitiousPlay(NormalForm.Create(Pennies, MinusPennies), new FictitiousPlay.Options { Tolerance = 1e-9 });
        Assert.Equal(IterationState.Converged, solver.Step(CancellationToken.None).State); // uniform is the equilibrium
        solver.Start(new Solution { Policies = new PolicyProfile(NormalForm.Create(Pennies, MinusPennies), Pure(2, 0), Pure(2, 0)) });
        (double Gap, double[] Rows, double[] Columns)[] expected = [(2, [1, 0], [.5, .5]), (1, [1, 0], [1 / 3.0, 2 / 3.0]), (4 / 3.0, [.75, .25], [.25, .75])];
        foreach (var (gap, rows, columns) in expected)
        {
            Assert.Equal(gap, solver.Step(CancellationToken.None).Residual, 12);
            var policies = solver.ReadSolution().Policies;
            for (int a = 0; a < 2; a++)
            {
                Assert.Equal(rows[a], policies[0].Probabilities[a], 12);
                Assert.Equal(columns[a], policies[1].Probabilities[a], 12);
            }
        }
    }

    [Fact]
    public void Rounds_OnTwentyRandomGames_AreThoseOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 1 + (int)(seed % 4), 3, 1 + (int)(seed % 5), IllegalActions: true), seed);
            var solver = new FictitiousPlay(game, new FictitiousPlay.Options { Tolerance = 1e-12 });
            int rounds = 0;
            for (int k = 0; k < 30; k++)
                if (solver.Step(CancellationToken.None).State == IterationState.Running) rounds++;
            var slow = Slow(game, rounds);
            for (int p = 0; p < game.PlayerCount; p++)
                for (int t = 0; t < game.Horizon; t++)
                    for (int s = 0; s < game.StateCount; s++)
                        for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(slow[t][p][s, a], solver.ReadSolution().Policies[p].Row(t, s)[a], 10);
        }
    }

    // Shapley 1953 gives the discounted Big Match the value 1/2; the absorbing row is played with (1 - g) / (2 - g), the column with 1/2.
    [Fact]
    public void BigMatch_AveragesApproachItsEquilibrium()
    {
        var game = new BigMatch(new BigMatch.Options { Horizon = null, Discount = .5 }).Table!;
        var outcome = NormalForm.Run(new FictitiousPlay(game, new FictitiousPlay.Options { Tolerance = .02, MaxIterations = 20_000 }));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.InRange(new NashCertificate(game).Measure(outcome.Solution.Policies, CancellationToken.None).Values[0], .49, .51);
        Assert.InRange(outcome.Solution.Policies[0].Row(0, 0)[1], (1 / 3.0) - .03, (1 / 3.0) + .03);
        Assert.InRange(outcome.Solution.Policies[1].Row(0, 0)[1], .45, .55);
    }

    [Fact]
    public void OnePlayer_IsOptimalAfterOneRound()
    {
        foreach (int? horizon in (int?[])[null, 4])
        {
            var game = RandomGames.Create(new RandomGameShape(1, 4, 3, horizon), 6);
            var outcome = NormalForm.Run(new FictitiousPlay(game, new FictitiousPlay.Options { Tolerance = 1e-9 }));
            Assert.Equal((SolveStatus.Converged, 2L), (outcome.Status, outcome.Iterations));
            Assert.InRange(new NashCertificate(game).Measure(outcome.Solution.Policies, CancellationToken.None).Gap, 0, 1e-9);
        }
    }

    [Fact]
    public void Residual_IsTheCertifiedGapOfTheAverages()
    {
        foreach (int? horizon in (int?[])[null, 1, 4])
        {
            var game = RandomGames.Create(new RandomGameShape(2, 3, 3, horizon, IllegalActions: true), 11);
            var solver = new FictitiousPlay(game, new FictitiousPlay.Options());
            for (int k = 0; k < 5; k++) solver.Step(CancellationToken.None);
            double certified = new NashCertificate(game).Measure(solver.ReadSolution().Policies, CancellationToken.None).Gap;
            Assert.Equal(certified, solver.Step(CancellationToken.None).Residual, 9);
        }
    }

    [Fact]
    public void EarlierAnswerAtAnEquilibrium_EndsAtOnce()
    {
        var solver = new FictitiousPlay(ClimbingCurve.Game, new FictitiousPlay.Options());
        var earlier = new Solution { Policies = new PolicyProfile(ClimbingCurve.Game, Pure(3, 1), Pure(3, 1)) };
        solver.Start(earlier);
        var outcome = NormalForm.Run(solver);
        Assert.Equal((SolveStatus.Converged, 1L), (outcome.Status, outcome.Iterations));
        Assert.Equal(earlier.Policies[0].Probabilities.ToArray(), outcome.Solution.Policies[0].Probabilities.ToArray());
        Assert.Throws<VsgGymException>(() => solver.Start(new Solution { Policies = PolicyProfile.Uniform(NormalForm.Create(Pennies, Pennies)) }));
    }

    [Fact]
    public void Step_WithAHorizon_AllocatesNothing() => Allocation.Check(new FictitiousPlay(
        RandomGames.Create(new RandomGameShape(3, 4, 3, 5, IllegalActions: true), 1), new FictitiousPlay.Options { Tolerance = 1e-12 }));

    [Fact]
    public void RobinsonsPremise_NeedsAZeroSumGamePlayedOnce()
    {
        Bound Of(StochasticGame game) => new FictitiousPlay(game, new FictitiousPlay.Options()).ReadBounds()["robinson_1951"];
        Assert.True(Of(NormalForm.Create(Pennies, MinusPennies)).PremiseHolds);
        Assert.Equal((false, 22), (Of(ClimbingCurve.Game).PremiseHolds, Math.Min(22, Of(ClimbingCurve.Game).Measured)));
        Assert.False(Of(NormalForm.Create(Pennies, MinusPennies, .9)).PremiseHolds);
    }

    [Fact]
    public void EstimatedBytes_CountEveryTime()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 10, 3, 1000), 1);
        Assert.InRange(FictitiousPlay.EstimateBytes(game, new FictitiousPlay.Options()), 8L * 10_000 * game.ActionCounts.Sum(), 20L * 10_000 * game.ActionCounts.Sum());
    }

    private static TabularPolicy Pure(int actions, int action) => new([.. Enumerable.Range(0, actions).Select(a => a == action ? 1.0 : 0.0)], 1, 1, actions);

    // The averages by time after some rounds from uniform ones.
    private static double[][][,] Slow(StochasticGame game, int rounds)
    {
        var reference = new SlowReference(game);
        int horizon = game.Horizon!.Value;
        double[][][,] averages = [.. Enumerable.Range(0, horizon).Select(_ => reference.Policies(reference.Zero(), 0))]; // inverse temperature 0: uniform
        for (int k = 1; k <= rounds; k++)
        {
            double[][] next = [.. Enumerable.Range(0, game.PlayerCount).Select(p => game.TerminalRewards(p).ToArray())];
            var moved = new double[horizon][][,];
            for (int t = horizon - 1; t >= 0; t--)
            {
                double[][,] q = reference.Update(averages[t], next);
                next = reference.Values("max", q, 0);
                moved[t] = reference.Zero();
                for (int p = 0; p < game.PlayerCount; p++)
                {
                    for (int s = 0; s < game.StateCount; s++)
                    {
                        int best = Enumerable.Range(0, game.ActionCounts[p]).Where(a => game.IsLegal(p, s, a)).MaxBy(a => q[p][s, a]);
                        for (int a = 0; a < game.ActionCounts[p]; a++) moved[t][p][s, a] = averages[t][p][s, a] + (((a == best ? 1 : 0) - averages[t][p][s, a]) / k);
                    }
                }
            }

            averages = moved;
        }

        return averages;
    }

    [Fact]
    public void Rounds_OfTwentyDiscountedGames_AreThoseOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 3, 3, null, Discount: .6, IllegalActions: seed % 4 >= 2), seed);
            var solver = new FictitiousPlay(game, new FictitiousPlay.Options { Tolerance = 1e-12 });
            var reference = new SlowReference(game);
            double[][,] averages = reference.Policies(reference.Zero(), 0);
            for (int k = 1; k <= 12 && solver.Step(CancellationToken.None).State == IterationState.Running; k++)
            {
                double[][,] q = [.. game.Players.Select((_, p) => BestAlone(game, reference, averages, p))], moved = reference.Zero();
                for (int p = 0; p < game.PlayerCount; p++)
                    for (int s = 0; s < 3; s++)
                    {
                        int best = Enumerable.Range(0, game.ActionCounts[p]).Where(a => game.IsLegal(p, s, a)).MaxBy(a => q[p][s, a]);
                        for (int a = 0; a < game.ActionCounts[p]; a++) moved[p][s, a] = averages[p][s, a] + (((a == best ? 1 : 0) - averages[p][s, a]) / k);
                    }

                averages = moved;
                for (int p = 0; p < game.PlayerCount; p++)
                    for (int s = 0; s < 3; s++)
                        for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(averages[p][s, a], solver.ReadSolution().Policies[p].Row(0, s)[a], 1e-10);
            }
        }
    }

    // A player's optimal action values against the others' averages, by value iteration.
    private static double[,] BestAlone(StochasticGame game, SlowReference reference, double[][,] averages, int player)
    {
        double[][] values = [.. game.Players.Select(_ => new double[3])];
        double[][,] q = reference.Zero();
        for (int k = 0; k < 120; k++)
        {
            q = reference.Update(averages, values);
            for (int s = 0; s < 3; s++) values[player][s] = Enumerable.Range(0, game.ActionCounts[player]).Where(a => game.IsLegal(player, s, a)).Max(a => q[player][s, a]);
        }

        return q[player];
    }
}
