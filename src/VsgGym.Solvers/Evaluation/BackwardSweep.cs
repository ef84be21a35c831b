using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>A state's value from the player's action values and policy there.</summary>
/// <param name="state">s.</param>
/// <param name="q">[A_i]; what illegal actions hold means nothing.</param>
/// <param name="policy">[A_i].</param>
internal delegate double StateValue(int state, ReadOnlySpan<double> q, ReadOnlySpan<double> policy);

/// <summary>One player's values in a game with a horizon, one time after the other from time T back to 0, in two rows of memory.</summary>
internal sealed class BackwardSweep
{
    private readonly StochasticGame _game;
    private readonly PolicyProfile _policies;
    private readonly int _player;
    private readonly StateValue _value;
    private readonly double[] _payoffs; // [J]
    private readonly double[] _scratch; // [J]
    private readonly double[] _q; // [A]
    private readonly bool _stationary;
    private double[][] _blocks; // [N][S * A]
    private double[] _next; // [S]

    /// <summary>Starts at time T with the terminal rewards.</summary>
    /// <param name="game">A table with a horizon.</param>
    /// <param name="policies">What everyone plays.</param>
    /// <param name="player">i.</param>
    /// <param name="value">What becomes of a state's action values.</param>
    public BackwardSweep(StochasticGame game, PolicyProfile policies, int player, StateValue value)
    {
        (_game, _policies, _player, _value, Time) = (game, policies, player, value, game.Horizon!.Value);
        (Values, _next) = (game.TerminalRewards(player).ToArray(), new double[game.StateCount]);
        (_payoffs, _scratch, _q) = (new double[game.JointActionCount], new double[game.JointActionCount], new double[game.ActionCounts[player]]);
        _stationary = policies.Policies.All(policy => policy.Times == 1);
        _blocks = BackwardInduction.At(policies, Time - 1);
    }

    /// <summary>The time that <see cref="Values"/> are of.</summary>
    public int Time { get; private set; }

    /// <summary>The values of every state, [S].</summary>
    public double[] Values { get; private set; }

    /// <summary>Goes back by one time; false at time 0.</summary>
    public bool MoveBack(CancellationToken cancellationToken)
    {
        if (Time == 0) return false;
        Time--;
        if (!_stationary) _blocks = BackwardInduction.At(_policies, Time);
        (Values, _next) = (_next, Values);
        for (int s = 0; s < Values.Length; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Continuation.Fill(_game, _player, s, _next, _payoffs);
            Expectation.Over(_game, _player, s, _blocks, _payoffs, _scratch, _q);
            Values[s] = _value(s, _q, _blocks[_player].AsSpan(s * _q.Length, _q.Length));
        }

        return true;
    }

    /// <summary>Goes back to time 0 and gives its values, [S].</summary>
    public double[] Run(CancellationToken cancellationToken)
    {
        while (MoveBack(cancellationToken))
        {
            // Each call is one time.
        }

        return Values;
    }
}
