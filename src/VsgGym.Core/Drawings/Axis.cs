namespace VsgGym.Core;

/// <summary>One axis of a heat map.</summary>
/// <param name="Title">What it measures.</param>
/// <param name="Low">Value at its start.</param>
/// <param name="High">Value at its end, above <paramref name="Low"/>.</param>
public readonly record struct Axis(string Title, double Low, double High);
