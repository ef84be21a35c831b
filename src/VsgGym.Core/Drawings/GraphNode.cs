namespace VsgGym.Core;

/// <summary>A node of a drawn graph.</summary>
/// <param name="Label">Its name; nodes of one graph should have different ones, since the text form names edges by them.</param>
/// <param name="X">Place to the right, in units of the distance of neighbors: nodes 1 apart stand well; finite.</param>
/// <param name="Y">Place downward, in the same units; finite.</param>
/// <param name="Emphasis">Whether to point it out, as where a player stands.</param>
public readonly record struct GraphNode(string Label, double X, double Y, bool Emphasis = false);
