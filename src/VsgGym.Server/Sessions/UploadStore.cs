using System.Security.Cryptography;
using Google.Protobuf;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Callers' games by the hash of their content; the same content gets the same id and is kept once. Thread-safe.</summary>
/// <param name="most">The most games kept, at least 1.</param>
/// <param name="mostBytes">The most bytes of content kept in all.</param>
internal sealed class UploadStore(int most, long mostBytes)
{
    /// <summary>How the id of an uploaded game starts.</summary>
    public const string Prefix = "upload-";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Game Game, Proto.GameSpec Content)> _games = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>How many games are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _games.Count;
        }
    }

    /// <summary>The start of the SHA-256 of a game's content, 24 hexadecimal digits.</summary>
    /// <param name="spec">A game given in full.</param>
    public static string HashOf(Proto.GameSpec spec) => Convert.ToHexStringLower(SHA256.HashData(spec.ToByteArray()).AsSpan(0, 12));

    /// <summary>Keeps a game that was built without fault; the same content is kept once.</summary>
    /// <param name="spec">The content.</param>
    /// <param name="build">Builds the game; runs only where the content is new.</param>
    /// <returns>The id.</returns>
    /// <exception cref="VsgGymException">The game is at fault, or the store is full.</exception>
    public string Add(Proto.GameSpec spec, Func<Game> build)
    {
        string id = Prefix + HashOf(spec);
        lock (_gate)
        {
            if (_games.ContainsKey(id)) return id;
            CheckRoom(spec);
        }

        var game = build(); // slow for a large table, so outside the lock; another caller may have been faster
        lock (_gate)
        {
            if (_games.ContainsKey(id)) return id;
            CheckRoom(spec);
            _games.Add(id, (game, spec));
            _bytes += spec.CalculateSize();
        }

        return id;
    }

    /// <summary>An uploaded game and what it was built from, or null.</summary>
    public (Game Game, Proto.GameSpec Content)? Find(string id)
    {
        lock (_gate) return _games.TryGetValue(id, out var kept) ? kept : null;
    }

    private void CheckRoom(Proto.GameSpec spec)
    {
        if (_games.Count >= most)
            throw VsgGymException.OverLimit("uploads", most, $"the server keeps at most {most} uploaded games (--max-uploads); send the game with each request instead", "full");
        if (_bytes + spec.CalculateSize() > mostBytes)
            throw VsgGymException.OverLimit("uploads", $"{spec.CalculateSize()} bytes", $"the server keeps at most {mostBytes} bytes of uploaded games and holds {_bytes}; send the game with each request instead", "full");
    }
}
