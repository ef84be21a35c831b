using VsgGym.Networks;

namespace VsgGym.Export;

/// <summary>What the source gives for one head on the inputs of the check.</summary>
/// <param name="Suffix">What follows the outputs' names: empty or ".NAME".</param>
/// <param name="Head">The head.</param>
/// <param name="Output">Its outputs.</param>
/// <param name="Noise">The uniform numbers of a discrete head, [rows]; empty for a box.</param>
/// <param name="HasDistribution">Whether mean and sigma of a box are outputs too.</param>
internal sealed record ExpectedOutput(string Suffix, ActionHead Head, ActionOutput Output, float[] Noise, bool HasDistribution = false);
