using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Inference in a zero-sum game of two players: the agent's opponent has minus its reward, so that its soft policy is known in closed form.</summary>
/// <remarks>
/// <para>Notation: x = the agent's policy, y = the opponent's, p and q their priors, beta and lambda their inverse temperatures, Q(s, a, b) = r(s, a, b) + gamma E V(s') to
/// the agent.</para>
/// <para>Form independent: x proportional to p exp(beta E_y Q), y proportional to q exp(-lambda E_x Q), vsg section 5.4 with the means of Proposition 5.9, and V = the
/// largest over x of the smallest over y of x'Qy - KL(x || p) / beta + KL(y || q) / lambda; matching pennies has the value 0.</para>
/// <para>Form reacting: y(b | s, a) proportional to q exp(-lambda Q(s, a, b)), Q'(s, a) = -(1 / lambda) log of its sum, x proportional to p exp(beta Q'), V = (1 / beta) log
/// of its sum (Grau-Moya et al. 2018); matching pennies has the value -(1 / b) log cosh b at both inverse temperatures b. The opponent's policy is then the mean of y over x.</para>
/// <para>One Step is one sweep over all states, from the last time to the first where there is a horizon: Q, the policies (independent: at most inner_iterations steps of
/// mirror ascent in x, each against the answering y) and V. V moves by no more than Q does, so that the sweeps contract by gamma at fixed priors.</para>
/// <para>Deviations: the printed sign of the opponent's reward is corrected to minus; x and y are solved for instead of updated from samples; with the priors last_policy or empirical,
/// which the printed prior of past behavior can be read as, each sweep is a proximal step, and the limit of last_policy is a Nash equilibrium (independent form).</para>
/// <para>Arrays: in the reacting form "conditional_policy.OPPONENT", [S, A_1, A_2] or [T, S, A_1, A_2], whose OPPONENT axis sums to 1.</para>
/// <para>Residual: the largest of |V - its backup|, in reward units, the distance of x from its answer to y, and that of the policies from learned priors.</para>
/// </remarks>
[Solver("zero_sum_inference")]
[Source("vsg", "section 5.4")]
[Source("grau_moya2018")]
public sealed class ZeroSumInference : IAlgorithm, IWarmStart, ICrewWork
{
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly WorkCrew _crew;
    private readonly int _agent;
    private readonly int _other;
    private readonly double[] _q; // [S, J]
    private readonly double[] _conditional; // [rows, J], y(b | s, a) in the reacting form, else empty
    private readonly double[][] _policies; // [2][rows * A_p]
    private readonly double[][] _priors; // [2][rows * A_p]
    private readonly double[] _logs; // [rows * A], log x
    private readonly double[] _scratch; // [S * A]
    private readonly double[] _values; // [S] or [(T + 1) S], to the agent
    private readonly double[] _next; // [S]
    private int _time;
    private long _iteration;

