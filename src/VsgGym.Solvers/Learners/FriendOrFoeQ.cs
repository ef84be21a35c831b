using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Friend-or-foe Q-learning: each player values a state as if the others helped it, or as if they were all against it.</summary>
/// <remarks>
/// <para>Notation: Q_i(s, a), gamma = discount. Friends: V_i(s) = max over a of Q_i(s, a). Foes: V_i(s) = max over pi_i of min over a_-i of
/// sum over a_i of pi_i(a_i) Q_i(s, a), a matrix game against the others together.</para>
/// <para>One Step is one episode; after each transition Q_i(s, a) ← Q_i(s, a) + learning_rate (r_i + gamma V_i(s') - Q_i(s, a)) for every player.
/// A player with friends plays its part of the best joint action, the first of equals; one with foes its maximin strategy. Between foes in a
/// zero-sum game this is minimax-Q.</para>
/// <para>With a horizon the discount is 1, the reward at time T enters the last target, and values are those of an average time unless
/// per_time is set.</para>
/// <para>Each player learns for itself and its values converge whatever the others play, to what the premise gives. What the players then
/// play together is an equilibrium only where the premise holds: a common optimum for friends, a saddle point for foes.</para>
/// <para>Deviations: with more than two players Littman sorts the others into friends and foes; here all others are the one or the other.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("friend_or_foe_q")]
[Source("littman2001", "friend-or-foe Q-learning")]
[Source("littman1994", "minimax-Q, between foes")]
public sealed class FriendOrFoeQ : StageLearner
{
    private readonly ImmutableArray<OthersAre> _others;
    private readonly MatrixGame?[] _matrices; // [N], null for a player with friends
    private readonly double[] _payoffs; // [A_i, others] of one player over legal actions
    private readonly double[] _foes; // the others' strategy, not used
    private readonly double[][] _own; // [N][legal actions]
    private readonly int[] _legal, _legalOthers;

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">There are fewer or more entries in others than players, a schedule leaves its range, or the horizon does not fit.</exception>
    public FriendOrFoeQ(StochasticGame game, Options options, RandomStream random, CancellationToken cancellationToken = default)
        : base("friend_or_foe_q", game, options, random, cancellationToken)
    {
        int players = game.PlayerCount, joint = game.JointActionCount;
        if (options.Others.Length > 1 && options.Others.Length != players)
            throw VsgGymException.Invalid("options.others", options.Others.Length, $"must have one entry for all players or one for each of {string.Join(", ", game.Players)}", "wrong_shape");
        _others = options.Others.Length == players ? options.Others : [.. Enumerable.Repeat(options.Others[0], players)];
        _matrices = [.. game.ActionCounts.Select((actions, p) => _others[p] == OthersAre.Foes ? new MatrixGame(actions, joint / actions) : null)];
        (_payoffs, _foes) = (new double[joint], new double[joint]);
        _own = [.. game.ActionCounts.Select(actions => new double[actions])];
        (_legal, _legalOthers) = (new int[game.ActionCounts.Max()], new int[joint]);
    }

    /// <summary>The bytes of the tables.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        double tables = EstimateBytes(game, options, NumbersPerPlace(game, options)), joint = game.JointActionCount;
        return (long)Math.Min(tables + (3 * sizeof(double) * joint) + game.ActionCounts.Sum(actions => MatrixGame.EstimateBytes(actions, joint / actions)), long.MaxValue / 2);
    }

    private protected override bool SolveStage(int place, ReadOnlySpan<double> payoffs, Span<double> values, double[][] policies, CancellationToken cancellationToken)
    {
        int joint = Game.JointActionCount, state = place % Game.StateCount;
        for (int p = 0; p < Game.PlayerCount; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var policy = policies[p].AsSpan(place * Game.ActionCounts[p], Game.ActionCounts[p]);
            double value = _matrices[p] is { } matrix ? Maximin(matrix, p, state, payoffs.Slice(p * joint, joint), policy, cancellationToken) : Best(p, state, payoffs.Slice(p * joint, joint), policy);
            if (!double.IsFinite(value)) return false;
            values[p] = value;
        }

        return true;
    }

    private double Best(int player, int state, ReadOnlySpan<double> payoffs, Span<double> policy)
    {
        int best = -1;
        for (int a = 0; a < payoffs.Length; a++)
            if (Game.IsLegalJoint(state, a) && (best < 0 || payoffs[a] > payoffs[best])) best = a;
        policy.Clear();
        policy[Game.ActionOf(player, best)] = 1;
        return payoffs[best];
    }

    private double Maximin(MatrixGame matrix, int player, int state, ReadOnlySpan<double> payoffs, Span<double> policy, CancellationToken cancellationToken)
    {
        int own = 0, others = 0, stride = Game.Strides[player], at = 0;
        for (int a = 0; a < policy.Length; a++)
            if (Game.IsLegal(player, state, a)) _legal[own++] = a;
        for (int a = 0; a < payoffs.Length; a++) // the others' joint actions are those beside the first legal action
            if (Game.ActionOf(player, a) == _legal[0] && Game.IsLegalJoint(state, a)) _legalOthers[others++] = a - (_legal[0] * stride);
        double least = double.PositiveInfinity, largest = double.NegativeInfinity;
        for (int i = 0; i < own; i++)
            for (int j = 0; j < others; j++)
            {
                double payoff = _payoffs[at++] = payoffs[_legalOthers[j] + (_legal[i] * stride)];
                (least, largest) = (Math.Min(least, payoff), Math.Max(largest, payoff));
            }

        if (!double.IsFinite(4 * (largest - least))) return double.NaN; // differences are added in the matrix game
        double value = ValueOf(matrix, state, _payoffs.AsSpan(0, at), _own[player].AsSpan(0, own), _foes.AsSpan(0, others), cancellationToken);
        policy.Clear();
        for (int i = 0; i < own; i++) policy[_legal[i]] = _own[player][i];
        return value;
    }

    private static double ValueOf(MatrixGame matrix, int state, ReadOnlySpan<double> payoffs, Span<double> own, Span<double> foes, CancellationToken cancellationToken)
    {
        try
        {
            return matrix.Solve(payoffs, own, foes, cancellationToken);
        }
        catch (ArithmeticException error)
        {
            throw StageFault.Of(error.Message, state, payoffs);
        }
    }

    /// <summary>Options of <see cref="FriendOrFoeQ"/>.</summary>
    public sealed record Options() : StageOptions(10_000)
    {
        /// <summary>What each player takes the others for, friends or foes: one entry for all players, or one for each.</summary>
        public ImmutableArray<OthersAre> Others { get; init; } = [OthersAre.Foes];

        /// <inheritdoc/>
        public override void Validate(string path, FaultList faults)
        {
            base.Validate(path, faults);
            if (Others.IsDefaultOrEmpty) faults?.Add($"{path}.others", "[]", "must have one entry for all players or one for each", "wrong_shape");
        }
    }
}
