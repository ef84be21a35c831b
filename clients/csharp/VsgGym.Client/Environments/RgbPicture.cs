namespace VsgGym.Client;

/// <summary>A picture of colored points, on a light page.</summary>
/// <param name="Pixels">[Height, Width, 3], red, green and blue, row by row from the top left.</param>
/// <param name="Width">Points per row.</param>
/// <param name="Height">Rows.</param>
public sealed record RgbPicture(ReadOnlyMemory<byte> Pixels, int Width, int Height)
{
    /// <summary>The color of one point.</summary>
    /// <param name="x">From 0 at the left.</param>
    /// <param name="y">From 0 at the top.</param>
    /// <exception cref="ArgumentOutOfRangeException">The point lies outside.</exception>
    public (byte Red, byte Green, byte Blue) this[int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
            var point = Pixels.Span.Slice(3 * ((y * Width) + x), 3);
            return (point[0], point[1], point[2]);
        }
    }
}
