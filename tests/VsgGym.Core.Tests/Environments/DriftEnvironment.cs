namespace VsgGym.Core.Tests;

/// <summary>A game with box actions: each seat's position drifts by its action and noise for four decisions.</summary>
public sealed class DriftEnvironment() : Environment(Description, 4)
{
    public const int Horizon = 4;

    private static readonly EnvironmentSpec Description = new()
    {
        Players = ["left", "right"],
        Observations = [new BoxSpace([-10, -10], [10, 10]), new BoxSpace([-10, -10], [10, 10])],
        Actions = [new BoxSpace([-1, 0], [1, 0.1f]), new BoxSpace([-1, 0], [1, 0.1f])],
        Horizon = Horizon,
        LowestReward = -2,
        HighestReward = 2,
    };

    protected override void ResetCore(ref World world)
    {
        var random = world.Random;
        foreach (ref double x in world.State) x = random.NextDouble();
        Show(world);
    }

    protected override void StepCore(ref World world)
    {
        var random = world.Random;
        for (int p = 0; p < 2; p++)
        {
            var action = world.BoxAction(p);
            for (int k = 0; k < 2; k++) world.State[(2 * p) + k] += action[k] + (0.01 * random.NextDouble());
            world.Reward(p, action[0] + action[1]);
        }

        Show(world);
        if (world.Time + 1 >= Horizon) world.Terminate();
    }

    private static void Show(World world)
    {
        for (int p = 0; p < 2; p++)
            for (int k = 0; k < 2; k++)
                world.BoxObservation(p)[k] = (float)world.State[(2 * p) + k];
    }
}
