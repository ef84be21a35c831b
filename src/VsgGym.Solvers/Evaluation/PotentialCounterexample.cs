using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Four profiles that show that a game is no Markov potential game.</summary>
/// <remarks>
/// Around the cycle <paramref name="Base"/>, first player changed, both changed, second player changed, back, the gains of whoever changes would add
/// up to 0 if they were differences of a potential; from <paramref name="State"/> on they add up to <paramref name="Difference"/>.
/// </remarks>
/// <param name="First">A player.</param>
/// <param name="Second">Another player.</param>
/// <param name="Base">The profile at which the cycle starts.</param>
/// <param name="Changed">The profile in which both play their other policy, the rest what they play in the base.</param>
/// <param name="State">The start state.</param>
/// <param name="Difference">What the gains add up to, in reward units.</param>
public sealed record PotentialCounterexample(int First, int Second, PolicyProfile Base, PolicyProfile Changed, int State, double Difference);
