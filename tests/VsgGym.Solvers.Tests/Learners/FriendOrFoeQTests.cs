using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Friend-or-foe Q-learning by hand, beside plain loops, and where its premises hold.</summary>
public sealed class FriendOrFoeQTests
{
    private static readonly StochasticGame ClimbingTable = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);

    [Fact]
    public void Step_MovesQByTheHandComputedNumbers()
    {
        // Two states of one action: Q_i(0) = 1/2 * 2 = 1 and 1/2 * 4 = 2, then Q_i(1) = 1/2 (3 + 0.8 * 1) = 1.9 and 1/2 (0 + 0.8 * 2) = 0.8.
        var game = new StochasticGameBuilder(["a", "b"], 2, [1, 1]).SetReward(0, 0, 0, 2).SetReward(1, 0, 0, 4).SetReward(0, 1, 0, 3)
            .AddTransition(0, 0, 1, 1).AddTransition(1, 0, 0, 1).BuildDiscounted(.8);
        var solver = new FriendOrFoeQ(game, new() { Others = [OthersAre.Friends, OthersAre.Foes], LearningRate = Schedule.Constant(.5), InitialScale = 0, MaxSteps = 2 }, RandomStream.Create(0));
        solver.Step(CancellationToken.None);
        Assert.Equal([1, 1.9], solver.ReadSolution().Values[0].Data.Select(value => Math.Round(value, 12)));
        Assert.Equal([2, .8], solver.ReadSolution().Values[1].Data.Select(value => Math.Round(value, 12)));
    }

    // Climbing: friends go for 11 at (A, A); foes play safe, C's worst being 0 and no mixture better than it.
    [Fact]
    public void Climbing_FriendsClimbAndFoesPlaySafe()
    {
        var friends = NormalForm.Run(new FriendOrFoeQ(ClimbingTable, Exact(OthersAre.Friends), RandomStream.Create(0))).Solution;
        Assert.Equal([1, 0, 0], friends.Policies[1].Row(0, 0).ToArray());
        Assert.Equal(11, friends.Values[0].Data[0], 1e-12);
        var foes = NormalForm.Run(new FriendOrFoeQ(ClimbingTable, Exact(OthersAre.Foes), RandomStream.Create(0))).Solution;
        Assert.Equal(ZeroSumReference.Value(NormalForm.Climbing), foes.Values[0].Data[0], 1e-12);
        Assert.Equal([0, 0, 1], foes.Policies[0].Row(0, 0).ToArray());
        var mixed = NormalForm.Run(new FriendOrFoeQ(ClimbingTable, Exact(OthersAre.Friends, OthersAre.Foes), RandomStream.Create(0))).Solution;
        Assert.Equal(11, mixed.Values[0].Data[0], 1e-12);
        Assert.Equal(foes.Values[1].Data[0], mixed.Values[1].Data[0], 1e-12);
    }

    [Fact]
    public void BigMatch_BetweenFoes_LearnsItsValue()
    {
        var game = new BigMatch(new BigMatch.Options { Discount = .8 }).Table;
        var solution = NormalForm.Run(new FriendOrFoeQ(game, new() { Episodes = 300, MaxSteps = 30 }, RandomStream.Create(3))).Solution;
        Assert.Equal(.5, solution.Values[0].Data[0], .03);
        Assert.Equal(-.5, solution.Values[1].Data[0], .03);
        Assert.Equal(.2 / 1.2, solution.Policies[0].Row(0, 0)[1], .05); // (1 - discount) / (2 - discount)
    }

    // "Q Bellman equation for a min-max adversarial game", 2026, prints the values 5.6890 (fresh) and 5.4896 (rattled) of penalty kicks and .3655, .3758 for left (see ShapleyPublishedTests).
    [Fact]
    public void PenaltyKicks_BetweenFoes_LearnThePrintedValues()
    {
        var options = new FriendOrFoeQ.Options { Others = [OthersAre.Foes], LearningRate = Schedule.Constant(1), Episodes = 100, MaxSteps = 50 };
        var solution = NormalForm.Run(new FriendOrFoeQ(ConcurrentGames.PenaltyKicks(1, 0, 0, 1), options, RandomStream.Create(1))).Solution;
        double[] values = [5.6890, 5.4896], left = [.3655, .3758];
        for (int s = 0; s < 2; s++)
        {
            Assert.Equal(values[s], solution.Values[0].Data[s], .51e-4);
            Assert.Equal(-values[s], solution.Values[1].Data[s], .51e-4);
            for (int p = 0; p < 2; p++) Assert.Equal(left[s], solution.Policies[p].Row(0, s)[0], .51e-4);
        }
    }

    [Fact]
    public void Play_OnTwentyRandomGames_IsThatOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 3 - (int)(seed % 2), seed % 4 < 2 ? 4 : null, IllegalActions: seed % 3 == 0), seed);
            ImmutableArray<OthersAre> others = [.. game.Players.Select((_, p) => (p + (int)(seed / 4)) % 2 == 0 ? OthersAre.Foes : OthersAre.Friends)];
            var options = new FriendOrFoeQ.Options { Others = others, LearningRate = Schedule.Hyperbolic(3), InitialScale = 0, Episodes = 30, MaxSteps = 7 };
            var solution = NormalForm.Run(new FriendOrFoeQ(game, options, RandomStream.Create(seed))).Solution;
            double[] Solve(int state, double[][] payoffs) => [.. payoffs.Select((own, p) => others[p] == OthersAre.Friends
                ? Enumerable.Range(0, own.Length).Where(a => game.IsLegalJoint(state, a)).Max(a => own[a]) : ZeroSumReference.Value(AgainstAll(game, state, p, own)))];
            double[][,] q = StageReference.Learn(game, RandomStream.Create(seed), 30, 7, visit => 3 / (3.0 + visit), Solve);
            for (int s = 0; s < 3; s++)
            {
                double[] expected = StageReference.Values(game, q, s, Solve);
                for (int p = 0; p < game.PlayerCount; p++) Assert.Equal(expected[p], solution.Values[p].Data[s], 1e-9);
            }
        }
    }

    [Fact]
    public void GridGame2_FriendsCollideInTheMiddle()
    {
        // Through the middle one arrives with the third move, 2 * .9^2, if the other keeps out, and each friend counts on that: both enter and collide for
        // ever, -1 / (1 - .9): without a common optimum, the premise of friends, what they learn is no equilibrium.
        var game = new GridBarrier(new GridBarrier.Options { Horizon = null, Discount = .9 }).Table;
        var options = new FriendOrFoeQ.Options { Others = [OthersAre.Friends], Episodes = 4000, MaxSteps = 30 };
        var solution = NormalForm.Run(new FriendOrFoeQ(game, options, RandomStream.Create(2))).Solution;
        int start = game.StateLabels.IndexOf("A (2, 0), B (2, 2)");
        Assert.All(solution.Values, values => Assert.Equal(2 * .81, values.Data[start], .01));
        var certificate = new NashCertificate(game).Measure(solution.Policies, CancellationToken.None);
        Assert.All(certificate.Values, value => Assert.Equal(-10, value, 1e-6));
    }

    [Fact]
    public void Start_AtTheAnswerOfAZeroSumGame_MovesNothing()
    {
        var game = StageReference.WithoutChance(ZeroSumReference.Of(RandomGames.Create(new RandomGameShape(2, 3, 3, null, Discount: .7), 2)));
        var earlier = NormalForm.Run(new ShapleyIteration(game, new() { Tolerance = 1e-14 }, WorkCrew.Alone())).Solution;
        var solver = new FriendOrFoeQ(game, new() { MaxSteps = 20 }, RandomStream.Create(0));
        solver.Start(earlier);
        for (int k = 0; k < 20; k++) Assert.InRange(solver.Step(CancellationToken.None).Residual, 0, 1e-12);
        Assert.InRange(new NashCertificate(game).Measure(solver.ReadSolution().Policies, CancellationToken.None).Gap, 0, 1e-10);
    }

    [Theory]
    [InlineData(OthersAre.Friends)]
    [InlineData(OthersAre.Foes)]
    public void OnePlayer_LearnsTheOptimalValues(OthersAre others)
    {
        var game = StageReference.WithoutChance(RandomGames.Create(new RandomGameShape(1, 4, 3, 4), 5));
        var outcome = NormalForm.Run(new FriendOrFoeQ(game, new() { Others = [others], LearningRate = Schedule.Constant(1), PerTime = true, Episodes = 2000 }, RandomStream.Create(1)));
        Assert.InRange(new NashCertificate(game).Measure(outcome.Solution.Policies, CancellationToken.None).Gap, 0, 1e-12);
    }

    [Fact]
    public void SameSeed_GivesTheSameBits()
    {
        var game = RandomGames.Create(new RandomGameShape(3, 3, 3, null, IllegalActions: true), 4);
        double[] Learned(ulong seed) => NormalForm.Run(new FriendOrFoeQ(game, new() { Episodes = 20, MaxSteps = 20, Epsilon = Schedule.Constant(.3) }, RandomStream.Create(seed))).Solution.Values[0].Data;
        Assert.Equal(Learned(7), Learned(7));
        Assert.NotEqual(Learned(7), Learned(8));
    }

    [Fact]
    public void Step_AllocatesNothing() => Allocation.Check(new FriendOrFoeQ(
        RandomGames.Create(new RandomGameShape(3, 4, 3, null, IllegalActions: true), 2), new() { Others = [OthersAre.Foes, OthersAre.Friends, OthersAre.Foes], MaxSteps = 10, Epsilon = Schedule.Constant(.5) }, RandomStream.Create(0)));

    [Fact]
    public void WrongNumberOfEntries_IsRefused()
    {
        foreach (ImmutableArray<OthersAre> others in (ImmutableArray<OthersAre>[])[[], [OthersAre.Foes, OthersAre.Foes, OthersAre.Foes]])
        {
            var error = Assert.Throws<VsgGymException>(() => new FriendOrFoeQ(ClimbingTable, new() { Others = others }, RandomStream.Create(0)));
            Assert.Equal("options.others", Assert.Single(error.Faults).Path);
        }
    }

    private static FriendOrFoeQ.Options Exact(params ImmutableArray<OthersAre> others) => new() { Others = others, LearningRate = Schedule.Constant(1), Episodes = 200 };

    private static double[,] AgainstAll(StochasticGame game, int state, int player, double[] payoffs)
    {
        int[] own = [.. Enumerable.Range(0, game.ActionCounts[player]).Where(a => game.IsLegal(player, state, a))];
        int[] beside = [.. Enumerable.Range(0, payoffs.Length).Where(a => game.ActionOf(player, a) == own[0] && game.IsLegalJoint(state, a))];
        var matrix = new double[own.Length, beside.Length];
        for (int i = 0; i < own.Length; i++)
            for (int j = 0; j < beside.Length; j++) matrix[i, j] = payoffs[beside[j] + ((own[i] - own[0]) * game.Strides[player])];
        return matrix;
    }
}
