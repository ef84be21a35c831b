namespace VsgGym.Core;

/// <summary>A directed edge of a drawn graph.</summary>
/// <param name="From">Number of the node it leaves, from 0.</param>
/// <param name="To">Number of the node it enters, another one.</param>
/// <param name="Label">What stands beside it; may be empty.</param>
/// <param name="Weight">How much it carries, in [0, 1], drawn as its width; null: a plain line.</param>
/// <param name="Emphasis">Whether to point it out, as a move just made.</param>
public readonly record struct GraphEdge(int From, int To, string Label = "", double? Weight = null, bool Emphasis = false);
