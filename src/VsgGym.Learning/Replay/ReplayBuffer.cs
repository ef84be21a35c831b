using System.Runtime.InteropServices;

namespace VsgGym.Learning;

/// <summary>A ring of rows of numbers: the newest row takes the place of the oldest once it is full. Memory grows with the rows held.</summary>
internal sealed class ReplayBuffer
{
    private const int BlockRows = 1024;

    private readonly List<float[]> _blocks = [];
    private readonly int _capacity;
    private int _next;

    /// <summary>An empty ring.</summary>
    /// <param name="width">Numbers per row, at least 1.</param>
    /// <param name="capacity">The most rows, at least 1.</param>
    public ReplayBuffer(int width, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (Width, _capacity) = (width, capacity);
    }

    /// <summary>Numbers per row.</summary>
    public int Width { get; }

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for the newest row; the caller fills it.</summary>
    public Span<float> Add()
    {
        int place = _next;
        if (place / BlockRows == _blocks.Count) _blocks.Add(new float[BlockRows * Width]);
        _next = (place + 1) % _capacity;
        Count = Math.Min(Count + 1, _capacity);
        return At(place);
    }

    /// <summary>A row by its age: 0 is the newest.</summary>
    public ReadOnlySpan<float> Latest(int age)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)age, (uint)Count);
        int place = _next - 1 - age;
        return At(place < 0 ? place + _capacity : place);
    }

    /// <summary>Writes mark, sizes and rows.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Width);
        writer.Write(_capacity);
        writer.Write(Count);
        writer.Write(_next);
        for (int place = 0; place < Count; place++) writer.Write(MemoryMarshal.AsBytes(At(place)));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Load(BinaryReader reader)
    {
        if (reader.ReadInt32() != Width || reader.ReadInt32() != _capacity) throw new InvalidDataException("The replay has another shape.");
        int count = reader.ReadInt32(), next = reader.ReadInt32();
        if (count < 0 || count > _capacity || next < 0 || next >= _capacity || (count < _capacity && next != count)) throw new InvalidDataException("The replay is damaged.");
        (Count, _next) = (count, next);
        while (_blocks.Count * (long)BlockRows < count) _blocks.Add(new float[BlockRows * Width]);
        for (int place = 0; place < count; place++) reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(At(place)));
    }

    private Span<float> At(int place) => _blocks[place / BlockRows].AsSpan(place % BlockRows * Width, Width);
}
