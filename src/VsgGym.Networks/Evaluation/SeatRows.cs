using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>What one seat sees in some copies, row by row, and where its actions go: the common part of every model that plays by batches.</summary>
public sealed class SeatRows
{
    private readonly StepBuffer _worlds;
    private readonly int _player;
    private readonly List<int> _copies = [];

    /// <summary>Picks the copies that act: marked, and still played by the seat.</summary>
    /// <param name="worlds">The copies.</param>
    /// <param name="player">The seat's number.</param>
    /// <param name="copies">[B], which copies act.</param>
    public SeatRows(StepBuffer worlds, int player, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        (_worlds, _player) = (worlds, player);
        ReadOnlySpan<bool> live = worlds.Live(player);
        for (int b = 0; b < copies.Length; b++)
            if (copies[b] & live[b]) _copies.Add(b);
    }

    /// <summary>Number of copies that act.</summary>
    public int Count => _copies.Count;

    /// <summary>Discrete observations, [rows].</summary>
    /// <param name="from">The first row.</param>
    /// <param name="rows">How many.</param>
    public int[] States(int from, int rows) => Take(_worlds.DiscreteObservations(_player), 1, from, rows);

    /// <summary>Box observations in game units, [rows, O].</summary>
    /// <param name="from">The first row.</param>
    /// <param name="rows">How many.</param>
    public float[] Numbers(int from, int rows) => Take(_worlds.BoxObservations(_player), _worlds.Spec.Observations[_player].Length, from, rows);

    /// <summary>Legal-action masks, [rows, A]; empty where the game forbids nothing.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="rows">How many.</param>
    public bool[] Legal(int from, int rows)
    {
        var masks = _worlds.LegalActions(_player);
        return masks.IsEmpty ? [] : Take(masks, masks.Length / _worlds.Copies, from, rows);
    }

    /// <summary>The time of each row's decision, from 0, [rows].</summary>
    /// <param name="from">The first row.</param>
    /// <param name="rows">How many.</param>
    public int[] Times(int from, int rows) => [.. _copies.GetRange(from, rows).Select(_worlds.TimeOf)];

    /// <summary>The number of a row's copy.</summary>
    /// <param name="row">In [0, count).</param>
    public int CopyOf(int row) => _copies[row];

    /// <summary>Each row's numbers from the seat's stream, as <see cref="SeatNoise.Draw"/> gives them, [rows, n].</summary>
    /// <param name="from">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="perRow">n.</param>
    public float[] Noise(int from, int rows, int perRow)
    {
        float[] noise = new float[rows * perRow];
        for (int row = 0; row < rows; row++) SeatNoise.Draw(_worlds, _copies[from + row], _player, noise.AsSpan(row * perRow, perRow));
        return noise;
    }

    /// <summary>Writes discrete actions into the copies.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="choices">[rows].</param>
    public void Write(int from, ReadOnlySpan<int> choices) => Put(choices, _worlds.DiscreteActions(_player), 1, from);

    /// <summary>Writes box actions into the copies.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="numbers">[rows, n] in game units.</param>
    public void Write(int from, ReadOnlySpan<float> numbers) => Put(numbers, _worlds.BoxActions(_player), _worlds.Spec.Actions[_player].Length, from);

    private T[] Take<T>(ReadOnlySpan<T> all, int length, int from, int rows)
    {
        T[] taken = new T[rows * length];
        for (int row = 0; row < rows; row++) all.Slice(_copies[from + row] * length, length).CopyTo(taken.AsSpan(row * length));
        return taken;
    }

    private void Put<T>(ReadOnlySpan<T> rows, Span<T> all, int length, int from)
    {
        for (int row = 0; row < rows.Length / length; row++) rows.Slice(row * length, length).CopyTo(all[(_copies[from + row] * length)..]);
    }
}
