namespace VsgGym.Core;

/// <summary>A directed edge of a <see cref="FlowGraph"/>: a move.</summary>
/// <param name="From">Number of the node it leaves.</param>
/// <param name="To">Number of the node it enters.</param>
/// <param name="Action">The number of the action that takes it; null: the next free one at its node, in the order of the list.</param>
public readonly record struct FlowEdge(int From, int To, int? Action = null);
