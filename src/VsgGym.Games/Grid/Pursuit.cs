using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Pursuit on a 3x3 grid: the hunter scores while it shares a node with the prey.</summary>
/// <remarks>
/// <para>Story: hunter and prey move at once on the grid's nodes, 0 to 8 row by row from the top left, along its 12 edges; both may stay,
/// and they may swap places.</para>
/// <para>Players: hunter, prey.</para>
/// <para>Observation, the same for both: 9 * hunter's node + prey's node, in [0, 80]. Features: hunter's row and column, prey's row and column,
/// each 0 to 2.</para>
/// <para>Actions: stay, up, right, down, left; a move off the grid is illegal. Moves are deterministic.</para>
/// <para>Rewards: on the current state, before the move, hunter 0.4 and prey -0.4 where they share a node, else 0; the same once more on
/// the last state.</para>
/// <para>End: after `horizon` decisions, terminated; with `discount` never, and then no state is a last one.</para>
/// <para>Options: horizon, discount, repeat, observation, hunter_start, prey_start.</para>
/// <para>Unknown: the paper draws the prey's own moves apart and does not list them; here it uses the same grid. The hunter's graph is
/// identified from the paper's table of first moves.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("pursuit-v0")]
[Source("mge", "section 7")]
public sealed class Pursuit(Pursuit.Options options) : CatalogTable(options)
{
    private const int Side = PursuitGraph.Side;
    private const int Nodes = PursuitGraph.Nodes;
    private const double Catch = 0.4;

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 22)
    {
        /// <summary>The hunter's first node, 0 to 8 row by row; absent: uniformly random.</summary>
        [Range(0, Nodes - 1)]
        public int? HunterStart { get; init; }

        /// <summary>The prey's first node, 0 to 8 row by row; absent: uniformly random.</summary>
        [Range(0, Nodes - 1)]
        public int? PreyStart { get; init; }
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        var (hunter, prey) = Math.DivRem((int)world.State[0], Nodes);
        return new DrawingBuilder()
            .Title("Pursuit")
            .Caption(TableDrawing.Time(Table, world))
            .Caption($"rewards {Drawing.Number(world.PaidReward(0))}, {Drawing.Number(world.PaidReward(1))}")
            .Grid(Side, Side, new Token(hunter / Side, hunter % Side, "H", 0), new Token(prey / Side, prey % Side, "P", 1))
            .Caption("H hunter, P prey")
            .Build();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels => ["hunter's row", "hunter's column", "prey's row", "prey's column"];

    /// <inheritdoc/>
    protected override void WriteFeatures(int state, Span<float> features)
    {
        var (hunter, prey) = Math.DivRem(state, Nodes);
        (features[0], features[1], features[2], features[3]) = (hunter / Side, hunter % Side, prey / Side, prey % Side);
    }

    /// <inheritdoc/>
    protected override StochasticGameBuilder Lay()
    {
        var builder = new StochasticGameBuilder(["hunter", "prey"], Nodes * Nodes, [PursuitGraph.Actions.Count, PursuitGraph.Actions.Count]);
        for (int player = 0; player < 2; player++) builder.WithActionLabels(player, PursuitGraph.Actions);
        builder.WithStateLabels([.. Enumerable.Range(0, Nodes * Nodes).Select(s => $"hunter {s / Nodes}, prey {s % Nodes}")]);
        builder.WithInitial([.. Enumerable.Range(0, Nodes * Nodes).Select(s => PursuitGraph.Start(s / Nodes, options.HunterStart) * PursuitGraph.Start(s % Nodes, options.PreyStart))]);
        for (int state = 0; state < Nodes * Nodes; state++) AddState(builder, state, hasEnd: options.Horizon is not null);
        return builder;
    }

    private static void AddState(StochasticGameBuilder builder, int state, bool hasEnd)
    {
        var (hunter, prey) = Math.DivRem(state, Nodes);
        double reward = hunter == prey ? Catch : 0, loss = 0 - reward; // not -reward, which would write -0
        if (hasEnd) builder.SetTerminalReward(0, state, reward).SetTerminalReward(1, state, loss);
        for (int action = 0; action < PursuitGraph.Actions.Count; action++)
        {
            if (PursuitGraph.Target(hunter, action) is null) builder.Forbid(0, state, action);
            if (PursuitGraph.Target(prey, action) is null) builder.Forbid(1, state, action);
        }

        for (int joint = 0; joint < builder.JointActionCount; joint++)
        {
            if (PursuitGraph.Target(hunter, joint / PursuitGraph.Actions.Count) is not { } hunterNext || PursuitGraph.Target(prey, joint % PursuitGraph.Actions.Count) is not { } preyNext) continue;
            builder.SetReward(0, state, joint, reward).SetReward(1, state, joint, loss);
            builder.AddTransition(state, joint, (hunterNext * Nodes) + preyNext, 1.0);
        }
    }
}
