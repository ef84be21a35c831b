namespace VsgGym.Solvers;

/// <summary>The points of a simplex whose coordinates are multiples of 1 / order: a polynomial of that degree that vanishes on them vanishes
/// everywhere.</summary>
internal static class SimplexLattice
{
    /// <summary>How many there are.</summary>
    /// <param name="corners">At least 1.</param>
    /// <param name="order">At least 1; 1 gives the corners alone.</param>
    public static double Count(int corners, int order)
    {
        double count = 1;
        for (int k = 1; k < corners; k++) count = count * (order + k) / k; // order + corners - 1 choose corners - 1
        return Math.Round(count);
    }

    /// <summary>The points, each [corners]; the first is the first corner.</summary>
    /// <param name="corners">At least 1.</param>
    /// <param name="order">At least 1.</param>
    public static List<double[]> Points(int corners, int order)
    {
        var points = new List<double[]>();
        Add(points, new double[corners], 0, order, order);
        return points;
    }

    private static void Add(List<double[]> points, double[] point, int corner, int left, int order)
    {
        if (corner == point.Length - 1)
        {
            point[corner] = (double)left / order;
            points.Add([.. point]);
            return;
        }

        for (int part = left; part >= 0; part--)
        {
            point[corner] = (double)part / order;
            Add(points, point, corner + 1, left - part, order);
        }
    }
}
