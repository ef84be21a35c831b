using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>MGE-FB: exploring agents who know where the others may be, not where they are, over a horizon: forward occupancies, backward values.</summary>
/// <remarks>
/// <para>Notation: beta = inverse temperature, T = horizon, tau = time, x = a player's own place, O_j^tau(x) = probability that j is there, Q_i^tau(x_i,
/// a_i), pi_i proportional to exp(beta Q_i), mu = interaction weights.</para>
/// <para>One Step is one forward pass of all occupancies under the present policies and one backward pass Q_i^tau ← B_i(O_-i^tau, Q_i^(tau+1)), all
/// players from the same occupancies, started at Q = 0.</para>
/// <para>Which games: those whose players move on places of their own, start independently and meet only in the rewards, R_i = own_i(x_i,
/// a_i) + sum over j of meeting_ij(x_i, a_i, x_j, a_j). The states must be numbered in mixed radix over the places, the first player
/// slowest, or the option `places` names them. All of it is checked against every row, and other games are refused.
/// Psi(O_-i) = - sum mu_j O_j(x_i) is the sum with meeting_ij = -1 where both share a cell, else 0; a meeting may also depend on both actions, such as
/// sharing the cell moved to, and is then an expectation over O_j pi_j.</para>
/// <para>The split of R_i, which the source has in two parts and a table as one number: m_j = (x_j, a_j) = a place and a legal action there, m_j^0 = the first of j's, d_ij(m_i, m_j) =
/// R_i(m_i, m_j) - R_i(m_i, m_j^0) with all third players at theirs, u_ij(m_i) = the most frequent number among d_ij(m_i, m_j) of all m_j, the largest of equally
/// frequent ones. Then own_i(m_i) = R_i(m_i, m^0) + sum over j of u_ij(m_i), and the meeting of i with j is d_ij - u_ij: own is what i gets while every other does
/// the usual, and mu_j weighs the unusual alone. R_F is split in the same way over places. With all mu_j = 1 the split changes nothing but the numbers of
/// mge_theorem_3. A row in which the parts miss the reward by more than 1e-9, or 1e-9 of the player's largest reward, is refused.</para>
/// <para>Deviations from Algorithm 3: V^T = R_F as under Eq. (10) (line 4 prints Q^(T+1)); rewards at the end may depend on meetings, through O^T; the damping of Eq. (14), other value operators, and a test of convergence in
/// place of K; illegal actions have probability 0.</para>
/// <para>The answer: policies that depend on time and own place, the same in all joint states with that place; values, [T + 1, S], of the own
/// place, expected over where the others may be, so not those of the joint state. Arrays: occupancy.PLAYER, [T + 1, X], and
/// places.PLAYER, [S], each joint state's place of the player, in [0, X).</para>
/// <para>Residual: max |B_i(O_-i, Q_i) - Q_i| over all times and action values before the move, whatever the damping.</para>
/// </remarks>
[Solver("mge_fb")]
[Source("mge", "Algorithm 3")]
public sealed class MgeFb : IAlgorithm, IWarmStart
{
    private const long MostNumbers = 1L << 28;
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly OccupancyPlayers _players;
    private readonly int _horizon;
    private long _iteration;

    /// <summary>Finds or checks the places and starts at Q = 0.</summary>
    /// <param name="game">A table with a horizon whose players move on places of their own.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Checked while the game is read.</param>
    /// <exception cref="VsgGymException">The game is discounted, too large or not of this kind, or an option does not fit it.</exception>
    public MgeFb(StochasticGame game, Options options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        _horizon = game.Horizon ?? throw VsgGymException.Invalid("solver", "mge_fb", $"needs a game with a horizon and this one has discount {VsgGymException.Show(game.Discount)}; use mge_i", "wrong_horizon");
        long widest = game.ActionCounts.Max();
        if ((_horizon + 1L) * game.StateCount * widest > MostNumbers)
            throw VsgGymException.OverLimit("horizon", _horizon, $"the tables of all times do not fit: (horizon + 1) * {game.StateCount} states * {widest} actions must not exceed {MostNumbers}", "game_too_large");
        var faults = new FaultList();
        options.Check(game, faults);
        faults.ThrowIfAny();
        (_game, _options) = (game, options);
        var places = PlaceGame.Read(game, options.Places?.Select(row => row.ToArray()).ToArray(), cancellationToken);
        double[] weights = [.. options.InteractionWeights ?? [.. game.Players.Select(_ => 1.0)]];
        _players = new OccupancyPlayers(game, places, weights, options, cancellationToken);
    }

    /// <summary>The bytes that the tables will take, at most.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        double actions = game.ActionCounts.Sum(count => (double)count), times = (game.Horizon ?? 0) + 1.0;
        double numbers = times * game.StateCount * ((2 * actions) + (3.0 * game.PlayerCount));
        return (long)Math.Min((sizeof(double) * numbers) + MeetingRewards.EstimateBytes(game), long.MaxValue / 2);
    }

    /// <summary>Starts at Q = B of the earlier policies, averaged over the joint states of each place.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        _players.Adopt(earlier, cancellationToken);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricNames => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal)
        .Add("mge_theorem_3", _players.Theorem3());

    /// <summary>The policies [T, S, A], values [T + 1, S] and occupancies of the present action values.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default) => _players.Answer();

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        double residual = _players.Sweep(_options.Damping, cancellationToken);
        var state = double.IsNaN(residual) ? IterationState.Diverged : residual < _options.Tolerance ? IterationState.Converged : IterationState.Running;
        return new IterationReport(++_iteration, residual, state);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
        // There are no metrics beside the residual.
    }

    /// <summary>Options of <see cref="MgeFb"/>.</summary>
    public sealed record Options : ExploringOptions
    {
        /// <summary>mu_j, one number per player, which multiplies what every other player gets for meeting that one; null for the game's own rewards, 1 each.</summary>
        [Range(0d, 1e6)]
        public IReadOnlyList<double>? InteractionWeights { get; init; }

        /// <summary>Each player's own place in every state, [players][states], numbered from 0; null for states that are numbered in mixed radix over them, the first player slowest.</summary>
        public IReadOnlyList<IReadOnlyList<int>>? Places { get; init; }

        internal void Check(StochasticGame game, FaultList faults)
        {
            if (InteractionWeights is { } weights && weights.Count != game.PlayerCount)
                faults.Add("options.interaction_weights", weights.Count, $"one weight per player, {game.PlayerCount}, is needed", "wrong_shape");
            if (Places is not { } places) return;
            if (places.Count != game.PlayerCount) faults.Add("options.places", places.Count, $"one list of places per player, {game.PlayerCount}, is needed", "wrong_shape");
            for (int p = 0; p < places.Count; p++)
            {
                string path = $"options.places[{p}]";
                if (places[p].Count != game.StateCount) faults.Add(path, places[p].Count, $"one place per state, {game.StateCount}, is needed", "wrong_shape");
                else if (!places[p].Distinct().Order().SequenceEqual(Enumerable.Range(0, places[p].Distinct().Count()))) faults.Add(path, $"[{string.Join(", ", places[p].Take(20))}]", "places must be numbered from 0 without gaps", "out_of_range");
            }
        }
    }
}
