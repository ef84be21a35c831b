using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>ROMMEO Q-iteration: exact soft iteration of every player's action values with a regularized model of the others.</summary>
/// <remarks>
/// <para>Notation: alpha = temperature, Q_i(s, a_i, a_-i), P_i = prior of the others, rho_i = opponent model (11), pi_i = conditional policy (10);
/// played is the marginal m_i(a_i | s) = sum over a_-i of rho_i(a_-i | s) pi_i(a_i | s, a_-i).</para>
/// <para>One Step is one sweep Q_i ← r_i + gamma P V_i, Eq. (13), over all players and states, from the last time to the first where there is a horizon and each
/// time has its own Q; then models, what is played, and the priors where they are learned.</para>
/// <para>Deviations: damping; the prior, in the paper the empirical distribution of a replay, is fixed (uniform or given), what the others played in the sweep before
/// (last_policy), or the mean of what they played in all sweeps and uniform play before the first (empirical).</para>
/// <para>At a fixed prior (9) moves by no more than Q does, in the largest norm, so (13) contracts by gamma in every game, not only under the premise of Theorem 3; what
/// the players then play need not be an equilibrium, for each takes the others to pursue its own reward.</para>
/// <para>Arrays: "conditional_policy.PLAYER", [S, A_1, ..., A_N] or [T, S, A_1, ..., A_N], whose PLAYER axis sums to 1.</para>
/// <para>Residual: the largest of |r_i + gamma P V_i - Q_i| before the move, in reward units, and of the change of what is played and its distance from learned
/// priors, none of them damped.</para>
/// </remarks>
[Solver("rommeo_q_iteration")]
[Source("rommeo", "Eqs. (9) to (13), Theorem 3")]
public sealed class RommeoQIteration : IAlgorithm, IWarmStart, ICrewWork
{
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly WorkCrew _crew;
    private readonly RommeoIterationPlayer[] _players;
    private bool _refreshes; // what the crew does: learn, or refresh what follows from Q
    private int _time;
    private long _iteration;
    private double _residual = double.NaN;
    private double _largestRatio;

    /// <summary>Starts at Q = 0.</summary>
    /// <param name="game">A table, discounted or with a horizon.</param>
    /// <param name="options">The options.</param>
    /// <param name="crew">The threads.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">A given prior does not fit the game.</exception>
    public RommeoQIteration(StochasticGame game, Options options, WorkCrew crew, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(crew);
        (_game, _options, _crew) = (game, options, crew);
        double[][] prior = options.Prior.Tables(game, "options.prior");
        _players = [.. Enumerable.Range(0, game.PlayerCount).Select(p => new RommeoIterationPlayer(game, p, options.Temperature, cancellationToken))];
        for (int p = 0; p < prior.Length; p++)
            for (int start = 0; start < _players[p].Assumed.Length; start += prior[p].Length) prior[p].CopyTo(_players[p].Assumed.AsSpan(start));
        Refresh(cancellationToken);
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        return RommeoIterationPlayer.EstimateBytes(game);
    }