    /// <summary>Starts at V = 0 and policies equal to the priors.</summary>
    /// <param name="game">A zero-sum table of two players, discounted or with a horizon.</param>
    /// <param name="options">The options.</param>
    /// <param name="crew">The threads.</param>
    /// <exception cref="VsgGymException">The game has not two players or is not zero-sum, the agent is none of them, or a given prior does not fit.</exception>
    public ZeroSumInference(StochasticGame game, Options options, WorkCrew crew)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(crew);
        ZeroSumPremise.Check(game, "zero_sum_inference");
        (_game, _options, _crew) = (game, options, crew);
        _agent = options.Agent is null ? 0 : game.Players.IndexOf(options.Agent);
        if (_agent < 0) throw VsgGymException.Invalid("options.agent", options.Agent, $"must be one of {string.Join(", ", game.Players)}", "unknown_player");
        _other = 1 - _agent;
        int states = game.StateCount, rows = checked((game.Horizon ?? 1) * states), actions = game.ActionCounts[_agent];
        double[][] prior = options.Prior.Tables(game, "options.prior");
        _priors = [.. prior.Select(table => Repeat(table, rows / states))];
        _policies = [.. prior.Select(table => Repeat(table, rows / states))];
        _q = new double[states * game.JointActionCount];
        _conditional = options.Form == ZeroSumForm.Reacting ? new double[checked(rows * game.JointActionCount)] : [];
        (_logs, _scratch) = (new double[rows * actions], new double[states * actions]);
        (_values, _next) = (new double[game.Horizon is null ? states : rows + states], new double[states]);
        if (game.Horizon is not null) game.TerminalRewards(_agent).CopyTo(_values.AsSpan(rows));
        TakeLogs();
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        double states = game.StateCount, rows = (game.Horizon ?? 1) * states, actions = game.ActionCounts.Sum(count => (double)count), joint = game.JointActionCount;
        double numbers = (states * (joint + actions + 2)) + (rows * ((3 * actions) + 1 + (options.Form == ZeroSumForm.Reacting ? joint : 0)));
        return (long)Math.Min(sizeof(double) * numbers, long.MaxValue / 2);
    }

    /// <summary>Starts with the earlier policies and values, and with the policies as priors where these are learned.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        EarlierAnswer.Values(_game, earlier, _agent, cancellationToken).CopyTo(_values.AsSpan());
        int states = _game.StateCount;
        for (int p = 0; p < 2; p++)
        {
            int actions = _game.ActionCounts[p];
            for (int row = 0; row < _policies[p].Length / actions; row++) earlier.Policies[p].Row(row / states, row % states).CopyTo(_policies[p].AsSpan(row * actions));
            if (IsLearned) _policies[p].CopyTo(_priors[p].AsSpan());
        }

        TakeLogs();
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricNames => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal);

    /// <summary>The policies, the values V and -V, and as models each other's policies, as they stand.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        int states = _game.StateCount, times = _game.Horizon ?? 1;
        ImmutableArray<int> shape = _game.Horizon is { } horizon ? [horizon + 1, states] : [states];
        var values = Enumerable.Range(0, 2).Select(p => new ShapedArray([.. _values.Select(value => p == _agent ? value : 0.0 - value)], shape));
        return new Solution
        {
            Policies = new PolicyProfile(_game, [.. _policies.Select((policy, p) => new TabularPolicy((double[])policy.Clone(), times, states, _game.ActionCounts[p]))]),
            Values = [.. values],
            OpponentModels = [.. Enumerable.Range(0, 2).Select(p => new ShapedArray((double[])_policies[1 - p].Clone(), VariationalAnswer.Shape(_game, [_game.ActionCounts[1 - p]])))],
            Arrays = _conditional.Length == 0
                ? ImmutableSortedDictionary.Create<string, ShapedArray>(StringComparer.Ordinal)
                : ImmutableSortedDictionary.Create<string, ShapedArray>(StringComparer.Ordinal).Add(VariationalAnswer.ConditionalPolicy + _game.Players[_other], new ShapedArray((double[])_conditional.Clone(), VariationalAnswer.Shape(_game, _game.ActionCounts))),
        };
    }

    private bool IsLearned => _options.Prior.Kind is PriorKind.LastPolicy or PriorKind.Empirical;

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        _iteration++;
        double residual = 0;
        for (int t = (_game.Horizon ?? 1) - 1; t >= 0; t--)
        {
            _time = t;
            double defect = _crew.Run(this, _game.StateCount, SweepCost.OfBackups(_game, 4), cancellationToken);
            if (!double.IsFinite(defect)) return new IterationReport(_iteration, double.NaN, IterationState.Diverged);
            _next.CopyTo(_values.AsSpan(t * _game.StateCount));
            residual = Math.Max(residual, defect);
        }

        return new IterationReport(_iteration, residual, residual < _options.Tolerance ? IterationState.Converged : IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
        // There are no metrics beside the residual.
    }

    /// <inheritdoc/>
    double ICrewWork.Run(int start, int end, CancellationToken cancellationToken)
    {
        double largest = 0;
        for (int s = start; s < end; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double result = Infer(s, cancellationToken);
            largest = result > largest || double.IsNaN(result) ? result : largest;
        }

        return largest;
    }

    private double Infer(int state, CancellationToken cancellationToken)
    {
        int joint = _game.JointActionCount, row = (_time * _game.StateCount) + state;
        var q = _q.AsSpan(state * joint, joint);
        Continuation.Fill(_game, _agent, state, _game.Horizon is null ? _values : _values.AsSpan((_time + 1) * _game.StateCount, _game.StateCount), q);
        foreach (double value in q)
            if (!double.IsFinite(value)) return double.NaN;
        double defect = _options.Form == ZeroSumForm.Independent ? Solve(q, state, row, cancellationToken) : React(q, state, row);
        defect = Math.Max(defect, Math.Abs(_next[state] - _values[row]));
        if (!IsLearned) return defect;
        double weight = _options.Prior.Kind == PriorKind.LastPolicy ? 1 : 1.0 / (_iteration + 1);
        for (int p = 0; p < 2; p++)
        {
            for (int k = row * _game.ActionCounts[p]; k < (row + 1) * _game.ActionCounts[p]; k++)
            {
                defect = Math.Max(defect, Math.Abs(_policies[p][k] - _priors[p][k]));
                _priors[p][k] += weight * (_policies[p][k] - _priors[p][k]);
            }
        }

        return defect;
    }

    private double Solve(ReadOnlySpan<double> q, int state, int row, CancellationToken cancellationToken)
    {
        Span<double> x = Row(_policies, _agent, row), y = Row(_policies, _other, row), p = Row(_priors, _agent, row), prior = Row(_priors, _other, row);
        int agentStride = _game.Strides[_agent], otherStride = _game.Strides[_other];
        double beta = _options.InverseTemperature, lambda = _options.OpponentInverseTemperature;
        double defect = ZeroSumKernels.Climb(q, agentStride, otherStride, p, prior, beta, lambda, _options.InnerIterations, _options.Tolerance / 10, _logs.AsSpan(row * x.Length, x.Length), x, y, _scratch.AsSpan(state * x.Length, x.Length), cancellationToken);
        double value = ZeroSumKernels.Answer(q, agentStride, otherStride, x, prior, lambda, y);
        _next[state] = value - (VariationalPlayer.Divergence(x, p) / beta);
        return double.IsFinite(value) ? defect : double.NaN;
    }

    private double React(ReadOnlySpan<double> q, int state, int row)
    {
        Span<double> x = Row(_policies, _agent, row), y = Row(_policies, _other, row), p = Row(_priors, _agent, row), prior = Row(_priors, _other, row);
        var values = _scratch.AsSpan(state * x.Length, x.Length);
        int joint = _game.JointActionCount, agentStride = _game.Strides[_agent], otherStride = _game.Strides[_other];
        for (int a = 0; a < x.Length; a++)
        {
            double value = ZeroSumKernels.React(q[(a * agentStride)..], otherStride, prior, _options.OpponentInverseTemperature, y);
            values[a] = p[a] > 0 ? Math.Log(p[a]) + (_options.InverseTemperature * value) : double.NegativeInfinity;
            for (int b = 0; b < y.Length; b++) _conditional[(row * joint) + (a * agentStride) + (b * otherStride)] = y[b];
        }

        double logSum = Simplex.LogSumExp(values);
        if (!double.IsFinite(logSum)) return double.NaN;
        _next[state] = logSum / _options.InverseTemperature;
        Simplex.Softmax(values);
        values.CopyTo(x);
        for (int b = 0; b < y.Length; b++)
        {
            y[b] = 0;
            for (int a = 0; a < x.Length; a++) y[b] += x[a] * _conditional[(row * joint) + (a * agentStride) + (b * otherStride)];
        }

        return 0; // the policies follow from Q at once
    }

    private Span<double> Row(double[][] tables, int player, int row) => tables[player].AsSpan(row * _game.ActionCounts[player], _game.ActionCounts[player]);

    private void TakeLogs()
    {
        double[] policy = _policies[_agent], prior = _priors[_agent];
        for (int k = 0; k < policy.Length; k++) _logs[k] = prior[k] > 0 ? Math.Log(Math.Max(policy[k], double.Epsilon)) : double.NegativeInfinity;
    }

    private static double[] Repeat(double[] table, int times)
    {
        var repeated = new double[checked(table.Length * times)];
        for (int t = 0; t < times; t++) table.CopyTo(repeated.AsSpan(t * table.Length));
        return repeated;
    }

    /// <summary>Options of <see cref="ZeroSumInference"/>.</summary>
    public sealed record Options
    {
        /// <summary>Whether the opponent acts without seeing the agent's action (independent) or reacts to it (reacting).</summary>
        public ZeroSumForm Form { get; init; } = ZeroSumForm.Independent;

        /// <summary>The agent, from whose side the game is seen; null is the first player.</summary>
        public string? Agent { get; init; }

        /// <summary>Inverse temperature beta of the agent, in [1e-6, 1e9], per reward unit; the paper's is 1.</summary>
        [Range(1e-6, 1e9)]
        public double InverseTemperature { get; init; } = 1;

        /// <summary>Inverse temperature lambda of the opponent, in [1e-6, 1e9], per reward unit; the paper's is 1.</summary>
        [Range(1e-6, 1e9)]
        public double OpponentInverseTemperature { get; init; } = 1;

        /// <summary>The policies before inference: uniform, last_policy (of the sweep before), empirical (their mean), or data, one entry per player with its action probabilities, [A] for all states or [S, A].</summary>
        public OpponentPrior Prior { get; init; } = OpponentPrior.Uniform;

        /// <summary>In the independent form, the most steps toward a state's saddle point in each sweep.</summary>
        [Range(1, 1_000_000)]
        public int InnerIterations { get; init; } = 100;

        /// <summary>The residual below which the iteration counts as converged.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-10;

        /// <summary>The most sweeps.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 100_000;
    }
}
