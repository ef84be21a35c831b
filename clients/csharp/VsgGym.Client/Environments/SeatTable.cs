namespace VsgGym.Client;

/// <summary>The caller's seats by name.</summary>
internal sealed class SeatTable(IReadOnlyList<PlayerInfo> players)
{
    private readonly Dictionary<string, int> _places =
        players.Select((player, place) => (player.Name, place)).ToDictionary(p => p.Name, p => p.place, StringComparer.Ordinal);

    public int Count => players.Count;

    public PlayerInfo this[int place] => players[place];

    /// <exception cref="InvalidArgumentException">No such seat.</exception>
    public int Find(Seat seat) => seat.Name is { } name && _places.TryGetValue(name, out int place)
        ? place
        : throw ErrorDecoder.Invalid("player", seat.ToString(), $"must be one of your seats: {string.Join(", ", _places.Keys)}", "unknown_player");
}
