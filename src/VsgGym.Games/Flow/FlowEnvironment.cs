using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Plays a flow graph along its edges: the node's owner moves, and at a terminal node everybody gets its return.</summary>
/// <remarks>
/// Hidden state: the node, and the one before it (-1 at the root). Seats that do not move have the single legal action 0; a step that
/// does not end the episode pays 0.
/// </remarks>
internal sealed class FlowEnvironment(FlowGraph graph, StateVectors? vectors) : Core.Environment(Describe(graph, vectors), stateSize: 2)
{
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

    private void Enter(World world, int node, int before)
    {
        (world.State[0], world.State[1]) = (node, before);
        for (int p = 0; p < graph.PlayerCount; p++)
        {
            if (vectors is null) world.Observe(p, node);
            else vectors.Row(node).CopyTo(world.BoxObservation(p));
            var legal = world.LegalActions(p);
            if (legal.IsEmpty) continue;
            legal.Clear();
            if (graph.IsTerminal(node) || graph.Owner(node) != p) legal[0] = true;
            else graph.LegalActions(node).CopyTo(legal);
        }
    }
}
