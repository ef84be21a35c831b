using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>The games of the catalog that were built last: who makes an environment after another builds its table once. Safe for many threads.</summary>
/// <remarks>Games are immutable, so that environments, solves and runs share them. Few are kept, for a table may be large.</remarks>
internal sealed class RecentGames
{
    private const int Kept = 4;

    private readonly List<(string Id, string Options, Game Game)> _games = []; // the latest first
    private readonly Lock _lock = new();

    /// <summary>A game built before under these options, or a new one.</summary>
    /// <param name="id">The game's id.</param>
    /// <param name="options">Its options, resolved.</param>
    /// <param name="build">Builds it; its faults are the caller's.</param>
    public Game GetOrBuild(string id, string options, Func<Game> build)
    {
        lock (_lock)
        {
            int place = _games.FindIndex(game => game.Id == id && game.Options == options);
            if (place >= 0)
            {
                var found = _games[place];
                _games.RemoveAt(place);
                _games.Insert(0, found);
                return found.Game;
            }
        }

        var built = build(); // outside the lock: others need not wait for a large table
        lock (_lock)
        {
            _games.Insert(0, (id, options, built));
            if (_games.Count > Kept) _games.RemoveAt(Kept);
        }

        return built;
    }
}
