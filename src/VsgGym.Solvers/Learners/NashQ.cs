using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Nash Q-learning: action values of joint actions, valued by a Nash equilibrium of every state, for two players.</summary>
/// <remarks>
/// <para>Notation: Q_i(s, a), (pi_1(s), pi_2(s)) = a Nash equilibrium of the game Q(s, .), NashQ_i(s) = pi_1(s) pi_2(s) Q_i(s), gamma = discount.</para>
/// <para>One Step is one episode; after each transition Q_i(s, a) ← (1 - learning_rate) Q_i(s, a) + learning_rate (r_i + gamma NashQ_i(s')) for
/// both players (Eq. 7 of the paper). As both see all rewards, the two tables that each keeps are one pair here.</para>
/// <para>The option selection says which equilibrium is meant where there are several: the paper's first, second and best for oneself. Of
/// the best, the players may mean different ones; each then plays its own part of its own, and values what that one pays.</para>
/// <para>Deviations: equilibria come in the order of support enumeration (small supports first), in the paper in that of the Lemke-Howson
/// method, so first and second are others where there are several; best compares the first 64. The learning rate is 100 / (100 + visits) by
/// default, which forgets the start more slowly than the paper's 1 / visits but follows moving values sooner.</para>
/// <para>With a horizon the discount is 1, the reward at time T enters the last target, and values are those of an average time unless
/// per_time is set.</para>
/// <para>Convergence is proven only where every stage game on the way has a global optimum, or every one a saddle point; it never
/// claims to have converged.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("nash_q")]
[Source("hu2003", "section 3")]
public sealed class NashQ : StageLearner
{
    private readonly NashStage _stage;

    /// <summary>Draws the start.</summary>
    /// <param name="game">A two-player table that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">There are not two players or too many actions, a schedule leaves its range, or the horizon does not fit.</exception>
    public NashQ(StochasticGame game, Options options, RandomStream random, CancellationToken cancellationToken = default)
        : base("nash_q", NashStage.Checked(game, "nash_q"), options, random, cancellationToken)
    {
        _stage = new NashStage(game, options.Selection);
    }

    /// <summary>The bytes of the tables.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        double tables = EstimateBytes(game, options, NumbersPerPlace(game, options));
        return (long)Math.Min(tables + NashStage.EstimateBytes(game, options.Selection), long.MaxValue / 2);
    }

    private protected override bool SolveStage(int place, ReadOnlySpan<double> payoffs, Span<double> values, double[][] policies, CancellationToken cancellationToken)
    {
        int rows = Game.ActionCounts[0], columns = Game.ActionCounts[1];
        return _stage.Solve(place % Game.StateCount, payoffs, values, policies[0].AsSpan(place * rows, rows), policies[1].AsSpan(place * columns, columns), cancellationToken);
    }

    /// <summary>Options of <see cref="NashQ"/>.</summary>
    public sealed record Options() : StageOptions(10_000)
    {
        /// <summary>Which equilibrium of a state is taken where there are several: first, second, or best for oneself.</summary>
        public NashSelection Selection { get; init; } = NashSelection.First;
    }
}
