using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Where the unknowns of the logit equations stand: per time, state and player the log-probabilities of its legal actions, then its
/// value.</summary>
internal sealed class LogitLayout
{
    private readonly int[] _starts; // [S * N + 1], within a time
    private readonly int[] _place; // [S * widest A * N]: a legal action's place behind its start, or -1
    private readonly int _widest;
    private readonly int _players;

    public LogitLayout(StochasticGame game)
    {
        (_players, _widest, Times, States) = (game.PlayerCount, game.ActionCounts.Max(), game.Horizon ?? 1, game.StateCount);
        _starts = new int[(States * _players) + 1];
        _place = new int[States * _players * _widest];
        Array.Fill(_place, -1);
        for (int block = 0; block < States * _players; block++)
        {
            int legal = 0, player = block % _players;
            for (int a = 0; a < game.ActionCounts[player]; a++)
                if (game.IsLegal(player, block / _players, a)) _place[(block * _widest) + a] = legal++;
            _starts[block + 1] = _starts[block] + legal + 1;
        }

        Count = Times * _starts[^1];
    }

    /// <summary>T, or 1 for a discounted game.</summary>
    public int Times { get; }

    /// <summary>S.</summary>
    public int States { get; }

    /// <summary>The number of unknowns, without lambda.</summary>
    public int Count { get; }

    /// <summary>The number of unknowns of a game; counted without overflow, before anything is made.</summary>
    public static double CountOf(StochasticGame game) => (game.Horizon ?? 1.0) * game.StateCount * game.ActionCounts.Sum(actions => actions + 1.0);

    /// <summary>The place of a player's first legal action.</summary>
    public int Start(int time, int state, int player) => (time * _starts[^1]) + _starts[(state * _players) + player];

    /// <summary>The place of a player's value.</summary>
    public int Value(int time, int state, int player) => (time * _starts[^1]) + _starts[(state * _players) + player + 1] - 1;

    /// <summary>A legal action's place behind the start, or -1 for an illegal one.</summary>
    public int Place(int state, int player, int action) => _place[(((state * _players) + player) * _widest) + action];
}
