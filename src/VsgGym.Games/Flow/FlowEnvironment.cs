using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Plays a flow graph along its edges: the node's owner moves, and at a terminal node everybody gets its return.</summary>
/// <remarks>
/// Hidden state: the node, and the one before it (-1 at the root). Seats that do not move have the single legal action 0; a step that
/// does not end the episode pays 0. Whole batches move field by field, bit for bit as the two cores do one by one.
/// </remarks>
internal sealed class FlowEnvironment(FlowGraph graph, StateVectors? vectors) : Core.Environment(Describe(graph, vectors), stateSize: 2)
{
    private readonly bool[][] _masks = [.. Enumerable.Range(0, graph.PlayerCount).Select(p => Masks(graph, p))]; // [N][X, A]

    public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        var states = worlds.States;
        for (int b = 0; b < copies.Length; b++)
            if (copies[b]) (states[2 * b], states[(2 * b) + 1]) = (graph.Root, -1);
        Observe(worlds, copies);
    }

    public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        var states = worlds.States;
        for (int p = 0; p < graph.PlayerCount; p++)
        {
            ReadOnlySpan<int> actions = worlds.DiscreteActions(p);
            for (int b = 0; b < copies.Length; b++) // the next node waits in the place of the one before
                if (copies[b] && graph.Owner((int)states[2 * b]) == p) states[(2 * b) + 1] = graph.Move((int)states[2 * b], actions[b]);
        }

        for (int b = 0; b < copies.Length; b++)
            if (copies[b]) (states[2 * b], states[(2 * b) + 1]) = (states[(2 * b) + 1], states[2 * b]);
        Observe(worlds, copies);
        for (int p = 0; p < graph.PlayerCount; p++) Pay(worlds, p, copies);
    }

    /// <summary>Resets the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void ResetOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Reset(worlds, copies);

    /// <summary>Steps the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void StepOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Step(worlds, copies);

    protected override void ResetCore(ref World world) => Enter(world, graph.Root, before: -1);

    protected override void StepCore(ref World world)
    {
        int node = (int)world.State[0], next = graph.Move(node, world.DiscreteAction(graph.Owner(node)));
        Enter(world, next, node);
        bool ends = graph.IsTerminal(next);
        for (int p = 0; p < graph.PlayerCount; p++) world.Reward(p, ends ? graph.Returns(p)[next] : 0);
        if (ends) world.Terminate();
    }

    private static EnvironmentSpec Describe(FlowGraph graph, StateVectors? vectors)
    {
        Space observation = vectors is null ? new DiscreteSpace(graph.NodeCount, graph.NodeLabels) : vectors.Space;
        Space action = new DiscreteSpace(graph.ActionCount, graph.ActionLabels);
        var returns = Enumerable.Range(0, graph.PlayerCount).SelectMany(p => graph.Returns(p).ToArray()).Where(value => value > 0).ToArray();
        bool lacksMoves = Enumerable.Range(0, graph.NodeCount).Any(node => !graph.IsTerminal(node) && graph.LegalActions(node).Contains(false));
        return new EnvironmentSpec
        {
            Players = graph.Players,
            Observations = [.. Enumerable.Repeat(observation, graph.PlayerCount)],
            TableStates = graph.NodeCount,
            Actions = [.. Enumerable.Repeat(action, graph.PlayerCount)],
            HasIllegalActions = graph.PlayerCount > 1 || lacksMoves,
            Horizon = graph.LongestPath,
            LowestReward = graph.LongestPath == 1 ? returns.Min() : 0,
            HighestReward = returns.Max(),
        };
    }

    /// <summary>Which actions a player may take at each node, [X, A]; those who do not move only action 0.</summary>
    private static bool[] Masks(FlowGraph graph, int player)
    {
        var masks = new bool[graph.NodeCount * graph.ActionCount];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (graph.IsTerminal(node) || graph.Owner(node) != player) masks[node * graph.ActionCount] = true;
            else graph.LegalActions(node).CopyTo(masks.AsSpan(node * graph.ActionCount));
        }

        return masks;
    }

    private void Enter(World world, int node, int before)
    {
        (world.State[0], world.State[1]) = (node, before);
        for (int p = 0; p < graph.PlayerCount; p++)
        {
            if (vectors is null) world.Observe(p, node);
            else vectors.Row(node).CopyTo(world.BoxObservation(p));
            if (Spec.HasIllegalActions) _masks[p].AsSpan(node * graph.ActionCount, graph.ActionCount).CopyTo(world.LegalActions(p));
        }
    }

    private void Observe(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ReadOnlySpan<double> states = worlds.States;
        for (int p = 0; p < graph.PlayerCount; p++)
        {
            if (vectors is null) WriteNumbers(states, copies, worlds.DiscreteObservations(p));
            else WriteVectors(states, copies, worlds.BoxObservations(p), vectors);
            if (Spec.HasIllegalActions) WriteMasks(states, copies, worlds.LegalActions(p), _masks[p], graph.ActionCount);
        }
    }

    private static void WriteNumbers(ReadOnlySpan<double> states, ReadOnlySpan<bool> copies, Span<int> observations)
    {
        for (int b = 0; b < copies.Length; b++)
            if (copies[b]) observations[b] = (int)states[2 * b];
    }

    private static void WriteVectors(ReadOnlySpan<double> states, ReadOnlySpan<bool> copies, Span<float> observations, StateVectors vectors)
    {
        for (int b = 0; b < copies.Length; b++)
            if (copies[b]) vectors.Row((int)states[2 * b]).CopyTo(observations[(b * vectors.Space.Length)..]);
    }

    private static void WriteMasks(ReadOnlySpan<double> states, ReadOnlySpan<bool> copies, Span<bool> legal, ReadOnlySpan<bool> masks, int actions)
    {
        for (int b = 0; b < copies.Length; b++)
        {
            if (!copies[b]) continue;
            var from = masks.Slice((int)states[2 * b] * actions, actions);
            var to = legal.Slice(b * actions, actions);
            for (int a = 0; a < to.Length; a++) to[a] = from[a]; // few actions: shorter than a call
        }
    }

    private void Pay(StepBuffer worlds, int player, ReadOnlySpan<bool> copies)
    {
        ReadOnlySpan<double> states = worlds.States, returns = graph.Returns(player);
        Span<double> rewards = worlds.Rewards(player);
        Span<bool> terminated = worlds.Terminated(player);
        for (int b = 0; b < copies.Length; b++)
        {
            if (!copies[b]) continue;
            double own = returns[(int)states[2 * b]]; // positive at terminal nodes, 0 at the others
            rewards[b] = own;
            terminated[b] |= own > 0;
        }
    }
}
