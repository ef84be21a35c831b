namespace VsgGym.Core;

/// <summary>A piece on a grid: letters in a circle of its player's color.</summary>
/// <param name="Row">Row of its cell, from 0 at the top.</param>
/// <param name="Column">Column of its cell, from 0 at the left.</param>
/// <param name="Text">One or two letters.</param>
/// <param name="Player">Whose it is; picks the color.</param>
public readonly record struct Token(int Row, int Column, string Text, int Player);
