using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Where each array of a step lies in its bytes: fixed when the environment is made.</summary>
internal sealed class StepFields
{
    private readonly (int Offset, int Bytes, Wire.DType Type)[,] _fields; // [kind, seat]; no bytes where absent

    public StepFields(Wire.MakeResponse made, SeatTable seats)
    {
        Seats = seats;
        Bytes = checked((int)made.StepBytes);
        InOrder = [.. made.Fields.Select(field => (checked((int)field.Offset), checked((int)field.Bytes)))];
        _fields = new (int, int, Wire.DType)[(int)Wire.FieldKind.Live + 1, seats.Count];
        foreach (var field in made.Fields)
        {
            if ((int)field.Kind > (int)Wire.FieldKind.Live) continue; // of a newer server
            _fields[(int)field.Kind, seats.Find(field.Player)] = (checked((int)field.Offset), checked((int)field.Bytes), field.Dtype);
        }
    }

    public SeatTable Seats { get; }

    /// <summary>Place and length of every field, in the order announced.</summary>
    public IReadOnlyList<(int Offset, int Bytes)> InOrder { get; }

    /// <summary>Bytes of a whole step.</summary>
    public int Bytes { get; }

    /// <summary>The bytes of a field; empty where the environment has none.</summary>
    /// <exception cref="InvalidArgumentException">No such seat, or the field holds another type.</exception>
    public ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> data, Wire.FieldKind kind, Seat seat, Wire.DType type, string otherwise)
    {
        var field = _fields[(int)kind, seat.Place(Seats)];
        if (field.Bytes == 0) return [];
        if (field.Type != type) throw WrongType(kind, seat, field.Type, otherwise);
        return data.Slice(field.Offset, field.Bytes);
    }

    private static InvalidArgumentException WrongType(Wire.FieldKind kind, Seat seat, Wire.DType type, string otherwise) =>
        ErrorDecoder.Invalid($"{kind}.{seat}", $"{type}", $"holds {type} elements: read it with {otherwise}", "wrong_type");
}
