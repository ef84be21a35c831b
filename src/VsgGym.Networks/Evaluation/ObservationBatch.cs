namespace VsgGym.Networks;

/// <summary>Observations of one seat for a batch of rows, as the game sends them.</summary>
public readonly ref struct ObservationBatch
{
    private ObservationBatch(ReadOnlySpan<int> states, ReadOnlySpan<float> numbers, int rows)
    {
        States = states;
        Numbers = numbers;
        Rows = rows;
    }

    /// <summary>Number of rows B.</summary>
    public int Rows { get; }

    /// <summary>Discrete observations, [B]; empty where the space is a box.</summary>
    public ReadOnlySpan<int> States { get; }

    /// <summary>Box observations in game units, [B, O] in row-major order; empty where the space is discrete.</summary>
    public ReadOnlySpan<float> Numbers { get; }

    /// <summary>Discrete observations.</summary>
    /// <param name="states">[B], each in [0, count).</param>
    public static ObservationBatch Discrete(ReadOnlySpan<int> states) => new(states, [], states.Length);

    /// <summary>Box observations.</summary>
    /// <param name="numbers">[B, O] in game units, row-major.</param>
    /// <param name="length">O, at least 1.</param>
    /// <exception cref="ArgumentException">The numbers are no whole rows.</exception>
    public static ObservationBatch Box(ReadOnlySpan<float> numbers, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (numbers.Length % length != 0) throw new ArgumentException($"{numbers.Length} numbers are no whole rows of {length}.", nameof(numbers));
        return new([], numbers, numbers.Length / length);
    }

    /// <summary>Some of the rows.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="rows">How many.</param>
    public ObservationBatch Slice(int from, int rows)
    {
        if (Numbers.IsEmpty) return Discrete(States.Slice(from, rows));
        int length = Numbers.Length / Rows;
        return Box(Numbers.Slice(from * length, rows * length), length);
    }
}
