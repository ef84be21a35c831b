using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>MGE-I: the equilibrium of exploring agents in a discounted game, each playing a Boltzmann policy of its own action values.</summary>
/// <remarks>
/// <para>Notation: beta = inverse temperature, gamma = discount, Q_i(x, a_i), pi_i proportional to exp(beta Q_i), M players.</para>
/// <para>One Step is one sweep Q_i ← T_i(Q) for all players and states, started at Q = 0.</para>
/// <para>Deviations from Algorithm 1: all players use the previous Q (printed, the player itself moves last); the damping of Eq. (14),
/// under which the test of convergence (line 8) compares the defect and not the damped move; other value operators; a reward of the joint action enters as its expectation under the others' policies, the natural reading of Eq.
/// (3); illegal actions have probability 0.</para>
/// <para>The answer is a quantal response equilibrium, Gambit's lambda being beta, not a Nash equilibrium.</para>
/// <para>Residual: max |T_i(Q) - Q_i| over all action values before the move, the defect of the fixed point whatever the damping.</para>
/// </remarks>
[Solver("mge_i")]
[Source("mge", "Algorithm 1")]
public sealed class MgeI : IAlgorithm, IWarmStart
{
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly ExploringPlayers _players;
    private long _iteration;

    /// <summary>Starts at Q = 0.</summary>
    /// <param name="game">A discounted table.</param>
    /// <param name="options">The options.</param>
    /// <param name="crew">Who shares the sweeps; null for the caller's thread alone.</param>
    /// <exception cref="VsgGymException">The game has a horizon.</exception>
    public MgeI(StochasticGame game, Options options, WorkCrew? crew = null)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        if (game.Horizon is { } horizon)
            throw VsgGymException.Invalid("solver", "mge_i", $"needs a discounted game and this one has horizon {horizon}; use mge_f", "wrong_horizon");
        (_game, _options) = (game, options);
        _players = new ExploringPlayers(game, options.InverseTemperature, options.ValueOperator, crew ?? WorkCrew.Alone(), vectorized: true);
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        return ExploringPlayers.EstimateBytes(game);
    }

    /// <summary>Starts at Q = T of the earlier policies and values instead of Q = 0.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        EarlierAnswer.CopyPolicies(earlier, 0, _players.Policies);
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            var values = EarlierAnswer.FirstValues(_game, earlier, p, cancellationToken);
            for (int s = 0; s < values.Length; s++) _players.Values[(s * _game.PlayerCount) + p] = values[s];
        }

        _players.Sweep(null, 1, cancellationToken);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricNames => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal)
        .Add("mge_theorem_1", ContractionBounds.Theorem1(_game, _options.InverseTemperature, _options.ValueOperator));

    /// <summary>The Boltzmann policies and the values, [S], of the present action values.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        int states = _game.StateCount, players = _game.PlayerCount;
        var policies = Enumerable.Range(0, players).Select(p => new TabularPolicy([.. _players.Policies[p]], 1, states, _game.ActionCounts[p]));
        return new Solution
        {
            Policies = new PolicyProfile(_game, [.. policies]),
            Values = [.. Enumerable.Range(0, players).Select(Values)],
        };
    }

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        double residual = _players.Sweep(null, _options.Damping, cancellationToken); // mge Eqs. (3), (6), (14)
        var state = double.IsNaN(residual) ? IterationState.Diverged : residual < _options.Tolerance ? IterationState.Converged : IterationState.Running;
        return new IterationReport(++_iteration, residual, state);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
        // There are no metrics beside the residual.
    }

    private ShapedArray Values(int player)
    {
        var values = new double[_game.StateCount];
        _players.CopyValues(player, values);
        return new ShapedArray(values, values.Length);
    }

    /// <summary>Options of <see cref="MgeI"/>.</summary>
    public sealed record Options : ExploringOptions;
}
