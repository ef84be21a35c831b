namespace VsgGym.Core;

/// <summary>A cell of a grid whose ground is not plain.</summary>
/// <param name="Row">From 0 at the top.</param>
/// <param name="Column">From 0 at the left.</param>
/// <param name="Ground">What the ground is.</param>
/// <param name="Text">At most two letters that name the cell; may be empty.</param>
public readonly record struct GridMark(int Row, int Column, GridGround Ground, string Text = "");
