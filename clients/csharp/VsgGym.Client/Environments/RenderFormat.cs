namespace VsgGym.Client;

/// <summary>Form of a picture of the game.</summary>
public enum RenderFormat
{
    /// <summary>Plain text.</summary>
    Text = 1,

    /// <summary>An SVG document.</summary>
    Svg = 2,
}
