using VsgGym.Core;

namespace VsgGym.Networks.Tests;

/// <summary>Two seats with box actions: the first sees where the copy stands in the space of the samples' views, the second a number.</summary>
internal sealed class WanderEnvironment() : Core.Environment(Describe(), stateSize: 0)
{
    protected override void ResetCore(ref World world) => Observe(world);

    protected override void StepCore(ref World world) => Observe(world);

    private static EnvironmentSpec Describe() => new()
    {
        Players = ["first", "second"],
        Observations = [SampleBlueprints.View, new BoxSpace([0f], [1f])],
        Actions = [SampleBlueprints.Line, new BoxSpace([-1f], [1f])],
        Horizon = 10,
        LowestReward = 0,
        HighestReward = 0,
    };

    private static void Observe(World world)
    {
        var random = world.Random;
        new[] { (float)random.NextDouble(), -10f, 3f, 0.0005f }.CopyTo(world.BoxObservation(0));
        world.BoxObservation(1)[0] = 0.5f;
    }
}
