using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Pursuit by two hunters on a 3x3 grid: each wants to be alone with the prey and dreads to meet the other hunter.</summary>
/// <remarks>
/// <para>Story: two hunters and a prey move at once on the grid's nodes, 0 to 8 row by row from the top left, along its 12 edges; all may
/// stay, and they may swap places.</para>
/// <para>Players: hunter_1, hunter_2, prey.</para>
/// <para>Observation, the same for all: 81 * node of hunter_1 + 9 * node of hunter_2 + node of the prey, in [0, 728]. Features: row and column
/// of each, 0 to 2, in that order.</para>
/// <para>Actions: stay, up, right, down, left; a move off the grid is illegal. Moves are deterministic.</para>
/// <para>Rewards: on the current state, before the move. A hunter: -15/4 where it shares a node with the other hunter and not with the prey,
/// -10/4 where all three share one, 5/4 where it alone is with the prey, else 0. The prey: -1/8 where it shares a node with a hunter, else
/// 0. The same once more on the last state.</para>
/// <para>End: after `horizon` decisions, terminated; with `discount` never, and then no state is a last one.</para>
/// <para>Options: horizon, discount, repeat, observation, hunter1_start, hunter2_start, prey_start.</para>
/// <para>Unknown: the graph is identified from the paper's table of first moves, and the reward on the last state with it; the paper states
/// the first nodes of its table only, so that uniformly random ones are the default here.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("pursuit_hunters-v0")]
[Source("mge", "section 7")]
public sealed class PursuitHunters(PursuitHunters.Options options) : CatalogTable(options)
{
    private const int Side = PursuitGraph.Side;
    private const int Nodes = PursuitGraph.Nodes;
    private const int States = Nodes * Nodes * Nodes;
    private const double HuntersMeet = -15.0 / 4;
    private const double AllMeet = -10.0 / 4;
    private const double Alone = 5.0 / 4;
    private const double Caught = -1.0 / 8;

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 3)
    {
        /// <summary>The first node of hunter_1, 0 to 8 row by row; absent: uniformly random.</summary>
        [Range(0, Nodes - 1)]
        public int? Hunter1Start { get; init; }

        /// <summary>The first node of hunter_2, 0 to 8 row by row; absent: uniformly random.</summary>
        [Range(0, Nodes - 1)]
        public int? Hunter2Start { get; init; }

        /// <summary>The prey's first node, 0 to 8 row by row; absent: uniformly random.</summary>
        [Range(0, Nodes - 1)]
        public int? PreyStart { get; init; }
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        int state = (int)world.State[0];
        string rewards = string.Join(", ", Drawing.Number(world.PaidReward(0)), Drawing.Number(world.PaidReward(1)), Drawing.Number(world.PaidReward(2)));
        return new DrawingBuilder()
            .Title("Pursuit by two hunters")
            .Caption(TableDrawing.Time(Table, world))
            .Caption($"rewards {rewards}")
            .Grid(Side, Side, [.. Enumerable.Range(0, 3).Select(p => new Token(Node(state, p) / Side, Node(state, p) % Side, p == 2 ? "P" : $"H{p + 1}", p))])
            .Caption("H1 and H2 hunters, P prey")
            .Build();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels =>
        ["row of hunter_1", "column of hunter_1", "row of hunter_2", "column of hunter_2", "row of the prey", "column of the prey"];

    /// <inheritdoc/>
    protected override void WriteFeatures(int state, Span<float> features)
    {
        for (int p = 0; p < 3; p++) (features[2 * p], features[(2 * p) + 1]) = (Node(state, p) / Side, Node(state, p) % Side);
    }

    /// <inheritdoc/>
    protected override StochasticGameBuilder Lay()
    {
        int actions = PursuitGraph.Actions.Count;
        var builder = new StochasticGameBuilder(["hunter_1", "hunter_2", "prey"], States, [actions, actions, actions]);
        for (int p = 0; p < 3; p++) builder.WithActionLabels(p, PursuitGraph.Actions);
        builder.WithStateLabels([.. Enumerable.Range(0, States).Select(s => $"hunters {Node(s, 0)} and {Node(s, 1)}, prey {Node(s, 2)}")]);
        builder.WithInitial([.. Enumerable.Range(0, States).Select(s =>
            PursuitGraph.Start(Node(s, 0), options.Hunter1Start) * PursuitGraph.Start(Node(s, 1), options.Hunter2Start) * PursuitGraph.Start(Node(s, 2), options.PreyStart))]);
        for (int state = 0; state < States; state++) AddState(builder, state, hasEnd: options.Horizon is not null);
        return builder;
    }

    private static void AddState(StochasticGameBuilder builder, int state, bool hasEnd)
    {
        int actions = PursuitGraph.Actions.Count;
        int first = Node(state, 0), second = Node(state, 1), prey = Node(state, 2);
        double[] rewards = [Hunter(first, second, prey), Hunter(second, first, prey), prey == first || prey == second ? Caught : 0];
        for (int p = 0; p < 3; p++)
        {
            if (hasEnd) builder.SetTerminalReward(p, state, rewards[p]);
            for (int action = 0; action < actions; action++)
                if (PursuitGraph.Target(Node(state, p), action) is null) builder.Forbid(p, state, action);
        }

        for (int joint = 0; joint < builder.JointActionCount; joint++)
        {
            if (PursuitGraph.Target(first, joint / (actions * actions)) is not { } firstNext
                || PursuitGraph.Target(second, joint / actions % actions) is not { } secondNext
                || PursuitGraph.Target(prey, joint % actions) is not { } preyNext) continue;
            for (int p = 0; p < 3; p++) builder.SetReward(p, state, joint, rewards[p]);
            builder.AddTransition(state, joint, (((firstNext * Nodes) + secondNext) * Nodes) + preyNext, 1.0);
        }
    }

    private static double Hunter(int self, int other, int prey)
    {
        if (self == other) return self == prey ? AllMeet : HuntersMeet;
        return self == prey ? Alone : 0;
    }

    private static int Node(int state, int player)
    {
        int shifted = player == 0 ? state / (Nodes * Nodes) : player == 1 ? state / Nodes : state;
        return shifted % Nodes;
    }
}
