using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>A learner of joint action values whose next values come from a solution of the game that the action values make of a state.</summary>
/// <remarks>
/// Q_i(s, a) ← Q_i(s, a) + learning_rate (r_i + gamma V_i(s') - Q_i(s, a)), V_i(s') the player's value of the stage's solution. The solution of a
/// place is kept until one of its action values has moved; all players' V_i(s') are read before any of them learns.
/// </remarks>
public abstract class StageLearner : PlayedSolver
{
    private readonly StageOptions _options;
    private readonly QTable _q; // [places, N * J], player by player in a row
    private readonly double[] _values; // [places, N], of the solutions
    private readonly double[][] _policies; // [N][places * A], of the solutions
    private readonly double[][] _played; // [N][A], of the place last asked for
    private readonly bool[] _isSolved; // [places]
    private readonly int[] _visits; // [places * J]; empty where the rate goes by the episode
    private double _epsilon;
    private bool _failed;

    private protected StageLearner(string solver, StochasticGame game, StageOptions options, RandomStream random, CancellationToken cancellationToken)
        : base(solver, game, options, random, "epsilon")
    {
        _options = options;
        int players = game.PlayerCount;
        _q = new QTable(Places, checked(players * game.JointActionCount));
        var init = random.Fork("init");
        _q.Draw(options.InitialScale, ref init, cancellationToken);
        _values = new double[Places * players];
        _policies = [.. game.ActionCounts.Select(actions => new double[Places * actions])];
        _played = [.. game.ActionCounts.Select(actions => new double[actions])];
        _isSolved = new bool[Places];
        _visits = options.PerVisit ? new int[checked(Places * game.JointActionCount)] : [];
        _epsilon = options.Epsilon.At(0);
        for (int p = 0; p < players; p++)
            for (int place = 0; place < Places; place++)
            {
                double share = 1.0 / Legal(p, place);
                for (int a = 0; a < game.ActionCounts[p]; a++) _policies[p][(place * game.ActionCounts[p]) + a] = game.IsLegal(p, place % game.StateCount, a) ? share : 0;
            }
    }

    /// <summary>Epsilon of the present episode.</summary>
    private protected double Epsilon => _epsilon;

    /// <summary>Numbers per place of what every such learner keeps.</summary>
    private protected static double NumbersPerPlace(StochasticGame game, StageOptions options) =>
        (game.PlayerCount * (double)game.JointActionCount) + game.PlayerCount + game.ActionCounts.Sum(actions => (double)actions) + (options.PerVisit ? .5 * game.JointActionCount : 0);

    /// <summary>Solves the game that the action values make of a place.</summary>
    /// <param name="place">Where; its state says which actions are legal.</param>
    /// <param name="payoffs">Q, [N * J], player by player.</param>
    /// <param name="values">V, [N], overwritten.</param>
    /// <param name="policies">Each player's own part is to be written to [place * A, A].</param>
    /// <param name="cancellationToken">Checked while the stage is solved; what was there before then stays, or a part of it is new.</param>
    /// <returns>False where the payoffs leave the range of numbers.</returns>
    private protected abstract bool SolveStage(int place, ReadOnlySpan<double> payoffs, Span<double> values, double[][] policies, CancellationToken cancellationToken);

    /// <summary>Brings the solution of a place up to date.</summary>
    private protected void Refresh(int place)
    {
        if (_isSolved[place]) return;
        int players = Game.PlayerCount;
        if (SolveStage(place, _q[place], _values.AsSpan(place * players, players), _policies, Cancellation)) _isSolved[place] = true;
        else _failed = true;
    }

    /// <summary>As <see cref="Refresh"/>, for an answer: where there is no time left the last solution stands.</summary>
    private protected void RefreshInTime(int place)
    {
        try
        {
            if (!Cancellation.IsCancellationRequested) Refresh(place);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // What was solved last is still there.
        }
    }

    private protected override void BeginEpisode(long episode) => _epsilon = _options.Epsilon.At(episode);

    private protected override void ReadOwnMetrics(Span<double> own) => own[0] = _epsilon;

    private protected override ReadOnlySpan<double> Policy(int player, int place)
    {
        var policy = _played[player];
        if (_epsilon < 1) Refresh(place);
        var own = Own(player, place);
        double share = _epsilon / Legal(player, place);
        for (int a = 0; a < policy.Length; a++)
            policy[a] = ((1 - _epsilon) * (_epsilon < 1 ? own[a] : 0)) + (Game.IsLegal(player, place % Game.StateCount, a) ? share : 0);
        return policy;
    }

    private protected override void Answer(int player, int place, Span<double> policy)
    {
        RefreshInTime(place);
        Own(player, place).CopyTo(policy);
    }

    private protected override double Value(int player, int place) => _values[(place * Game.PlayerCount) + player];

    private protected override void Observe(in TabularMove move)
    {
        if (move.Next >= 0) Refresh(move.Next);
        _isSolved[move.Place] = false;
    }

    private protected override double Learn(int player, in TabularMove move, double reward, double later, double learningRate)
    {
        if (_failed) return double.NaN;
        int at = (move.Place * Game.JointActionCount) + move.JointAction;
        if (_options.PerVisit)
        {
            learningRate = _options.LearningRate.At(_visits[at]);
            if (player == Game.PlayerCount - 1 && _visits[at] < int.MaxValue) _visits[at]++;
        }

        return _q.Learn(move.Place, (player * Game.JointActionCount) + move.JointAction, reward + later, learningRate);
    }

    private protected override void Start(int player, int place, EarlierPlaces answer)
    {
        answer.Fill(player, place);
        answer.JointValues.CopyTo(_q[place][(player * Game.JointActionCount)..]);
        _isSolved[place] = false;
    }

    private protected ReadOnlySpan<double> Own(int player, int place) => _policies[player].AsSpan(place * Game.ActionCounts[player], Game.ActionCounts[player]);

    private int Legal(int player, int place)
    {
        int legal = 0;
        for (int a = 0; a < Game.ActionCounts[player]; a++) legal += Game.IsLegal(player, place % Game.StateCount, a) ? 1 : 0;
        return legal;
    }
}
