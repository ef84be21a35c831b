using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The tabular flow equilibrium: every player sends play to the ends in proportion to its returns there, as far as the others let it.</summary>
/// <remarks>
/// <para>Notation: x = node, R_i(x) = return, f_i(x) = log flow, n(x) = number of edges that enter x, J_i = -f_i at the root, the
/// divergence of `flow` Eq. (2) up to log Z.</para>
/// <para>On a flow graph one Step is one recursion from the ends to the root: the owner of a node plays each edge in proportion to the flow
/// it carries, exp(f_i(x')) / n(x'). With one player, or several with proportional returns, the ends then come out with P_T proportional to R
/// exactly (Definition 4.1). With others every player answers the others in the sense of Eq. (2) at every node: the moves are
/// made one at a time, so that one recursion finds it. The second Step finds nothing to change.</para>
/// <para>On a stochastic game with a horizon the graph is that of all ways, with vertices (s, z, p) as in section 4.2. Its premises hold
/// there by construction: it has no cycle, each way ends, and its return is positive, R_i = p_i exp(Ret_i) with p_i the probability of
/// the others' moves and of chance. As z enters log R_i only as a sum, what a player does depends on (t, s) alone: pi_i proportional to
/// exp(Q_i), V_i = log sum exp Q_i. All move at once, so that each time is a fixed point; one Step is one sweep, as of mge_f with
/// inverse_temperature 1 and log_sum_exp, which finds the same.</para>
/// <para>Deviations: the source states the conditions and trains networks (Algorithm 2); its Algorithm 1 is a natural policy gradient with
/// sampled play. Here the conditions are solved exactly. The printed R = exp(p Ret) disagrees with Eq. (2), which divides by the others'
/// policies; p exp(Ret) agrees. Ways that meet again in one (s, z, p) are kept apart. On a graph the flow of a node goes back in equal parts
/// along the edges that enter it, which the source leaves open.</para>
/// <para>Residual: on a graph, the largest change of a probability; on a table, that of an action value, before damping.</para>
/// <para>Of a graph the values are the expected returns from each node, [X], and the arrays "log_flow", f_i(x), [N, X], and
/// "terminal_distribution", P_T, [X]. A player's rows at nodes of others and at the ends have no meaning and name action 0.</para>
/// </remarks>
[Solver("flow_equilibrium", Concept = "flow")]
[Source("flow", "section 4")]
[Source("bengio2021")]
public sealed class FlowEquilibrium : IAlgorithm, IWarmStart
{
    private readonly Options _options;
    private readonly FlowGraph? _graph;
    private readonly FlowRecursion? _recursion;
    private readonly MgeF? _table;
    private long _iteration;

    /// <summary>Starts with every move alike.</summary>
    /// <param name="game">A flow graph, or a stochastic game with a horizon.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="VsgGymException">The game is of another kind or has no horizon, or its tables over the horizon are too large.</exception>
    public FlowEquilibrium(ISolvableGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        (_graph, var table) = FlowKinds.Of(game, "solver", "flow_equilibrium");
        if (_graph is not null) _recursion = new FlowRecursion(_graph);
        else _table = new MgeF(table!, TableOptions(options));
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(ISolvableGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        if (game is StochasticGame table) return MgeF.EstimateBytes(table, TableOptions(options));
        double actions = game.ActionCounts[0], players = game.Players.Length;
        return (long)Math.Min(sizeof(double) * game.StateCount * (actions + players + 1 + (players * actions)), long.MaxValue / 2);
    }

    /// <summary>Starts at the earlier policies.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        if (_table is not null)
        {
            _table.Start(earlier, cancellationToken);
            return;
        }

        EarlierAnswer.Check(_graph!, earlier);
        for (int x = 0; x < _graph!.NodeCount; x++)
            if (!_graph.IsTerminal(x)) earlier.Policies[_graph.Owner(x)].Row(0, x).CopyTo(_recursion!.Policy.AsSpan(x * _graph.ActionCount));
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <summary>Of a table "time", that of the sweep; of a graph none.</summary>
    public IReadOnlyList<string> MetricNames => _table?.MetricNames ?? [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal);

    /// <summary>The policies, values and, of a graph, flows; before the first step of a graph the start.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default) => _table?.ReadSolution(outOfTime) ?? OfGraph(_graph!, _recursion!);

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        if (_table is not null) return _table.Step(cancellationToken);
        double residual = _recursion!.Run(cancellationToken);
        var state = double.IsNaN(residual) ? IterationState.Diverged : residual < _options.Tolerance ? IterationState.Converged : IterationState.Running;
        return new IterationReport(++_iteration, residual, state);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics) => _table?.ReadMetrics(metrics);

    private static MgeF.Options TableOptions(Options options) => new()
    {
        InverseTemperature = 1, // flow Prop. 4.5
        ValueOperator = ValueOperator.LogSumExp,
        Damping = options.Damping,
        Tolerance = options.Tolerance,
        MaxIterations = options.MaxIterations,
    };

    private static Solution OfGraph(FlowGraph graph, FlowRecursion recursion)
    {
        int nodes = graph.NodeCount;
        var profile = new PolicyProfile(graph, [.. graph.Players.Select((_, p) => PolicyOf(graph, recursion, p))]);
        double[] reach = FlowEnds.Reach(graph, profile, CancellationToken.None);
        for (int x = 0; x < nodes; x++)
            if (!graph.IsTerminal(x)) reach[x] = 0;
        return new Solution
        {
            Policies = profile,
            Values = [.. graph.Players.Select((_, p) => ValuesOf(graph, profile, p))],
            Arrays = ImmutableSortedDictionary.Create<string, ShapedArray>(StringComparer.Ordinal)
                .Add("log_flow", new ShapedArray([.. recursion.LogFlows.SelectMany(flows => flows)], graph.PlayerCount, nodes))
                .Add("terminal_distribution", new ShapedArray(reach, nodes)),
        };
    }

    private static ShapedArray ValuesOf(FlowGraph graph, PolicyProfile profile, int player)
    {
        double[] values = graph.Returns(player).ToArray();
        FlowEnds.Value(graph, profile, values, -1, CancellationToken.None);
        return new ShapedArray(values, values.Length);
    }

    private static TabularPolicy PolicyOf(FlowGraph graph, FlowRecursion recursion, int player)
    {
        int actions = graph.ActionCount;
        var table = new double[graph.NodeCount * actions];
        for (int x = 0; x < graph.NodeCount; x++)
        {
            if (graph.IsTerminal(x) || graph.Owner(x) != player) table[x * actions] = 1;
            else recursion.Policy.AsSpan(x * actions, actions).CopyTo(table.AsSpan(x * actions));
        }

        return new TabularPolicy(table, 1, graph.NodeCount, actions);
    }

    /// <summary>Options of <see cref="FlowEquilibrium"/>.</summary>
    public sealed record Options
    {
        /// <summary>Of tables: the weight of the new action values, in [0.000001, 1]; 1 is undamped. Of no use to graphs.</summary>
        [Range(1e-6, 1d)]
        public double Damping { get; init; } = 1;

        /// <summary>The residual below which a step counts as converged: of a probability on a graph, of an action value, undamped, on a table.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-10;

        /// <summary>The most steps; a graph needs 2.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 100_000;
    }
}
