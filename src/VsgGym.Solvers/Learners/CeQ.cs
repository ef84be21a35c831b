using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Correlated Q-learning: action values of joint actions, valued by a correlated equilibrium of every state.</summary>
/// <remarks>
/// <para>Notation: Q_i(s, a), sigma(s) = a correlated equilibrium of the game Q(s, .), V_i(s) = sum over a of sigma(a | s) Q_i(s, a), gamma = discount. Which
/// equilibrium is the option objective: utilitarian, egalitarian, republican or libertarian, the paper's uCE-Q, eCE-Q, rCE-Q and lCE-Q.</para>
/// <para>One Step is one episode; after each transition Q_i(s, a) ← Q_i(s, a) + learning_rate (r_i + gamma V_i(s') - Q_i(s, a)) for every
/// player. Below epsilon 1 a joint action is drawn from sigma, or with probability epsilon at random.</para>
/// <para>A discounted game is learned as printed. With a horizon the discount is 1, the reward at time T enters the last target, and values
/// are those of an average time unless per_time is set; then it is a sampled form of correlated_lp.</para>
/// <para>Libertarian: each player plays its own part of its own best equilibrium, so sigma is the product of those parts, the answer is no
/// joint policy, and V_i is what that product gives.</para>
/// <para>Deviations: the paper multiplies rewards by 1 - gamma, so that values are averages of a step; here they are returns, which is the same
/// iteration in other units, and the only one that makes sense at discount 1. Where several equilibria are equally good, the vertex that the
/// linear program finds. The schedules of learning rate and epsilon are ours, not the paper's.</para>
/// <para>It may cycle or never settle in general-sum games, and it never claims to have converged.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("ce_q", Concept = "correlated")]
[Source("greenwald2003")]
public sealed class CeQ : StageLearner
{
    private readonly Options _options;
    private readonly CorrelatedStage _stage;
    private readonly double[] _joint; // [places, J], of the solutions
    private readonly double[] _playedJoint; // [J]

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">A schedule leaves its range, the horizon does not fit, or the linear program of a state is too large.</exception>
    public CeQ(StochasticGame game, Options options, RandomStream random, CancellationToken cancellationToken = default)
        : base("ce_q", CorrelatedStage.Checked(game), options, random, cancellationToken)
    {
        (_options, _stage) = (options, new CorrelatedStage(game, cancellationToken));
        _joint = new double[checked(Places * game.JointActionCount)];
        _playedJoint = new double[game.JointActionCount];
        for (int place = 0; place < Places; place++) CorrelatedStage.FillUniform(game, place % game.StateCount, Solved(place), cancellationToken);
    }

    /// <summary>The bytes of the tables.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        double tables = EstimateBytes(game, options, NumbersPerPlace(game, options) + game.JointActionCount);
        return (long)Math.Min(tables + CorrelatedStage.EstimateBytes(game), long.MaxValue / 2);
    }

    private protected override bool ActsTogether => Epsilon < 1 && _options.Objective != CorrelatedObjective.Libertarian;

    private protected override ReadOnlySpan<double> JointPolicy(int place)
    {
        Refresh(place);
        CorrelatedStage.FillUniform(Game, place % Game.StateCount, _playedJoint, Cancellation);
        var solved = Solved(place);
        for (int a = 0; a < solved.Length; a++) _playedJoint[a] = ((1 - Epsilon) * solved[a]) + (Epsilon * _playedJoint[a]);
        return _playedJoint;
    }

    private protected override bool SolveStage(int place, ReadOnlySpan<double> payoffs, Span<double> values, double[][] policies, CancellationToken cancellationToken)
    {
        var joint = Solved(place);
        if (!_stage.Solve(place % Game.StateCount, payoffs, _options.Objective, joint, cancellationToken)) return false;
        _stage.Values.CopyTo(values);
        for (int p = 0; p < policies.Length; p++)
        {
            var own = policies[p].AsSpan(place * Game.ActionCounts[p], Game.ActionCounts[p]);
            own.Clear();
            for (int a = 0; a < joint.Length; a++)
                if (joint[a] != 0) own[Game.ActionOf(p, a)] += joint[a];
        }

        return true;
    }

    private protected override PolicyProfile Profile()
    {
        for (int place = 0; place < Places; place++) RefreshInTime(place);
        if (_options.Objective == CorrelatedObjective.Libertarian) return base.Profile();
        return PolicyProfile.Correlated(Game, new TabularPolicy([.. _joint], Places / Game.StateCount, Game.StateCount, Game.JointActionCount));
    }

    private Span<double> Solved(int place) => _joint.AsSpan(place * Game.JointActionCount, Game.JointActionCount);

    /// <summary>Options of <see cref="CeQ"/>.</summary>
    public sealed record Options() : StageOptions(10_000)
    {
        /// <summary>Which equilibrium: utilitarian, egalitarian, republican or libertarian.</summary>
        public CorrelatedObjective Objective { get; init; } = CorrelatedObjective.Utilitarian;
    }
}
