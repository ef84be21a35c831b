namespace VsgGym.Core;

/// <summary>A barrier on the upper edge of a grid's cell, drawn as a broken line.</summary>
/// <param name="Row">Row of the cell below the barrier, at least 1.</param>
/// <param name="Column">From 0 at the left.</param>
public readonly record struct GridEdge(int Row, int Column);
