using System.Buffers;
using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games;

/// <summary>Plays a mean-field game with N agents: in place of the population's distribution stands the shares of the agents in each state.</summary>
/// <remarks>
/// Hidden state: [N] the agents' states. All agents' rewards and moves of a step use the shares before it, the agent itself included. Every
/// agent starts and moves by a number of its own. The two cores say what a reset and a step are; whole batches take the same steps
/// through <see cref="MeanFieldBatch"/>, unless its tables would be too large.
/// </remarks>
internal sealed class MeanFieldEnvironment(MeanFieldGame rules, int agents, bool observePopulation)
    : Core.Environment(Describe(rules, agents, observePopulation), agents)
{
    private readonly Lazy<MeanFieldBatch?> _batch = new(() => MeanFieldTables.Of(rules, agents) is { } tables ? new MeanFieldBatch(rules, tables, agents, observePopulation) : null);

    public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        if (IsWorthABatch(copies) && _batch.Value is { } batch) batch.Reset(worlds, copies);
        else ResetOneByOne(worlds, copies);
    }

    public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        if (IsWorthABatch(copies) && _batch.Value is { } batch) batch.Step(worlds, copies);
        else StepOneByOne(worlds, copies);
    }

    /// <summary>Resets the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void ResetOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Reset(worlds, copies);

    /// <summary>Steps the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void StepOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Step(worlds, copies);

    protected override void ResetCore(ref World world)
    {
        var random = world.Random;
        for (int i = 0; i < StateSize; i++) world.State[i] = Simplex.Sample(rules.Initial.AsSpan(), random.NextDouble());
        Observe(world);
    }

    protected override void StepCore(ref World world)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(2 * rules.StateCount);
        Span<double> shares = rented.AsSpan(0, rules.StateCount), next = rented.AsSpan(rules.StateCount, rules.StateCount);
        var states = world.State;
        var random = world.Random;
        Count(states, shares);
        for (int i = 0; i < StateSize; i++)
        {
            int state = (int)states[i], action = world.DiscreteAction(i);
            world.Reward(i, rules.Reward(world.Time, state, action, shares));
            rules.Transition(world.Time, state, action, shares, next);
            states[i] = Simplex.Sample(next, random.NextDouble());
        }

        ArrayPool<double>.Shared.Return(rented);
        Observe(world);
        if (world.Time + 1 >= rules.Horizon) world.Terminate();
    }

    /// <summary>The shares of the agents in each state, [S].</summary>
    public static double[] Shares(in World world, int states)
    {
        double[] shares = new double[states];
        Count(world.State, shares);
        return shares;
    }

    private static EnvironmentSpec Describe(MeanFieldGame rules, int agents, bool observePopulation)
    {
        Space observation = observePopulation ? Both(rules.StateLabels) : new DiscreteSpace(rules.StateCount, rules.StateLabels);
        Space action = new DiscreteSpace(rules.ActionCount, rules.ActionLabels);
        return new EnvironmentSpec
        {
            Players = [.. Enumerable.Range(0, agents).Select(i => $"agent_{i}")],
            Observations = [.. Enumerable.Repeat(observation, agents)],
            Actions = [.. Enumerable.Repeat(action, agents)],
            Horizon = rules.Horizon,
            LowestReward = rules.LowestReward,
            HighestReward = rules.HighestReward,
        };
    }

    private static BoxSpace Both(ImmutableArray<string> states) => new(
        [.. new float[2 * states.Length]],
        [.. Enumerable.Repeat(1f, 2 * states.Length)],
        [.. states.Select(state => $"in {state}"), .. states.Select(state => $"share in {state}")]);

    /// <summary>A batch works out what lies between the marked copies, too.</summary>
    private static bool IsWorthABatch(ReadOnlySpan<bool> copies) => copies.Count(true) > copies.Length / 8;

    private static void Count(ReadOnlySpan<double> states, Span<double> shares)
    {
        shares.Clear();
        foreach (double state in states) shares[(int)state]++;
        foreach (ref double share in shares) share /= states.Length;
    }

    private void Observe(World world)
    {
        if (!observePopulation)
        {
            for (int i = 0; i < StateSize; i++) world.Observe(i, (int)world.State[i]);
            return;
        }

        double[] rented = ArrayPool<double>.Shared.Rent(rules.StateCount);
        Span<double> shares = rented.AsSpan(0, rules.StateCount);
        Count(world.State, shares);
        for (int i = 0; i < StateSize; i++) WriteBoth((int)world.State[i], shares, world.BoxObservation(i));
        ArrayPool<double>.Shared.Return(rented);
    }

    private static void WriteBoth(int state, ReadOnlySpan<double> shares, Span<float> vector)
    {
        vector.Clear();
        vector[state] = 1;
        for (int s = 0; s < shares.Length; s++) vector[shares.Length + s] = (float)shares[s];
    }
}
