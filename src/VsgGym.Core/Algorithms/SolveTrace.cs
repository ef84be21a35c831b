using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>The course of a solve: one row per kept iteration, evenly spread, the first and the last always among them.</summary>
/// <param name="Columns">"iteration", "residual", then the algorithm's metric names, [C].</param>
/// <param name="Rows">[R, C], R at most the rows asked for; [0, C] where none were.</param>
public sealed record SolveTrace(ImmutableArray<string> Columns, ShapedArray Rows);
