using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games;

/// <summary>Plays a mean-field game with N agents: in place of the population's distribution stands the shares of the agents in each state.</summary>
/// <remarks>
/// Hidden state: [N] the agents' states, [S] the shares, [S] scratch. All agents' rewards and moves of a step use the shares before
/// it, the agent itself included. Every agent starts and moves by a number of its own.
/// </remarks>
internal sealed class MeanFieldEnvironment(MeanFieldGame rules, int agents, bool observePopulation)
    : Core.Environment(Describe(rules, agents, observePopulation), agents + (2 * rules.StateCount))
{
    protected override void ResetCore(ref World world)
    {
        var random = world.Random;
        for (int i = 0; i < agents; i++) world.State[i] = Simplex.Sample(rules.Initial.AsSpan(), random.NextDouble());
        Count(world.State);
        Observe(world);
    }

    protected override void StepCore(ref World world)
    {
        var states = world.State;
        var shares = states.Slice(agents, rules.StateCount);
        var next = states.Slice(agents + rules.StateCount, rules.StateCount);
        var random = world.Random;
        for (int i = 0; i < agents; i++)
        {
            int state = (int)states[i], action = world.DiscreteAction(i);
            world.Reward(i, rules.Reward(world.Time, state, action, shares));
            rules.Transition(world.Time, state, action, shares, next);
            states[i] = Simplex.Sample(next, random.NextDouble());
        }

        Count(states);
        Observe(world);
        if (world.Time + 1 >= rules.Horizon) world.Terminate();
    }

    /// <summary>Where the shares stand in the hidden state, [S].</summary>
    public static Span<double> Shares(in World world, int agents, int states) => world.State.Slice(agents, states);

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

    private void Count(Span<double> states)
    {
        var shares = states.Slice(agents, rules.StateCount);
        shares.Clear();
        for (int i = 0; i < agents; i++) shares[(int)states[i]]++;
        foreach (ref double share in shares) share /= agents;
    }

    private void Observe(World world)
    {
        for (int i = 0; i < agents; i++)
        {
            if (observePopulation) WriteBoth((int)world.State[i], Shares(world, agents, rules.StateCount), world.BoxObservation(i));
            else world.Observe(i, (int)world.State[i]);
        }
    }

    private static void WriteBoth(int state, ReadOnlySpan<double> shares, Span<float> vector)
    {
        vector.Clear();
        vector[state] = 1;
        for (int s = 0; s < shares.Length; s++) vector[shares.Length + s] = (float)shares[s];
    }
}
