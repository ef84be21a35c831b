namespace VsgGym.Networks;

/// <summary>One player's actions for a batch of rows: discrete ones or points of a box.</summary>
/// <param name="Choices">[B] discrete actions, each in [0, count); empty for a box.</param>
/// <param name="Numbers">[B, n] box actions in game units, row-major; empty for discrete actions.</param>
public readonly record struct ActionColumn(ReadOnlyMemory<int> Choices, ReadOnlyMemory<float> Numbers)
{
    /// <summary>Discrete actions.</summary>
    /// <param name="choices">[B].</param>
    public static ActionColumn Discrete(ReadOnlyMemory<int> choices) => new(choices, default);

    /// <summary>Box actions.</summary>
    /// <param name="numbers">[B, n] in game units, row-major.</param>
    public static ActionColumn Box(ReadOnlyMemory<float> numbers) => new(default, numbers);
}
