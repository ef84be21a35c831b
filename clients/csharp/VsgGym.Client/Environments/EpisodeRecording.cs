namespace VsgGym.Client;

/// <summary>One episode, or its beginning, as a picture that moves.</summary>
/// <param name="Svg">The whole document: the start and every step, again and again, without scripts.</param>
/// <param name="Steps">Steps played.</param>
/// <param name="Returns">Sum of rewards of each seat, in the game's order.</param>
/// <param name="Seed">The same seed, game and policies give the same recording.</param>
/// <param name="Ended">Whether the episode ended by the game's own rules.</param>
public sealed record EpisodeRecording(string Svg, int Steps, IReadOnlyList<double> Returns, ulong Seed, bool Ended);
