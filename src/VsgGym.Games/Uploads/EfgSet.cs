namespace VsgGym.Games;

/// <summary>An information set of an extensive game, or a chance move.</summary>
/// <param name="Player">Whose it is, from 0; -1: chance.</param>
/// <param name="Actions">A name per action, [A].</param>
/// <param name="Probabilities">[A] of a chance move, else null.</param>
internal sealed record EfgSet(int Player, IReadOnlyList<string> Actions, double[]? Probabilities);
