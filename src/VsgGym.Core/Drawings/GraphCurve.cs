namespace VsgGym.Core;

/// <summary>The line of an edge: a quadratic Bezier curve from the rim of one node to the rim of another.</summary>
/// <param name="X0">Start, to the right.</param>
/// <param name="Y0">Start, downward.</param>
/// <param name="X1">Control point, to the right.</param>
/// <param name="Y1">Control point, downward.</param>
/// <param name="X2">End, to the right.</param>
/// <param name="Y2">End, downward.</param>
internal readonly record struct GraphCurve(double X0, double Y0, double X1, double Y1, double X2, double Y2)
{
    private const int Halvings = 30;

    /// <summary>A curve whose middle lies off the straight line, to the left of its direction for a positive distance.</summary>
    public static GraphCurve Between(double x0, double y0, double x2, double y2, double off)
    {
        double length = Math.Max(Math.Sqrt(((x2 - x0) * (x2 - x0)) + ((y2 - y0) * (y2 - y0))), 1e-9);
        double normalX = (y2 - y0) / length, normalY = (x0 - x2) / length;
        return new GraphCurve(x0, y0, ((x0 + x2) / 2) + (2 * off * normalX), ((y0 + y2) / 2) + (2 * off * normalY), x2, y2);
    }

    /// <summary>The point at a share of the way, in [0, 1].</summary>
    public (double X, double Y) At(double share)
    {
        double rest = 1 - share;
        return ((rest * rest * X0) + (2 * rest * share * X1) + (share * share * X2), (rest * rest * Y0) + (2 * rest * share * Y1) + (share * share * Y2));
    }

    /// <summary>The direction at the end, of length 1.</summary>
    public (double X, double Y) EndDirection()
    {
        double x = X2 - X1, y = Y2 - Y1, length = Math.Max(Math.Sqrt((x * x) + (y * y)), 1e-9);
        return (x / length, y / length);
    }

    /// <summary>The part outside of both nodes.</summary>
    /// <param name="insideStart">Whether a point belongs to the first node.</param>
    /// <param name="insideEnd">Whether a point belongs to the last node.</param>
    public GraphCurve Clip(Func<double, double, bool> insideStart, Func<double, double, bool> insideEnd)
    {
        double from = 0, to = 1, low = 0, high = 0.5;
        for (int i = 0; i < Halvings; i++) Halve(insideStart, ref low, ref high, ref from);
        (low, high) = (1, 0.5);
        for (int i = 0; i < Halvings; i++) Halve(insideEnd, ref low, ref high, ref to);
        return Part(from, to);
    }

    private void Halve(Func<double, double, bool> inside, ref double within, ref double without, ref double rim)
    {
        rim = (within + without) / 2;
        var (x, y) = At(rim);
        if (inside(x, y)) within = rim;
        else without = rim;
    }

    private GraphCurve Part(double from, double to)
    {
        var (startX, startY) = At(from);
        var (endX, endY) = At(to);
        // The blossom of the two shares is the control point of the part.
        double a = (1 - from) * (1 - to), b = (from * (1 - to)) + (to * (1 - from)), c = from * to;
        return new GraphCurve(startX, startY, (a * X0) + (b * X1) + (c * X2), (a * Y0) + (b * Y1) + (c * Y2), endX, endY);
    }
}
