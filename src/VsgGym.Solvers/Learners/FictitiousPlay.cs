using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Fictitious play: every player answers the average of what the others played so far with an exact best response.</summary>
/// <remarks>
/// <para>Notation: avg_i = average of player i's policies, k = number of the round.</para>
/// <para>One Step is one round: all players at once play a best response to the others' averages, the lowest-numbered action among equals, and
/// avg_i ← avg_i + (response_i - avg_i) / k. The averages start uniform, which the first round forgets; they are the answer. A round that finds the averages' gap below the
/// tolerance leaves them as they are.</para>
/// <para>Deviations: the sources have one-shot games of two players, and Brown lets them move in turn as well. Here any number of players average
/// state by state, [T, S, A] with a horizon and [S, A] in a discounted game, not by how often a state is reached; nothing is proved for that.</para>
/// <para>Convergence is proved for zero-sum games of two players (robinson1951) and fails in Shapley's game (shapley1964).</para>
/// <para>A step in a discounted game takes the memory of exact best responses; with a horizon it allocates nothing.</para>
/// <para>Residual: NashConv of the averages before the round, from the initial distribution, in reward units.</para>
/// </remarks>
[Solver("fictitious_play")]
[Source("brown1951")]
[Source("robinson1951")]
public sealed class FictitiousPlay : IAlgorithm, IWarmStart
{
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly ResponseRound _round;
    private long _iteration;
    private double _weight; // rounds the averages stand for

    /// <summary>Starts at uniform averages.</summary>
    /// <param name="game">A table.</param>
    /// <param name="options">The options.</param>
    public FictitiousPlay(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        (_game, _options) = (game, options);
        _round = new ResponseRound(game);
    }

    /// <summary>The bytes of the averages, the responses and the values.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        double places = (double)game.StateCount * (game.Horizon ?? 1), responses = 2 * places * game.ActionCounts.Sum();
        double process = game.Horizon is null ? 12.0 * game.TransitionCount : 0; // one player's transitions, states and probabilities
        double bytes = (8 * (responses + (4.0 * game.StateCount) + (2.0 * game.JointActionCount))) + process;
        return (long)Math.Min(bytes, long.MaxValue / 2);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricNames => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) =>
        ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal).Add("robinson_1951", Robinson());

    /// <summary>The averages, [S, A] in a discounted game and [T, S, A] with a horizon; no values.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default) => new() { Policies = _round.ToProfile() };

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        double gap = _round.Respond(cancellationToken);
        _iteration++;
        if (!double.IsFinite(gap)) return new IterationReport(_iteration, double.NaN, IterationState.Diverged);
        if (gap < _options.Tolerance) return new IterationReport(_iteration, gap, IterationState.Converged);
        _round.Average(1 / ++_weight); // brown1951
        return new IterationReport(_iteration, gap, IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
        // There are no metrics beside the residual.
    }

    /// <summary>Takes an earlier answer's policies as the averages after one round.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        _round.Start(earlier.Policies);
        _weight = 1;
    }

    private Bound Robinson()
    {
        const string Claim = "robinson1951: in a zero-sum game of two players played once, the averages' gap goes to 0";
        if (_game.PlayerCount != 2 || _game.StateCount > 1 || _game.Horizon != 1)
            return new Bound(double.NaN, false, $"{Claim}; this is no such game.", double.NaN);
        double sum = 0;
        for (int joint = 0; joint < _game.JointActionCount; joint++) sum = Math.Max(sum, Math.Abs(_game.Rewards(0)[joint] + _game.Rewards(1)[joint]));
        return new Bound(0, sum == 0, $"{Claim}; measured: the largest sum of both rewards.", sum);
    }

    /// <summary>Options of <see cref="FictitiousPlay"/>.</summary>
    public sealed record Options
    {
        /// <summary>NashConv of the averages below which a round counts as converged, in reward units.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-3;

        /// <summary>The most rounds.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 100_000;
    }
}
