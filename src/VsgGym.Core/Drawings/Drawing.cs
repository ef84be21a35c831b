namespace VsgGym.Core;

/// <summary>A picture of a world in grid units, from which both the text and the SVG form are made.</summary>
public sealed class Drawing;
