namespace VsgGym.Client;

/// <summary>One of the caller's seats, by name or by its place in <see cref="BatchEnvironment.Players"/>; both convert by themselves.</summary>
/// <remarks>The place saves a dictionary look-up in hot loops.</remarks>
public readonly struct Seat
{
    private readonly int _place;

    private Seat(int place, string? name) => (_place, Name) = (place, name);

    /// <summary>The player's name; null where the place was given.</summary>
    internal string? Name { get; }

    /// <summary>A seat by its player's name.</summary>
    public static implicit operator Seat(string player)
    {
        ArgumentNullException.ThrowIfNull(player);
        return new Seat(-1, player);
    }

    /// <summary>A seat by its place, from 0.</summary>
    public static implicit operator Seat(int place) => new(place, null);

    /// <inheritdoc/>
    public override string ToString() => Name ?? _place.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal int Place(SeatTable seats) => Name is null && (uint)_place < (uint)seats.Count ? _place : seats.Find(this);
}
