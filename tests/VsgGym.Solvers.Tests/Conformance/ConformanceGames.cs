using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Games of the kinds and sizes that every solver is put to.</summary>
internal static class ConformanceGames
{
    /// <summary>A table with random rewards; every row leads to one or two random states, and an eighth of the rows of small games ends play.</summary>
    /// <param name="needs">Zero-sum or not.</param>
    /// <param name="players">N, 2 where the rewards are to sum to 0.</param>
    /// <param name="states">S.</param>
    /// <param name="actions">A of each player.</param>
    /// <param name="horizon">T, or null for a discount of 0.9.</param>
    /// <param name="ends">Whether some rows end play.</param>
    public static StochasticGame Table(Needs needs, int players, int states, int actions, int? horizon, bool ends = true)
    {
        if (needs.HasFlag(Needs.OwnPlaces)) return OwnPlaces(states, actions, horizon);
        var random = RandomStream.Create(1).Fork("conformance");
        var builder = new StochasticGameBuilder([.. Enumerable.Range(0, players).Select(p => $"player_{p}")], states, [.. Enumerable.Repeat(actions, players)]);
        bool zeroSum = needs.HasFlag(Needs.ZeroSum);
        for (int s = 0; s < states; s++)
        {
            for (int joint = 0; joint < builder.JointActionCount; joint++)
            {
                for (int p = 0; p < players; p++)
                {
                    double reward = (2 * random.NextDouble()) - 1;
                    builder.SetReward(p, s, joint, reward);
                    if (zeroSum) builder.SetReward(1 - p, s, joint, 0 - reward);
                }

                if (ends && random.NextInt32(8) == 0) continue;
                double first = random.NextInt32(2) == 0 ? 1 : .75;
                builder.AddTransition(s, joint, random.NextInt32(states), first);
                if (first < 1) builder.AddTransition(s, joint, random.NextInt32(states), 1 - first);
            }
        }

        return builder.Build(horizon, horizon is null ? .9 : null);
    }

    // Two players, each on a ring of its own of sqrt(states) places, who mind to stand on places of the same number.
    private static StochasticGame OwnPlaces(int states, int actions, int? horizon)
    {
        var random = RandomStream.Create(2).Fork("conformance");
        int places = (int)Math.Sqrt(states);
        double[] likes = [.. Enumerable.Range(0, places * actions).Select(_ => random.NextDouble())];
        var builder = new StochasticGameBuilder(["player_0", "player_1"], places * places, [actions, actions]);
        for (int s = 0; s < places * places; s++)
        {
            int x = s / places, y = s % places;
            for (int joint = 0; joint < actions * actions; joint++)
            {
                int a = joint / actions, b = joint % actions;
                double meeting = x == y ? -1 : 0;
                builder.SetReward(0, s, joint, likes[(x * actions) + a] + meeting).SetReward(1, s, joint, likes[(y * actions) + b] + meeting);
                builder.AddTransition(s, joint, ((x + a) % places * places) + ((y + b) % places), 1);
            }
        }

        return builder.Build(horizon, horizon is null ? .9 : null);
    }

    /// <summary>A population on a ring: everybody moves left, stays or moves right, and minds company.</summary>
    public static MeanFieldGame Ring(int places, int horizon) => new RingGame(places, horizon);

    /// <summary>A random graph of a few nodes.</summary>
    public static FlowGraph Graph() => RandomFlowGraphs.Create(RandomStream.Create(3), 24, 2, .5, 3, isCommon: true);

    /// <summary>A chain of nodes with moves to the next four; the last four nodes are ends.</summary>
    public static FlowGraph Chain(int nodes)
    {
        const int Moves = 4;
        var edges = new List<FlowEdge>();
        for (int x = 0; x < nodes - Moves; x++)
            for (int k = 1; k <= Moves; k++) edges.Add(new FlowEdge(x, x + k));
        var returns = new double[nodes];
        for (int k = 1; k <= Moves; k++) returns[^k] = k;
        return new FlowGraph(new FlowTables { Edges = edges, Returns = new ShapedArray(returns, 1, nodes) });
    }

    private sealed class RingGame(int places, int horizon) : MeanFieldGame(new MeanFieldShape
    {
        StateLabels = [.. Enumerable.Range(0, places).Select(x => $"{x}")],
        ActionLabels = ["left", "stay", "right"],
        Horizon = horizon,
        Initial = [.. Enumerable.Repeat(1.0 / places, places)],
    })
    {
        public override double LowestReward => -1;

        public override double HighestReward => 1;

        public override bool TransitionsDependOnPopulation => false;

        public override double Reward(int time, int state, int action, ReadOnlySpan<double> population) => ((double)state / StateCount) - population[state];

        public override void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next)
        {
            next.Clear();
            next[(state + action + StateCount - 1) % StateCount] = 1;
        }
    }
}
