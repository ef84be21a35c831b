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

    [Theory]
    [InlineData(DifferentialPayoff.Paper, 3, -20.0 / 3)]
    [InlineData(DifferentialPayoff.Code, 3, -20)]
    [InlineData(DifferentialPayoff.Code, 5, -100.0 / 3)]
    public void MorePlayers_AddTheSameTerms(DifferentialPayoff payoff, int players, double atOrigin)
    {
        var play = Play.Start(new Differential(new Differential.Options { Payoff = payoff, Players = players }), new VectorOptions { Autoreset = AutoresetMode.SameStep });
        float[] At(float value) => [.. Enumerable.Repeat(value, players)];
        play.Step(At(5));
        Assert.Equal(Enumerable.Repeat(10.0, players), play.Rewards());
        play.Step(At(-5));
        Assert.Equal(Enumerable.Repeat(0.0, players), play.Rewards());
        play.Step(At(0)); // f1 = -0.8 * 25 N / 9 or / 3, f2 = 10 - 25 N
        Assert.All(play.Rewards(), reward => Assert.Equal(atOrigin, reward, 1e-12));
    }

    [Fact]
    public void TopOfTheWideHill_PaysPlusZero()
    {
        var play = Play.Start(new Differential(new Differential.Options()));
        play.Step(-5f, -5f);
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(play.Rewards()[0]));
    }

    [Theory]
    [InlineData(DifferentialPayoff.Paper, 3)]
    [InlineData(DifferentialPayoff.Code, 3)]
    [InlineData(DifferentialPayoff.Paper, 6)]
    [InlineData(DifferentialPayoff.Code, 6)]
    [InlineData(DifferentialPayoff.Paper, 64)]
    [InlineData(DifferentialPayoff.Code, 64)]
    public void LowestReward_OfMorePlayers_IsReachedByDescentAndNeverPassed(DifferentialPayoff payoff, int players)
    {
        var hills = new DifferentialHills(payoff, players);
        var random = Numerics.RandomStream.Create((ulong)players);
        double lowest = double.PositiveInfinity;
        double[] actions = new double[players], changed = new double[players];
        for (int start = 0; start < 20; start++)
        {
            for (int k = 0; k < players; k++) actions[k] = random.NextInt32(2) == 0 ? -10 : 10; // a random corner, then single and paired moves
            double reward = hills.Reward(actions);
            for (int move = 0; move < 20_000; move++)
            {
                actions.CopyTo(changed, 0);
                double size = 20 / (1.0 + random.NextInt32(1 << random.NextInt32(20)));
                for (int pair = random.NextInt32(2); pair >= 0; pair--)
                {
                    int k = random.NextInt32(players);
                    changed[k] = Math.Clamp(changed[k] + (size * ((2 * random.NextDouble()) - 1)), -10, 10);
                }

                double next = hills.Reward(changed);
                if (next > reward) continue;
                (reward, actions, changed) = (next, changed, actions);
            }

            lowest = Math.Min(lowest, reward);
        }

        Assert.InRange(lowest, hills.Lowest(), hills.Lowest() + (1e-3 * players));
    }

    [Fact]
    public void Discretized_IsTheTableOfTheBoxGame()
    {
        var options = new Differential.Options { Discretize = 9, Horizon = 2, Players = 3 };
        var game = new Differential(options);
        var table = game.Table!;
        Assert.Equal([9, 9, 9], table.ActionCounts.ToArray());
        Assert.Equal("-7.5", table.ActionLabels[2][1]);
        var boxes = Play.Start(new Differential(options with { Discretize = null }), new VectorOptions { Copies = table.JointActionCount });
        float[] actions = [.. Enumerable.Range(0, 3).SelectMany(p => Enumerable.Range(0, table.JointActionCount).Select(joint => -10 + (2.5f * table.ActionOf(p, joint))))];
        boxes.Step(actions);
        for (int p = 0; p < 3; p++) Assert.True(boxes.Worlds.Rewards(p).SequenceEqual(table.Rewards(p)));
        var play = Play.Start(game);
        play.Step(6, 6, 6);
        Assert.Equal([10.0, 10, 10], play.Rewards());
        Assert.Equal("played player_0 5, player_1 5, player_2 5", game.Draw(new World(play.Worlds, 0)).ToText().Split('\n')[2]);
        play.Step(6, 6, 0);
        Assert.True(play.Worlds.Terminated(2)[0]);
    }

    [Fact]
    public void Discretized_BeyondATable_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => new Differential(new Differential.Options { Discretize = 11, Players = 8 }));
        Assert.Equal("options.discretize", Assert.Single(error.Faults).Path);
    }
}