    /// <summary>Starts at Q = r + gamma P V of the earlier values, and where priors are learned with the earlier policies.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        int states = _game.StateCount;
        for (int p = 0; p < _players.Length; p++)
        {
            var player = _players[p];
            EarlierAnswer.Values(_game, earlier, p, cancellationToken).CopyTo(player.Values.AsSpan());
            for (int row = 0; row < player.Model.Length / player.Others; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IsLearned) earlier.Policies[p].Row(row / states, row % states).CopyTo(player.Assumed.AsSpan(row * player.Actions));
                _time = row / states;
                player.Learn(row % states, row, Later(player), 1);
            }
        }

        Refresh(cancellationToken);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricNames => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal)
        .Add("rommeo_theorem_3", RommeoTheorem3.Check(_game, RhoMode.Rommeo))
        .Add("soft_bellman_contraction", new Bound(
            1 - (_options.Damping * (1 - _game.Discount)),
            !IsLearned && _game.Horizon is null,
            "At a fixed prior iteration (13) of a discounted game is a contraction in every game: the residual falls at least by the factor 1 - damping * (1 - discount) each sweep; measured: the largest factor seen.",
            _largestRatio));

    /// <summary>What is played, the values (9), the opponent models (11) and the conditional policies (10) of the present Q.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default) => new()
    {
        Policies = new PolicyProfile(_game, [.. _players.Select(player => new TabularPolicy((double[])player.Played.Clone(), _game.Horizon ?? 1, _game.StateCount, player.Actions))]),
        Values = [.. _players.Select(player => new ShapedArray((double[])player.Values.Clone(), _game.Horizon is { } horizon ? [horizon + 1, _game.StateCount] : [_game.StateCount]))],
        OpponentModels = [.. _players.Select((player, p) => new ShapedArray((double[])player.Model.Clone(), VariationalAnswer.Shape(_game, _game.ActionCounts.RemoveAt(p))))],
        Arrays = _players.Select((player, p) => KeyValuePair.Create(VariationalAnswer.ConditionalPolicy + _game.Players[p], new ShapedArray(player.ConditionalPolicies(), VariationalAnswer.Shape(_game, _game.ActionCounts))))
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    private bool IsLearned => _options.Prior.Kind is PriorKind.LastPolicy or PriorKind.Empirical;

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        _iteration++;
        double residual = 0;
        for (int t = (_game.Horizon ?? 1) - 1; t >= 0; t--)
        {
            _time = t;
            double defect = Sweep(false, cancellationToken);
            if (!double.IsFinite(defect)) return new IterationReport(_iteration, double.NaN, IterationState.Diverged);
            residual = Math.Max(residual, Math.Max(defect, Sweep(true, cancellationToken)));
        }

        if (_iteration > 2 && _residual > 1e-9) _largestRatio = Math.Max(_largestRatio, residual / _residual);
        _residual = residual;
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
            int row = (_time * _game.StateCount) + s;
            double result = _refreshes ? RefreshRow(s, row, cancellationToken) : 0;
            for (int p = 0; p < _players.Length && !_refreshes; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                result = Larger(result, _players[p].Learn(s, row, Later(_players[p]), _options.Damping));
            }

            largest = Larger(largest, result);
        }

        return largest;
    }

    private static double Larger(double first, double second) => second > first || double.IsNaN(second) ? second : first;

    private double Sweep(bool refreshes, CancellationToken cancellationToken)
    {
        _refreshes = refreshes;
        return _crew.Run(this, _game.StateCount, SweepCost.OfBackups(_game, 4 * _game.PlayerCount), cancellationToken);
    }

    private void Refresh(CancellationToken cancellationToken)
    {
        for (int row = 0; row < _players[0].Model.Length / _players[0].Others; row++)
        {
            foreach (var player in _players) player.RefreshPrior(_players, row);
            foreach (var player in _players)
            {
                player.Refresh(row % _game.StateCount, row, cancellationToken);
                player.Values[row] = player.Value(row % _game.StateCount, row, cancellationToken);
            }
        }
    }

    private double RefreshRow(int state, int row, CancellationToken cancellationToken)
    {
        double defect = 0;
        foreach (var player in _players) defect = Math.Max(defect, player.Refresh(state, row, cancellationToken));
        if (IsLearned)
        {
            double weight = _options.Prior.Kind == PriorKind.LastPolicy ? 1 : 1.0 / (_iteration + 1);
            foreach (var player in _players) defect = Math.Max(defect, Assume(player, row, weight));
            foreach (var player in _players) player.RefreshPrior(_players, row);
        }

        foreach (var player in _players) player.Values[row] = player.Value(state, row, cancellationToken);
        return defect;
    }

    private static double Assume(RommeoIterationPlayer player, int row, double weight)
    {
        double defect = 0;
        for (int k = row * player.Actions; k < (row + 1) * player.Actions; k++)
        {
            defect = Math.Max(defect, Math.Abs(player.Played[k] - player.Assumed[k]));
            player.Assumed[k] = weight == 1 ? player.Played[k] : player.Assumed[k] + (weight * (player.Played[k] - player.Assumed[k]));
        }

        return defect;
    }

    private ReadOnlySpan<double> Later(RommeoIterationPlayer player) =>
        _game.Horizon is null ? player.Values : player.Values.AsSpan((_time + 1) * _game.StateCount, _game.StateCount);

    /// <summary>Options of <see cref="RommeoQIteration"/>.</summary>
    public sealed record Options
    {
        /// <summary>Temperature alpha of the entropy of the conditional policies, in [1e-9, 1e12] reward units.</summary>
        [Range(1e-9, 1e12)]
        public double Temperature { get; init; } = 1;

        /// <summary>What is thought of the players beforehand: uniform, last_policy (what was played in the sweep before), empirical (the mean of what was played), or data, one entry per player with its action probabilities, [A] for all states or [S, A].</summary>
        public OpponentPrior Prior { get; init; } = OpponentPrior.LastPolicy;

        /// <summary>Damping, in [0.000001, 1]: the weight of the new action values; 1 is undamped.</summary>
        [Range(1e-6, 1d)]
        public double Damping { get; init; } = 1;

        /// <summary>The residual below which the iteration counts as converged.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-10;

        /// <summary>The most sweeps.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 100_000;
    }
}
