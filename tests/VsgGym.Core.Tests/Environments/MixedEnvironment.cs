namespace VsgGym.Core.Tests;

/// <summary>One seat picks (only 1 is legal), the other pushes; both are paid the sum.</summary>
public sealed class MixedEnvironment() : Environment(Description, 0)
{
    private static readonly EnvironmentSpec Description = new()
    {
        Players = ["pick", "push"],
        Observations = [new DiscreteSpace(1), new DiscreteSpace(1)],
        Actions = [new DiscreteSpace(2), new BoxSpace([0], [1])],
        HasIllegalActions = true,
        LowestReward = 0,
        HighestReward = 2,
    };

    protected override void ResetCore(ref World world) => world.LegalActions(0)[1] = true;

    protected override void StepCore(ref World world)
    {
        for (int p = 0; p < 2; p++) world.Reward(p, world.DiscreteAction(0) + world.BoxAction(1)[0]);
    }
}
