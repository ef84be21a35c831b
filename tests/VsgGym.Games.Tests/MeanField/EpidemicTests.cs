using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

public sealed class EpidemicTests
{
    private const int Susceptible = 0, Infected = 1, Out = 0, Distance = 1;

    // Cui and Koeppl 2021: P(I|S,U) = 0.9^2 mu(I), P(I|S,D) = 0, P(S|I,.) = 0.3; r = -1{I} - 0.5 * 1{D}; mu0 = (0.4, 0.6); 50 decisions.
    [Theory]
    [InlineData(Susceptible, Out, 0, 0.81 * 0.5)]
    [InlineData(Susceptible, Distance, -0.5, 0)]
    [InlineData(Infected, Out, -1, 0.7)]
    [InlineData(Infected, Distance, -1.5, 0.7)]
    public void Rules_AreThoseOfTheSource(int state, int action, double reward, double infected)
    {
        var game = new Epidemic(new Epidemic.Options()).MeanField;
        var next = new double[2];
        game.Transition(7, state, action, [0.5, 0.5], next);
        Assert.Equal(infected, next[Infected], 1e-15);
        Assert.Equal(reward, game.Reward(7, state, action, [0.5, 0.5]));
        Assert.False(double.IsNegative(game.Reward(0, Susceptible, Out, [1, 0])));
        Assert.Equal((50, -1.5, 0), (game.Horizon, game.LowestReward, game.HighestReward));
        Assert.Equal<double>([0.4, 0.6], game.Initial);
    }

    [Fact]
    public void LargePopulation_FollowsTheLimit()
    {
        // The uniform policy's return in the limit is -27.460040; a thousand agents come close, for their shares fluctuate by about 0.015.
        const int Agents = 1000, Copies = 20;
        var play = Play.Start(new Epidemic(new Epidemic.Options { Agents = Agents }), new VectorOptions { Copies = Copies, Autoreset = AutoresetMode.Disabled });
        var random = RandomStream.Create(1);
        double sum = 0;
        for (int t = 0; t < 50; t++)
        {
            play.Step(Play.RandomActions(play, ref random));
            for (int i = 0; i < Agents; i++)
                foreach (double reward in play.Worlds.Rewards(i)) sum += reward;
        }

        Assert.Equal(-27.46, sum / (Agents * Copies), 0.2);
        Assert.True(play.Worlds.Terminated(0)[0]);
    }

    [Fact]
    public void Types_CatchAndPayDifferently()
    {
        var game = new Epidemic(new Epidemic.Options
        {
            Types = [new() { Name = "young", Share = 0.5, InfectionRate = 1, RecoveryRate = 0.9 }, new() { Name = "old", Share = 0.5, DistanceCost = 0.1 }],
        }).MeanField;
        double[] population = [0.3, 0.2, 0.4, 0.1], next = new double[4];
        game.Transition(0, 0, Out, population, next);
        Assert.Equal([1 - (0.2 + 0.1), 0.2 + 0.1, 0, 0], next);
        game.Transition(0, 2, Out, population, next);
        Assert.Equal((0, 0.81 * (0.2 + 0.1)), (next[0], next[3]));
        game.Transition(0, 1, Out, population, next);
        Assert.Equal(1 - 0.9, next[1]);
        Assert.Equal(-0.1, game.Reward(0, 2, Distance, population));
        Assert.Equal<double>([0.2, 0.3, 0.2, 0.3], game.Initial);
    }

    [Fact]
    public void AllInfected_NeverRecoverWithoutRate()
    {
        var play = Play.Start(new Epidemic(new Epidemic.Options { Agents = 3, Infected = 1, RecoveryRate = 0, Horizon = 4 }));
        for (int t = 0; t < 4; t++) play.Step(Out, Out, Distance);
        Assert.Equal([-1, -1, -1.5], play.Rewards());
        Assert.True(play.Worlds.Terminated(0)[0]);
    }
}
