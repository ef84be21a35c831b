namespace VsgGym.Server.Pictures;

/// <summary>A picture of colored points.</summary>
/// <param name="Pixels">[H, W, 3], red, green and blue, row by row from the top left.</param>
/// <param name="Width">W, at least 1.</param>
/// <param name="Height">H, at least 1.</param>
internal sealed record Picture(byte[] Pixels, int Width, int Height);
