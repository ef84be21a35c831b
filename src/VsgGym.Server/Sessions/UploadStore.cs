using System.Security.Cryptography;
using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Games;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Callers' games by the hash of what they are; the same game gets the same id and is kept once. Thread-safe.</summary>
/// <param name="most">The most games kept, at least 1.</param>
/// <param name="mostBytes">The most bytes kept in all: of the messages, and of the tables built from them.</param>
internal sealed class UploadStore(int most, long mostBytes)
{
    /// <summary>How the id of an uploaded game starts.</summary>
    public const string Prefix = "upload-";

    private const int MostDeletedRemembered = 4096;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Kept> _games = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idOfMessage = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    private readonly Queue<string> _deletedOrder = new();
    private long _bytes;

    /// <summary>How many games are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _games.Count;
        }
    }

    /// <summary>Keeps a game that was built without fault; the same game is kept once.</summary>
    /// <param name="spec">The content.</param>
    /// <param name="build">Builds the game; does not run where the very same message has been kept.</param>
    /// <returns>The id.</returns>
    /// <exception cref="VsgGymException">The game is at fault, or the store is full.</exception>
    public string Add(Proto.GameSpec spec, Func<Game> build)
    {
        string message = Convert.ToHexStringLower(SHA256.HashData(spec.ToByteArray()));
        lock (_gate)
            if (_idOfMessage.TryGetValue(message, out string? known)) return known;
        var game = build(); // slow for a large table, so outside the lock; another caller may have been faster
        string id = Prefix + ContentHash.Of(game);
        long bytes = spec.CalculateSize() + BytesOf(game);
        lock (_gate)
        {
            if (_games.ContainsKey(id)) return id;
            CheckRoom(bytes);
            _games.Add(id, new Kept(game, spec, message, bytes));
            _idOfMessage.Add(message, id);
            _bytes += bytes;
        }

        return id;
    }

    /// <summary>An uploaded game and what it was built from, or null.</summary>
    public (Game Game, Proto.GameSpec Content)? Find(string id)
    {
        lock (_gate) return _games.TryGetValue(id, out var kept) ? (kept.Game, kept.Content) : null;
    }

    /// <summary>Every game kept, by id.</summary>
    public IReadOnlyList<Proto.Upload> List()
    {
        lock (_gate)
            return [.. _games.Select(entry => new Proto.Upload
            {
                Id = entry.Key,
                Title = (entry.Value.Game as IUploadedGame)?.Title ?? string.Empty,
                Kind = GameKind.Of(entry.Value.Game),
                Bytes = entry.Value.Content.CalculateSize(),
            })];
    }

    /// <summary>Forgets a game; whoever has it keeps it. False where there is none of that id.</summary>
    public bool Delete(string id)
    {
        lock (_gate)
        {
            if (!_games.Remove(id, out var kept)) return false;
            _idOfMessage.Remove(kept.Message);
            _bytes -= kept.Bytes;
            if (!_deleted.Add(id)) return true;
            _deletedOrder.Enqueue(id);
            if (_deletedOrder.Count > MostDeletedRemembered) _deleted.Remove(_deletedOrder.Dequeue());
            return true;
        }
    }

    /// <summary>The error that no game of an id is kept, which says whether one was deleted.</summary>
    /// <param name="path">The field of the request.</param>
    /// <param name="id">What was asked for.</param>
    public VsgGymException NotFound(string path, string id)
    {
        bool deleted;
        lock (_gate) deleted = _deleted.Contains(id);
        return deleted
            ? VsgGymException.NotFound(path, id, "this uploaded game was deleted: upload it again", "deleted_game")
            : VsgGymException.NotFound(path, id, "no uploaded game has this id; uploads last as long as the server runs: upload it again", "unknown_game");
    }

    /// <summary>What is built in memory; sparse messages, texts and edge lists may be smaller.</summary>
    private static long BytesOf(Game game)
    {
        if (game.Flow is { } graph) return (long)graph.NodeCount * graph.ActionCount * (sizeof(int) + sizeof(bool));
        if (game.Table is not { } table) return 0;
        long rows = (long)table.StateCount * table.JointActionCount;
        return (rows * ((table.PlayerCount * sizeof(double)) + sizeof(int))) + ((long)table.TransitionCount * (sizeof(int) + sizeof(double)));
    }

    private void CheckRoom(long bytes)
    {
        if (_games.Count >= most)
            throw VsgGymException.OverLimit("uploads", most, $"the server keeps at most {most} uploaded games (--max-uploads); delete one, or send the game with each request instead", "full");
        if (_bytes + bytes > mostBytes)
            throw VsgGymException.OverLimit("uploads", $"{bytes} bytes", $"the server keeps at most {mostBytes} bytes of uploaded games and holds {_bytes}; delete one, or send the game with each request instead", "full");
    }

    /// <summary>A kept game, its message's hash, and the bytes it counts for.</summary>
    private sealed record Kept(Game Game, Proto.GameSpec Content, string Message, long Bytes);
}
