using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

public sealed class MeanFieldFlowTests
{
    [Fact]
    public void Flow_OfTheEpidemic_IsTheHandComputedOne()
    {
        // Infected next: 0.7 mu(I) + mu(S) * P(out) * 0.81 mu(I), from mu(I) = 0.6 with P(out) = 1/2.
        var game = new Games.Epidemic(new Games.Epidemic.Options { Horizon = 3 }).MeanField;
        var flow = MeanFieldFlow.Of(game, MeanFieldPolicies.Uniform(game));
        Assert.Equal([3, 2], flow.Shape.ToArray());
        double first = (0.7 * 0.6) + (0.4 * 0.5 * 0.81 * 0.6), second = (0.7 * first) + ((1 - first) * 0.5 * 0.81 * first);
        double[] expected = [0.4, 0.6, 1 - first, first, 1 - second, second];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], flow.Data[i], 1e-15);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Flow_OfRandomGames_AgreesWithLoopsOverWholeArrays(ulong seed)
    {
        var random = RandomStream.Create(seed);
        var game = RandomMeanFieldGames.Create(random.Fork("game"), states: 4, actions: 3, horizon: 5);
        var policy = RandomMeanFieldGames.Policy(random.Fork("policy"), game);
        double[] population = [.. game.Initial];
        var flow = MeanFieldFlow.Of(game, policy).Data;
        for (int t = 0; t < 5; t++)
        {
            for (int s = 0; s < 4; s++) Assert.Equal(population[s], flow[(t * 4) + s], 1e-13);
            Assert.Equal(1, population.Sum(), 1e-12);
            var transitions = new double[4 * 3 * 4];
            game.WriteTransitions(t, population, transitions);
            double[] later = new double[4];
            for (int s = 0; s < 4; s++)
                for (int a = 0; a < 3; a++)
                    for (int z = 0; z < 4; z++) later[z] += population[s] * policy.Row(t, s)[a] * transitions[(((s * 3) + a) * 4) + z];
            population = later;
        }
    }

    [Theory]
    [InlineData(1, 3, 2)]
    [InlineData(2, 2, 2)]
    [InlineData(1, 2, 3)]
    public void PolicyOfAnotherShape_IsRefused(int times, int states, int actions)
    {
        var game = new Games.Epidemic(new Games.Epidemic.Options()).MeanField;
        var policy = new TabularPolicy([.. Enumerable.Repeat(1.0 / actions, times * states * actions)], times, states, actions);
        var error = Assert.Throws<VsgGymException>(() => MeanFieldFlow.Of(game, policy));
        Assert.Equal($"policies.population = [{times}, {states}, {actions}]: must have shape [2, 2] or [50, 2, 2]", error.Message);
    }

    [Fact]
    public void Cancelled_Stops()
    {
        var game = new Games.Epidemic(new Games.Epidemic.Options()).MeanField;
        Assert.Throws<OperationCanceledException>(() => MeanFieldFlow.Of(game, MeanFieldPolicies.Uniform(game), new CancellationToken(canceled: true)));
    }
}
