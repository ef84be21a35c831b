using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Online MMCE-IRL: the players' rewards, and their policies, from watching them play, by multi-agent maximum causal entropy.</summary>
/// <remarks>
/// <para>Notation: F_i(x, a_i) = features, R_i = theta_i F_i = recovered reward, E^[F_i] = mean feature sum of the episodes seen, E[F_i] = expectation under
/// the policies of the present rewards, rho = learning rate, B = bound.</para>
/// <para>One Step is one more episode seen, where one is left, the maximum causal entropy policies of the present rewards, and theta_i ← Project
/// onto |theta_i| at most B of (theta_i + rho (E^[F_i] - E[F_i])), started at theta = 0. Rewards of `known_players` are the game's own and stay (the printed
/// algorithm is run by a player who knows its own).</para>
/// <para>Whom it watches: the logged `play`; else the game's own rewards' exploring players, with `expert_operator` values, in `expert_episodes`
/// drawn episodes, or with 0 of them in exact expectation. Nothing else of the rewards of players who are not known is read.</para>
/// <para>Deviations from Algorithm 4: line 9 prints theta - rho (E^[F] - E[F]), which walks away from what was seen, for Theorem 5's
/// gradient is that of the likelihood, to be climbed (that of the dual, to be descended, is E[F] - E^[F]); the mean over episodes in place of the
/// sum in line 3, so that both sides have one unit; line 6 by maximum causal entropy (log-sum-exp values), whose gradient this is; feature
/// sums discounted where the game is.</para>
/// <para>Theorem 5 holds with the others' policies given: it leaves out what theta_i does to them. So what is found is where every player's own
/// condition holds, E[F_i] = E^[F_i], not a minimum of one function. The sums of drawn or logged episodes are in general no policy's: then
/// theta walks on to its bound, at a residual that says how far they are, while the policies stay.</para>
/// <para>The answer: policies and soft values of the recovered rewards. Arrays: reward.PLAYER, [S, A], and theta.PLAYER, [K]. A reward is
/// recovered up to what leaves the policies as they are, a constant for example.</para>
/// <para>Residual: the largest |step of theta| / rho, which inside the bound is max |E^[F_i] - E[F_i]|; converged only when all episodes were seen and the policies' own sweeps have settled.</para>
/// </remarks>
[Solver("mmce_irl")]
[Source("mge", "Algorithm 4, Theorem 5")]
public sealed class MmceIrl : IAlgorithm, IWarmStart
{
    private const int MostSweeps = 20_000; // of one set of policies
    private const double SweepTolerance = 1e-11;
    private readonly StochasticGame _game;
    private readonly MmceIrlOptions _options;
    private readonly WorkCrew _crew;
    private readonly EntropyPlay _play;
    private readonly FeatureRows[] _features;
    private readonly FeatureSums _sums;
    private readonly bool[] _known; // [N]
    private readonly double[][] _theta; // [N][K]
    private readonly double[][] _seen; // [N][K], E^[F], or its sum while episodes come in
    private readonly double[][] _expected; // [N][K]
    private double[][]? _expert; // policies of the watched players, where they are simulated
    private RandomStream _random;
    private int _episodes;
    private long _iteration;

    /// <summary>Starts at theta = 0.</summary>
    /// <param name="game">A table, with a horizon or discounted.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its fork "expert" draws the episodes that are watched.</param>
    /// <param name="crew">Who shares the sweeps; null for the caller's thread alone.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">An option does not fit the game; every fault is listed.</exception>
    public MmceIrl(StochasticGame game, MmceIrlOptions options, RandomStream random, WorkCrew? crew = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        var faults = new FaultList();
        options.Check(game, faults);
        faults.ThrowIfAny();
        (_game, _options, _random, _crew) = (game, options, random.Fork("expert"), crew ?? WorkCrew.Alone());
        _known = [.. game.Players.Select(player => options.KnownPlayers?.Contains(player) ?? false)];
        _play = new EntropyPlay(UnpaidGames.Create(game, _known, cancellationToken), options.InverseTemperature, ValueOperator.LogSumExp, _crew);
        _features = [.. game.Players.Select((_, p) => options.FeatureRows is { } rows ? FeatureRows.Of(rows[p]) : FeatureRows.Of(game, p, options.Features))];
        _sums = new FeatureSums(game, _features);
        double[][] Vectors() => [.. _features.Select(features => new double[features.Count])];
        (_theta, _seen, _expected) = (Vectors(), Vectors(), Vectors());
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, MmceIrlOptions options)
    {
        ArgumentNullException.ThrowIfNull(game);
        double rows = game.StateCount * (double)game.JointActionCount, own = game.StateCount * game.ActionCounts.Sum(count => (double)count);
        double unpaid = (sizeof(double) * rows * game.PlayerCount) + (16.0 * game.TransitionCount) + (sizeof(int) * rows);
        return (long)Math.Min((2 * EntropyPlay.EstimateBytes(game)) + unpaid + (80 * own), long.MaxValue / 2);
    }

