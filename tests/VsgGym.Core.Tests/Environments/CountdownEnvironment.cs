namespace VsgGym.Core.Tests;

/// <summary>A game whose episodes are known: seat p leaves after lengths[p] decisions.</summary>
/// <remarks>
/// The start is 100 times a random number in [0, 5); the observation is start + t; the decision at time t pays 10 (t + 1) + action.
/// With masks, action t mod 3 is illegal at time t. It pays and ends seats that have left too, which the batch must hide.
/// </remarks>
public sealed class CountdownEnvironment : Environment
{
    public const int ActionCount = 3;

    private readonly int[] _lengths;

    public CountdownEnvironment(int[] lengths, bool masks = false)
        : base(Describe(lengths, masks), 1) => _lengths = lengths;

    protected override void ResetCore(ref World world)
    {
        var random = world.Random;
        world.State[0] = 100 * random.NextInt32(5);
        Show(world, 0);
    }

    protected override void StepCore(ref World world)
    {
        int time = world.Time;
        for (int p = 0; p < _lengths.Length; p++)
        {
            int action = world.DiscreteAction(p);
            if (action is < 0 or >= ActionCount) throw new InvalidOperationException($"the rules met action {action}");
            world.Reward(p, (10 * (time + 1)) + action);
            if (time + 1 >= _lengths[p]) world.Terminate(p);
        }

        Show(world, time + 1);
    }

    private void Show(World world, int time)
    {
        for (int p = 0; p < _lengths.Length; p++)
        {
            world.Observe(p, (int)world.State[0] + time);
            if (!Spec.HasIllegalActions) continue;
            var mask = world.LegalActions(p);
            mask.Fill(true);
            mask[time % ActionCount] = false;
            // A seat about to leave sees an empty mask, as some games show it.
            if (time >= _lengths[p]) mask.Clear();
        }
    }

    private static EnvironmentSpec Describe(int[] lengths, bool masks) => new()
    {
        Players = [.. lengths.Select((_, p) => $"player_{p}")],
        Observations = [.. lengths.Select(_ => (Space)new DiscreteSpace(1000))],
        Actions = [.. lengths.Select(_ => (Space)new DiscreteSpace(ActionCount))],
        HasIllegalActions = masks,
        Horizon = lengths.Max(),
        LowestReward = 10,
        HighestReward = (10 * lengths.Max()) + 2,
    };
}
