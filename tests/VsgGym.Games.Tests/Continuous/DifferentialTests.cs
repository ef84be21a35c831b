using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class DifferentialTests
{
    // Tian et al. 2019, section 5.2: f1 = 0.8 [-((a1+5)/3)^2 - ((a2+5)/3)^2], f2 = 10 - (a1-5)^2 - (a2-5)^2; "code" squares before dividing by 3.
    [Theory]
    [InlineData(DifferentialPayoff.Paper, 5, 5, 10)]
    [InlineData(DifferentialPayoff.Code, 5, 5, 10)]
    [InlineData(DifferentialPayoff.Paper, -5, -5, 0)]
    [InlineData(DifferentialPayoff.Code, -5, -5, 0)]
    [InlineData(DifferentialPayoff.Paper, 0, 0, -40.0 / 9)]
    [InlineData(DifferentialPayoff.Code, 0, 0, -40.0 / 3)]
    [InlineData(DifferentialPayoff.Paper, 10, 10, -40)]
    [InlineData(DifferentialPayoff.Code, 10, -10, -200.0 / 3)]
    public void Reward_IsThePublishedNumber_ForBothPlayers(DifferentialPayoff payoff, float first, float second, double expected)
    {
        var play = Play.Start(new Differential(new Differential.Options { Payoff = payoff }));
        play.Step(first, second);
        Assert.Equal(expected, play.Rewards()[0], 1e-12);
        Assert.Equal(play.Rewards()[0], play.Rewards()[1]);
        Assert.True(play.Worlds.Terminated(0)[0]);
    }

    [Theory]
    [InlineData(DifferentialPayoff.Paper, -40)]
    [InlineData(DifferentialPayoff.Code, -200.0 / 3)]
    public void Bounds_AreReachedAndNeverLeft(DifferentialPayoff payoff, double lowest)
    {
        const int Points = 201;
        var play = Play.Start(
            new Differential(new Differential.Options { Payoff = payoff }),
            new VectorOptions { Copies = Points * Points, Autoreset = AutoresetMode.SameStep });
        float[] line = [.. Enumerable.Range(0, Points).Select(i => -10f + (i * 0.1f)).Select(x => Math.Clamp(x, -10f, 10f))];
        play.Step([.. line.SelectMany(x => Enumerable.Repeat(x, Points)), .. Enumerable.Range(0, Points).SelectMany(_ => line)]);
        double[] rewards = play.Worlds.Rewards(0).ToArray();
        var spec = play.Worlds.Spec;
        Assert.Equal(lowest, spec.LowestReward, 1e-12);
        Assert.Equal(10, spec.HighestReward);
        Assert.Equal(spec.LowestReward, rewards.Min(), 1e-3);
        Assert.All(rewards, reward => Assert.InRange(reward, spec.LowestReward, spec.HighestReward));
    }

    [Fact]
    public void Observation_IsTheConstantZero()
    {
        var play = Play.Start(new Differential(new Differential.Options { Horizon = 2 }));
        play.Step(1f, 2f);
        Assert.Equal([0f], play.Worlds.BoxObservations(1).ToArray());
        Assert.False(play.Worlds.Terminated(0)[0]);
        Assert.Null(new Differential(new Differential.Options()).Table);
    }

    [Theory]
    [InlineData(10.001f)]
    [InlineData(float.NaN)]
    public void ActionOutsideTheBox_IsRefused(float action)
    {
        var play = Play.Start(new Differential(new Differential.Options()));
        var error = Assert.Throws<VsgGymException>(() => play.Step(action, 0f));
        Assert.Equal("actions.player_0[0, 0]", Assert.Single(error.Faults).Path);
    }
}
