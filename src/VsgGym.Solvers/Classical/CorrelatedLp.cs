using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Correlated equilibria by linear programs: the utilitarian, egalitarian, republican or libertarian one of every state, backward in time.</summary>
/// <remarks>
/// <para>Notation: Q_i^t(s, a) = r_i(s, a) + sum over s' of P(s' | s, a) V_i^(t+1)(s'), sigma = distribution of the joint action, V_i^t(s) = sum
/// over a of sigma(a) Q_i^t(s, a). sigma is a correlated equilibrium if nobody who is told its own part of the drawn joint action gains by playing
/// another: for all i, a_i, b_i: sum over a_-i of sigma(a) [Q_i(b_i, a_-i) - Q_i(a)] &lt;= 0.</para>
/// <para>One Step is one time, from T - 1 back to 0: one linear program in each state (republican and libertarian: one for each
/// player), exact up to rounding. A one-shot game takes one Step.</para>
/// <para>The answer is the joint policy sigma and its marginals. Libertarian players do not share a signal: each plays its own part
/// of its own best equilibrium, so the answer is a product of policies, no correlated equilibrium in general, and may be worse for
/// everyone.</para>
/// <para>Where several equilibria are equally good, the answer is one vertex of theirs, and the values of single players depend on which.</para>
/// <para>Deviations: Greenwald and Hall use these programs inside Q-learning (ce_q does that, and learns discounted games too, which are
/// refused here as the backward sweep would not end). An earlier answer changes nothing, as every time is solved exactly.</para>
/// <para>Residual: 0, as nothing is iterated.</para>
/// </remarks>
[Solver("correlated_lp", Concept = "correlated")]
[Source("greenwald2003", "section 3")]
public sealed class CorrelatedLp : IAlgorithm, IWarmStart, ICrewWork
{
    private const long MostNumbers = 1L << 28;
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly WorkCrew _crew;
    private readonly Workspaces<Memory> _memories;
    private readonly double[] _joint; // [T, S, J]
    private readonly double[][] _values; // [N][T + 1, S]
    private readonly int _horizon;
    private int _time;
    private long _iteration;

    /// <summary>Starts at time T with uniform play.</summary>
    /// <param name="game">A table with a horizon.</param>
    /// <param name="options">The options.</param>
    /// <param name="crew">Shares the states of a time.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">The game is discounted, or too large.</exception>
    public CorrelatedLp(StochasticGame game, Options options, WorkCrew crew, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(crew);
        _horizon = game.Horizon ?? throw VsgGymException.Invalid("solver", "correlated_lp", $"needs a game with a horizon and this one has discount {VsgGymException.Show(game.Discount)}; use ce_q", "wrong_horizon");
        CorrelatedStage.Checked(game);
        double numbers = (double)_horizon * game.StateCount * game.JointActionCount;
        if (numbers > MostNumbers)
            throw VsgGymException.OverLimit("horizon", _horizon, $"the joint policies of all times do not fit: horizon * {game.StateCount} states * {game.JointActionCount} joint actions must not exceed {MostNumbers}", "game_too_large");
        (_game, _options, _crew, _time) = (game, options, crew, _horizon);
        _memories = new Workspaces<Memory>(crew.Threads, () => new Memory(game, cancellationToken));
        _joint = new double[(int)numbers];
        _values = [.. game.Players.Select(_ => new double[(_horizon + 1) * game.StateCount])];
        for (int p = 0; p < game.PlayerCount; p++) game.TerminalRewards(p).CopyTo(_values[p].AsSpan(_horizon * game.StateCount));
        for (int row = 0; row < _horizon * game.StateCount; row++)
            CorrelatedStage.FillUniform(game, row % game.StateCount, _joint.AsSpan(row * game.JointActionCount, game.JointActionCount), cancellationToken);
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        double horizon = game.Horizon ?? 0, players = game.PlayerCount, joint = game.JointActionCount;
        double numbers = game.StateCount * ((horizon * joint) + ((horizon + 1) * players));
        double memories = System.Environment.ProcessorCount * (CorrelatedStage.EstimateBytes(game) + (sizeof(double) * players * joint));
        return (long)Math.Min((sizeof(double) * numbers) + memories, long.MaxValue / 2);
    }

    /// <summary>Takes nothing: every time is solved exactly, whatever was there before.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default) => EarlierAnswer.Check(_game, earlier);

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <summary>"time": the time of the last step.</summary>
    public IReadOnlyList<string> MetricNames { get; } = ["time"];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal);

    /// <summary>The joint policy [T, S, J] with its marginals, or libertarian the marginals alone; values [T + 1, S]. Times not solved yet are uniform.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        var profile = PolicyProfile.Correlated(_game, new TabularPolicy([.. _joint], _horizon, _game.StateCount, _game.JointActionCount));
        return new Solution
        {
            Policies = _options.Objective == CorrelatedObjective.Libertarian ? new PolicyProfile(_game, profile.Policies) : profile,
            Values = [.. _values.Select(values => new ShapedArray([.. values], _horizon + 1, _game.StateCount))],
        };
    }

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        _iteration++;
        if (_time > 0)
        {
            double result = _crew.Run(this, _game.StateCount, CorrelatedStage.Cost(_game), cancellationToken);
            if (double.IsNaN(result)) return new IterationReport(_iteration, result, IterationState.Diverged);
            _time--;
        }

        return new IterationReport(_iteration, 0, _time == 0 ? IterationState.Converged : IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics) => metrics[0] = _time;

    double ICrewWork.Run(int start, int end, CancellationToken cancellationToken)
    {
        var memory = _memories.Take();
        try
        {
            for (int s = start; s < end; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!Solve(memory, s, cancellationToken)) return double.NaN;
            }
        }
        finally
        {
            _memories.Return(memory);
        }

        return 0;
    }

    private bool Solve(Memory memory, int state, CancellationToken cancellationToken)
    {
        int states = _game.StateCount, joint = _game.JointActionCount, row = ((_time - 1) * states) + state;
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Continuation.Fill(_game, p, state, _values[p].AsSpan(_time * states, states), memory.Payoffs.AsSpan(p * joint, joint));
        }

        if (!memory.Stage.Solve(state, memory.Payoffs, _options.Objective, _joint.AsSpan(row * joint, joint), cancellationToken)) return false;
        for (int p = 0; p < _game.PlayerCount; p++) _values[p][row] = memory.Stage.Values[p];
        return true;
    }

    private sealed class Memory(StochasticGame game, CancellationToken cancellationToken)
    {
        public CorrelatedStage Stage { get; } = new(game, cancellationToken);

        public double[] Payoffs { get; } = GC.AllocateUninitializedArray<double>(game.PlayerCount * game.JointActionCount); // Q, [N, J], written before it is read
    }

    /// <summary>Options of <see cref="CorrelatedLp"/>.</summary>
    public sealed record Options
    {
        /// <summary>Which equilibrium: utilitarian, egalitarian, republican or libertarian.</summary>
        public CorrelatedObjective Objective { get; init; } = CorrelatedObjective.Utilitarian;

        /// <summary>The most times that are solved.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 1_000_000;
    }
}
