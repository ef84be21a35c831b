using System.Runtime.InteropServices;

namespace VsgGym.Client;

/// <summary>The reusable bytes of a step's actions: seat after seat, an int32 [B] or a float32 [B, n].</summary>
internal sealed class ActionBuffer
{
    private readonly SeatTable _seats;
    private readonly int[] _offsets;
    private readonly byte[] _bytes;

    public ActionBuffer(SeatTable seats, int copies)
    {
        _seats = seats;
        _offsets = new int[seats.Count + 1];
        for (int p = 0; p < seats.Count; p++)
            _offsets[p + 1] = checked(_offsets[p] + (copies * sizeof(int) * (seats[p].Action is BoxSpace box ? box.Length : 1)));
        _bytes = new byte[_offsets[^1]];
    }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public Span<int> Discrete(Seat player)
    {
        int place = player.Place(_seats);
        if (_seats[place].Action is not DiscreteSpace)
            throw ErrorDecoder.Invalid($"actions.{_seats[place].Name}", "int32", "this seat acts in a box of float32: use BoxActions", "wrong_type");
        return MemoryMarshal.Cast<byte, int>(Of(place));
    }

    public Span<float> Box(Seat player)
    {
        int place = player.Place(_seats);
        if (_seats[place].Action is not BoxSpace)
            throw ErrorDecoder.Invalid($"actions.{_seats[place].Name}", "float32", "this seat acts by whole numbers of int32: use Actions", "wrong_type");
        return MemoryMarshal.Cast<byte, float>(Of(place));
    }

    /// <summary>Copies a seat's actions in; their number must be right.</summary>
    public void Set<T>(Seat player, ReadOnlySpan<T> actions, Span<T> target)
    {
        if (actions.Length != target.Length)
            throw ErrorDecoder.Invalid($"actions.{_seats[player.Place(_seats)].Name}", $"{actions.Length} numbers", $"must have {target.Length}", "wrong_shape");
        actions.CopyTo(target);
    }

    private Span<byte> Of(int place) => _bytes.AsSpan(_offsets[place], _offsets[place + 1] - _offsets[place]);
}
