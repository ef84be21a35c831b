using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Plays episodes of a table: draws first state, actions and successors from one stream, and keeps time, rewards and returns.</summary>
/// <remarks>
/// A learner's step, one episode, is
/// <code>
/// for (play.Begin(); play.Goes;)
/// {
///     for (int p = 0; p &lt; players; p++) play.Act(p, policy of p at play.Place); // or play.ActTogether(...)
///     var move = play.Move();
///     target of p = play.Reward(p) + (move.Next &lt; 0 ? 0 : discount * value of p at move.Next);
/// }
/// </code>
/// The reward of the last step at time T includes what the state at time T pays. An episode of a discounted game is cut after max_steps;
/// the value of the state then reached still follows. A place is a row of a learner's tables: the state, or, where the tables depend on the
/// time, time * S + state. Nothing is allocated after the start.
/// </remarks>
internal sealed class TabularPlay
{
    /// <summary>The most steps of an episode: a solve can stop between episodes only, and a stop or deadline must be seen soon.</summary>
    public const int MostSteps = 100_000;

    private readonly StochasticGame _game;
    private readonly int _last; // time of the last step
    private readonly bool _perTime;
    private readonly int[] _actions; // [N]
    private readonly double[] _rewards; // [N]
    private readonly double[] _returns; // [N]
    private RandomStream _random;

    /// <summary>Prepares play; no episode has begun.</summary>
    /// <param name="solver">The id of the solver that plays, for the refusal.</param>
    /// <param name="game">A table.</param>
    /// <param name="maxSteps">Steps after which an episode of a discounted game is cut, in [1, <see cref="MostSteps"/>].</param>
    /// <param name="perTime">Whether places depend on the time; only with a horizon.</param>
    /// <param name="random">The stream of the play alone.</param>
    /// <exception cref="VsgGymException">The horizon exceeds <see cref="MostSteps"/>.</exception>
    public TabularPlay(string solver, StochasticGame game, int maxSteps, bool perTime, RandomStream random)
    {
        if (game.Horizon > MostSteps)
            throw VsgGymException.OverLimit("horizon", game.Horizon, $"{solver} plays whole episodes, so the horizon must not exceed {MostSteps}");
        (_game, _perTime, _random) = (game, perTime, random);
        _last = (game.Horizon ?? maxSteps) - 1;
        (_actions, _rewards, _returns) = (new int[game.PlayerCount], new double[game.PlayerCount], new double[game.PlayerCount]);
    }

    /// <summary>The state the episode is in, -1 when it is over.</summary>
    public int State { get; private set; } = -1;

    /// <summary>Steps taken in this episode.</summary>
    public int Time { get; private set; }

    /// <summary>Whether another step is to be played.</summary>
    public bool Goes => State >= 0;

    /// <summary>The row of a learner's tables that belongs to the present state and time.</summary>
    public int Place => PlaceOf(State);

    /// <summary>Each player's undiscounted return of the episode so far, [N].</summary>
    public ReadOnlySpan<double> Returns => _returns;

    /// <summary>How many places a learner's tables need.</summary>
    /// <param name="game">The table.</param>
    /// <param name="perTime">Whether places depend on the time.</param>
    public static long CountPlaces(StochasticGame game, bool perTime) => (perTime ? game.Horizon ?? 1L : 1L) * game.StateCount;

    /// <summary>A player's reward of the last step.</summary>
    public double Reward(int player) => _rewards[player];

    /// <summary>A player's action of the last step.</summary>
    public int Action(int player) => _actions[player];

    /// <summary>Draws the first state of a new episode.</summary>
    public void Begin()
    {
        State = Simplex.Sample(_game.Initial, _random.NextDouble());
        Time = 0;
        Array.Clear(_returns);
    }

    /// <summary>Draws a player's action; the players draw in any fixed order.</summary>
    /// <param name="player">Which.</param>
    /// <param name="policy">[A], a distribution over legal actions.</param>
    public void Act(int player, ReadOnlySpan<double> policy) => _actions[player] = Simplex.Sample(policy, _random.NextDouble());

    /// <summary>Draws everyone's actions from a joint distribution.</summary>
    /// <param name="distribution">[J], over legal joint actions.</param>
    public void ActTogether(ReadOnlySpan<double> distribution)
    {
        int joint = Simplex.Sample(distribution, _random.NextDouble());
        for (int p = 0; p < _actions.Length; p++) _actions[p] = _game.ActionOf(p, joint);
    }

    /// <summary>Pays for the drawn actions and draws the successor.</summary>
    public TabularMove Move()
    {
        int place = Place, joint = _game.JointAction(_actions), row = (State * _game.JointActionCount) + joint;
        int start = _game.RowStarts[row], count = _game.RowStarts[row + 1] - start;
        int next = count == 0 ? -1 : _game.NextStates[start + Simplex.Sample(_game.Probabilities.Slice(start, count), _random.NextDouble())];
        bool isLast = Time == _last, atHorizon = isLast && _game.Horizon is not null;
        for (int p = 0; p < _rewards.Length; p++)
        {
            _rewards[p] = _game.Rewards(p)[row] + (atHorizon && next >= 0 ? _game.TerminalRewards(p)[next] : 0);
            _returns[p] += _rewards[p];
        }

        Time++;
        State = isLast ? -1 : next;
        return new TabularMove(place, joint, next < 0 || atHorizon ? -1 : PlaceOf(next));
    }

    private int PlaceOf(int state) => _perTime ? (Time * _game.StateCount) + state : state;
}
