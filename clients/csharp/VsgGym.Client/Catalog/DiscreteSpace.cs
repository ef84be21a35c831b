namespace VsgGym.Client;

/// <summary>The whole numbers 0 .. <see cref="Count"/> - 1.</summary>
/// <param name="Count">How many.</param>
/// <param name="Labels">One per number, or none.</param>
public sealed record DiscreteSpace(int Count, IReadOnlyList<string> Labels) : Space
{
    /// <summary>The label of a number, or the number itself where there are none.</summary>
    /// <param name="value">In [0, <see cref="Count"/>).</param>
    public string Label(int value) =>
        value >= 0 && value < Labels.Count ? Labels[value] : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
