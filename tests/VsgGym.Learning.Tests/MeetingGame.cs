using VsgGym.Core;

namespace VsgGym.Learning.Tests;

/// <summary>Three players with boxes of two, one and two numbers; each is paid for being near the others' mean, and an episode has three decisions.</summary>
internal sealed class MeetingGame() : Core.Environment(Description, 3)
{
    private static readonly EnvironmentSpec Description = new()
    {
        Players = ["a", "b", "c"],
        Observations = [.. Enumerable.Repeat((Space)new BoxSpace([-2f, 0f], [2f, 3f]), 3)],
        Actions = [new BoxSpace([-1f, 0f], [1f, 2f]), new BoxSpace([-4f], [0f]), new BoxSpace([-1f, -1f], [1f, 1f])],
        Discount = 0.9,
        LowestReward = -20,
        HighestReward = 0,
    };

    protected override void ResetCore(ref World world)
    {
        var random = world.Random;
        foreach (ref double x in world.State) x = (2 * random.NextDouble()) - 1;
        Show(world, 0);
    }

    protected override void StepCore(ref World world)
    {
        for (int p = 0; p < 3; p++)
        {
            double distance = world.State[p];
            for (int q = 0; q < 3; q++) distance += (q == p ? 1 : -0.5) * world.BoxAction(q)[0];
            world.Reward(p, -Math.Min(20, distance * distance));
        }

        if (world.Time + 1 >= 3) world.Terminate();
        Show(world, world.Time + 1);
    }

    private static void Show(World world, int time)
    {
        for (int p = 0; p < 3; p++) (world.BoxObservation(p)[0], world.BoxObservation(p)[1]) = ((float)world.State[p], time);
    }
}
