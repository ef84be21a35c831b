namespace VsgGym.Client;

/// <summary>One player's part of a certificate.</summary>
/// <param name="Player">The player.</param>
/// <param name="Gap">What it would gain by deviating alone, at least 0.</param>
/// <param name="Value">Its expected return under the profile.</param>
public sealed record PlayerGap(string Player, double Gap, double Value);
