using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>The play that model-free solvers share: chances, ends, times and returns.</summary>
public sealed class TabularPlayTests
{
    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(null, false)]
    public void Episodes_OfUniformPlay_PayTheExactReturnOnAverage(int? horizon, bool perTime)
    {
        // A discounted game is cut after 4 steps, so its undiscounted return is that of 4 decisions without a reward at the end.
        var game = RandomGames.Create(new RandomGameShape(2, 3, 3, horizon, IllegalActions: true), 8);
        var uniform = PolicyProfile.Uniform(game);
        var play = new TabularPlay("test", game, 4, perTime, RandomStream.Create(0));
        const int Episodes = 40_000;
        var returns = new List<double>();
        for (int k = 0; k < Episodes; k++)
        {
            for (play.Begin(); play.Goes;)
            {
                Assert.Equal(perTime ? (play.Time * 3) + play.State : play.State, play.Place);
                for (int p = 0; p < 2; p++) play.Act(p, uniform[p].Row(play.Time, play.State));
                play.Move();
            }

            returns.Add(play.Returns[1]);
        }

        double exact = Exact(game, uniform, horizon ?? 4), mean = returns.Average();
        double error = Math.Sqrt(returns.Sum(value => (value - mean) * (value - mean)) / Episodes / Episodes);
        Assert.InRange(mean, exact - (4 * error), exact + (4 * error));
    }

    [Fact]
    public void LastStep_AtTimeT_PaysTheTerminalRewardAndHasNoNext()
    {
        var game = new StochasticGameBuilder(["player_0"], 2, [1]).SetReward(0, 0, 0, 2).SetReward(0, 1, 0, 3)
            .AddTransition(0, 0, 1, 1).AddTransition(1, 0, 0, 1).SetTerminalReward(0, 0, 7).BuildFiniteHorizon(2);
        var play = new TabularPlay("test", game, 1000, perTime: true, RandomStream.Create(0));
        play.Begin();
        play.Act(0, [1]);
        Assert.Equal(new TabularMove(0, 0, 3), play.Move());
        Assert.Equal((2, 1, 1, 3), (play.Reward(0), play.State, play.Time, play.Place));
        play.Act(0, [1]);
        Assert.Equal(new TabularMove(3, 0, -1), play.Move());
        Assert.Equal((10, 12, false), (play.Reward(0), play.Returns[0], play.Goes));
    }

    [Fact]
    public void CutEpisode_OfADiscountedGame_StillHasANext()
    {
        var game = new StochasticGameBuilder(["player_0"], 1, [1]).AddTransition(0, 0, 0, 1).BuildDiscounted(.9);
        var play = new TabularPlay("test", game, 1, perTime: false, RandomStream.Create(0));
        play.Begin();
        play.Act(0, [1]);
        Assert.Equal((new TabularMove(0, 0, 0), false), (play.Move(), play.Goes));
    }

    [Fact]
    public void RowWithoutSuccessors_EndsTheEpisode()
    {
        var game = new StochasticGameBuilder(["player_0"], 1, [1]).SetTerminalReward(0, 0, 5).BuildFiniteHorizon(3);
        var play = new TabularPlay("test", game, 1, perTime: false, RandomStream.Create(0));
        play.Begin();
        play.Act(0, [1]);
        Assert.Equal((-1, false, 0.0), (play.Move().Next, play.Goes, play.Reward(0)));
    }

    [Fact]
    public void ActTogether_PlaysTheJointAction()
    {
        var game = RandomGames.Create(new RandomGameShape(3, 1, 3, null), 2);
        var play = new TabularPlay("test", game, 1, perTime: false, RandomStream.Create(0));
        for (int joint = 0; joint < game.JointActionCount; joint++)
        {
            var distribution = new double[game.JointActionCount];
            distribution[joint] = 1;
            play.Begin();
            play.ActTogether(distribution);
            Assert.Equal(Enumerable.Range(0, 3).Select(p => game.ActionOf(p, joint)), Enumerable.Range(0, 3).Select(play.Action));
            Assert.Equal((joint, game.Rewards(2)[joint]), (play.Move().JointAction, play.Reward(2)));
        }
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 12)]
    public void Places_CountStatesOrTimesAndStates(bool perTime, long places) =>
        Assert.Equal(places, TabularPlay.CountPlaces(RandomGames.Create(new RandomGameShape(1, 4, 2, 3), 0), perTime));

    // The mean return by dense loops, sharing no code with the play.
    private static double Exact(StochasticGame game, PolicyProfile policies, int steps)
    {
        double[] values = game.Horizon is null ? new double[game.StateCount] : game.TerminalRewards(1).ToArray();
        for (int t = steps - 1; t >= 0; t--)
        {
            var now = new double[game.StateCount];
            for (int s = 0; s < game.StateCount; s++)
            {
                for (int j = 0; j < game.JointActionCount; j++)
                {
                    double weight = policies[0].Row(t, s)[game.ActionOf(0, j)] * policies[1].Row(t, s)[game.ActionOf(1, j)];
                    int row = (s * game.JointActionCount) + j;
                    double later = 0;
                    for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) later += game.Probabilities[k] * values[game.NextStates[k]];
                    now[s] += weight * (game.Rewards(1)[row] + later);
                }
            }

            values = now;
        }

        double sum = 0;
        for (int s = 0; s < values.Length; s++) sum += game.Initial[s] * values[s];
        return sum;
    }
}
