namespace VsgGym.Numerics.Tests;

/// <summary>The slow way to solve a linear program: every n of its constraints and bounds cross in a point.</summary>
internal static class VertexEnumeration
{
    /// <summary>The best value inside a box around 0, null where there is no point.</summary>
    public static double? Best(LinearProgram program, double box)
    {
        int n = program.Variables;
        var planes = new List<(double[] Row, double Right)>();
        for (int i = 0; i < program.Constraints; i++) planes.Add((program.Row(i).ToArray(), program.RightSide(i)));
        for (int j = 0; j < n; j++)
        {
            double[] unit = [.. Enumerable.Range(0, n).Select(k => k == j ? 1.0 : 0.0)];
            planes.Add((unit, program.IsFree(j) ? -box : 0));
            planes.Add((unit, box));
        }

        double? best = null;
        foreach (int[] chosen in Subsets(planes.Count, n))
        {
            double[] matrix = [.. chosen.SelectMany(k => planes[k].Row)], point = [.. chosen.Select(k => planes[k].Right)];
            if (!TrySolve(matrix, point) || !IsFeasible(program, point, box)) continue;
            double value = 0;
            for (int j = 0; j < n; j++) value += program.Objective[j] * point[j];
            if (!(value <= best)) best = value;
        }

        return best;
    }

    private static bool TrySolve(double[] matrix, double[] point)
    {
        try
        {
            LinearSystem.Solve(matrix, point);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsFeasible(LinearProgram program, double[] point, double box)
    {
        const double tolerance = 1e-9;
        for (int j = 0; j < point.Length; j++)
            if (point[j] < (program.IsFree(j) ? -box : 0) - tolerance || point[j] > box + tolerance) return false;
        for (int i = 0; i < program.Constraints; i++)
        {
            double left = 0, size = 1;
            for (int j = 0; j < point.Length; j++)
            {
                left += program.Row(i)[j] * point[j];
                size = Math.Max(size, Math.Abs(program.Row(i)[j] * point[j]));
            }

            double over = left - program.RightSide(i);
            if (program.Kind(i) != ConstraintKind.AtLeast && over > tolerance * size) return false;
            if (program.Kind(i) != ConstraintKind.AtMost && over < -tolerance * size) return false;
        }

        return true;
    }

    private static IEnumerable<int[]> Subsets(int count, int size)
    {
        int[] chosen = [.. Enumerable.Range(0, size)];
        while (true)
        {
            yield return chosen;
            int k = size - 1;
            while (k >= 0 && chosen[k] == count - size + k) k--;
            if (k < 0) yield break;
            chosen[k]++;
            for (int next = k + 1; next < size; next++) chosen[next] = chosen[next - 1] + 1;
        }
    }
}
