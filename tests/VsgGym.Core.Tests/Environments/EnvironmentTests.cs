using System.Collections.Immutable;

namespace VsgGym.Core.Tests;

public sealed class EnvironmentTests
{
    private static readonly ImmutableArray<Space> One = [new DiscreteSpace(1)];

    [Fact]
    public void Environment_OfASpecThatDoesNotFit_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Still([], One, One));
        Assert.Throws<ArgumentException>(() => new Still(["a"], [], One));
        Assert.Throws<ArgumentException>(() => new Still(["a"], One, [.. One, .. One]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Still(["a"], One, One, -1));
    }

    [Fact]
    public void Random_OfAResetAndOfEachStep_DiffersAndReplays()
    {
        var draws = new List<double>();
        var still = new Still(["a"], One, One) { Draws = draws };
        var batch = Play.Start(still, new VectorOptions { TimeLimit = 2 }, 6);
        for (int t = 0; t < 5; t++) batch.Step(Play.Discrete(0)); // two decisions, a reset, two decisions
        Assert.Equal(6, draws.Distinct().Count());
        double[] first = [.. draws];
        draws.Clear();
        batch.Reset([6]);
        for (int t = 0; t < 5; t++) batch.Step(Play.Discrete(0));
        Assert.Equal(first, draws);
    }

    [Fact]
    public void PaidReward_InsideAWorld_IsWhatTheLastStepPaid()
    {
        var batch = Play.Start(new CountdownEnvironment([3]), new VectorOptions { Copies = 2 });
        batch.Step(Play.Discrete(0, 2));
        Assert.Equal(12.0, new World(batch.Worlds, 1).PaidReward(0));
    }

    private sealed class Still(ImmutableArray<string> players, ImmutableArray<Space> observations, ImmutableArray<Space> actions, int stateSize = 0)
        : Environment(new EnvironmentSpec { Players = players, Observations = observations, Actions = actions, LowestReward = 0, HighestReward = 0 }, stateSize)
    {
        public List<double> Draws { get; init; } = [];

        protected override void ResetCore(ref World world) => Draw(world);

        protected override void StepCore(ref World world) => Draw(world);

        private void Draw(World world)
        {
            var random = world.Random;
            Draws.Add(random.NextDouble());
        }
    }
}
