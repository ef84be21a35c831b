using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>One game held against a theorem.</summary>
/// <param name="Group">The table it belongs to: the statement as printed or as corrected.</param>
/// <param name="Game">The game, as a reader can make it again.</param>
/// <param name="Premise">Whether the statement's premises hold of it.</param>
/// <param name="Bound">What the statement promises.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Holds">Whether what was measured is what the statement promises.</param>
/// <param name="Others">Further numbers, one per heading of the test.</param>
public sealed record TheoremRow(string Group, string Game, bool Premise, double Bound, double Measured, bool Holds, params ImmutableArray<double> Others);
