namespace VsgGym.Server.Pictures;

/// <summary>An episode that was played and drawn.</summary>
/// <param name="Svg">The picture that moves: the start and every step.</param>
/// <param name="Steps">Steps played.</param>
/// <param name="Returns">[N], each seat's sum of rewards.</param>
/// <param name="Ended">Whether the episode ended by the game's own rules.</param>
internal sealed record Recording(string Svg, int Steps, double[] Returns, bool Ended);
