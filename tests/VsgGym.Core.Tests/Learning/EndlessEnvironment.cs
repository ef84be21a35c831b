namespace VsgGym.Core.Tests;

/// <summary>A game whose rules set no last decision: each decision pays 1 and ends the episode with probability 1/4; without chance it never ends.</summary>
public sealed class EndlessEnvironment(bool chance) : Environment(Description, 1)
{
    private static readonly EnvironmentSpec Description = new()
    {
        Players = ["walker"],
        Observations = [new DiscreteSpace(1)],
        Actions = [new DiscreteSpace(2)],
        Discount = 0.9,
        LowestReward = 1,
        HighestReward = 1,
    };

    protected override void ResetCore(ref World world) => world.Observe(0, 0);

    protected override void StepCore(ref World world)
    {
        var random = world.Random;
        world.Reward(0, 1);
        world.Observe(0, 0);
        if (chance && random.NextInt32(4) == 0) world.Terminate();
    }
}
