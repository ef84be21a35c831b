using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The joint actions last taken in each state: all of them, of which only the number is kept, or the last few.</summary>
internal sealed class Replay
{
    private const long MostPlaces = 1L << 27;
    private readonly int _window;
    private readonly int[] _actions; // [S, window]
    private readonly long[] _visits; // [S]

    public Replay(int states, int window)
    {
        if (window * (long)states > MostPlaces)
            throw VsgGymException.OverLimit("options.prior_window", window, $"prior_window times the {states} states must not exceed {MostPlaces}");
        _window = window;
        _actions = new int[states * window];
        _visits = new long[states];
    }

    public bool Visited(int state) => _visits[state] > 0;

    /// <summary>Adds a joint action to a state's replay.</summary>
    /// <returns>The joint action that left the window or -1, and how many are held now.</returns>
    public (int Forgotten, long Held) Add(int state, int jointAction)
    {
        long visit = _visits[state]++;
        if (_window == 0) return (-1, visit + 1);
        ref int place = ref _actions[(state * _window) + (int)(visit % _window)];
        int forgotten = visit >= _window ? place : -1;
        place = jointAction;
        return (forgotten, Math.Min(visit + 1, _window));
    }
}