    /// <summary>Starts at the theta of an earlier answer of this method with the same features; other answers leave theta = 0.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        double[]?[] found = [.. _theta.Select((theta, p) => _known[p] ? null : EarlierAnswer.Numbers(earlier, $"theta.{_game.Players[p]}", [theta.Length]))];
        for (int p = 0; p < _theta.Length; p++) found[p]?.CopyTo(_theta[p], 0);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <summary>"episodes": how many have been seen.</summary>
    public IReadOnlyList<string> MetricNames { get; } = ["episodes"];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary<string, Bound>.Empty;

    /// <summary>The policies and soft values of the rewards before the last move of theta, and both.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        if (_iteration == 0) _play.WriteUnsettled();
        var answer = EntropyAnswer.Of(_game, _play);
        var arrays = answer.Arrays.ToBuilder();
        for (int p = 0; p < _theta.Length; p++)
        {
            if (_known[p]) continue;
            var reward = new double[_game.StateCount * _game.ActionCounts[p]];
            _features[p].Rewards(_theta[p], reward);
            arrays.Add($"reward.{_game.Players[p]}", new ShapedArray(reward, _game.StateCount, _game.ActionCounts[p]));
            arrays.Add($"theta.{_game.Players[p]}", new ShapedArray([.. _theta[p]], _theta[p].Length));
        }

        return answer with { Arrays = arrays.ToImmutable() };
    }

    private int Episodes => _options.Play?.Count ?? _options.ExpertEpisodes;

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        for (int p = 0; p < _theta.Length; p++)
            if (!_known[p]) _features[p].Rewards(_theta[p], _play.Bonus[p]); // mge Algorithm 4, line 4
        _play.Restart();
        bool settled = _play.Settle(_options.Damping, SweepTolerance, MostSweeps, cancellationToken); // line 6
        _sums.Expect(_play.Policies, _expected, cancellationToken); // line 8
        double residual = 0;
        for (int p = 0; p < _theta.Length; p++)
        {
            double move = _known[p] ? 0 : Climb(_theta[p], _seen[p], _expected[p]);
            residual = move > residual || double.IsNaN(move) ? move : residual;
        }

        if (!double.IsFinite(residual)) return new IterationReport(++_iteration, residual, IterationState.Diverged);
        bool done = settled && residual < _options.Tolerance && _episodes == Episodes;
        return new IterationReport(++_iteration, residual, done ? IterationState.Converged : IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics) => metrics[0] = _episodes;

    // One more episode into the mean, lines 2 and 3.
    private void Watch(CancellationToken cancellationToken)
    {
        if (_options.Play is null && _expert is null)
        {
            var expert = new EntropyPlay(_game, _options.InverseTemperature, _options.ExpertOperator, _crew);
            expert.Settle(_options.Damping, SweepTolerance, MostSweeps * (_game.Horizon ?? 1), cancellationToken);
            _expert = expert.Policies;
            if (Episodes == 0) _sums.Expect(_expert, _seen, cancellationToken);
        }

        if (_episodes == Episodes) return;
        Scale(_episodes);
        if (_options.Play is { } play) _sums.Log(play[_episodes], _seen);
        else _sums.Draw(_expert!, ref _random, _seen);
        Scale(1.0 / ++_episodes);
    }

    private void Scale(double factor)
    {
        foreach (double[] seen in _seen)
            for (int k = 0; k < seen.Length; k++) seen[k] *= factor;
    }

    // Line 9 with the sign of the gradient; gives the largest |move| / rate.
    private double Climb(double[] theta, double[] seen, double[] expected)
    {
        double square = 0, largest = 0;
        for (int k = 0; k < theta.Length; k++)
        {
            double moved = theta[k] + (_options.LearningRate * (seen[k] - expected[k])); // mge Theorem 5
            square += moved * moved;
        }

        double scale = square > _options.Bound * _options.Bound ? _options.Bound / Math.Sqrt(square) : 1; // the projection
        for (int k = 0; k < theta.Length; k++)
        {
            double moved = scale * (theta[k] + (_options.LearningRate * (seen[k] - expected[k])));
            double step = Math.Abs(moved - theta[k]) / _options.LearningRate;
            largest = step > largest || double.IsNaN(step) ? step : largest;
            theta[k] = moved;
        }

        return largest;
    }
}
