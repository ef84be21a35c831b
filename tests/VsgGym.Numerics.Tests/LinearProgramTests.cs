using VsgGym.TestKit;

namespace VsgGym.Numerics.Tests;

/// <summary>The simplex method on programs with known answers, on random ones against the enumeration of all vertices, and by duality.</summary>
public sealed class LinearProgramTests
{
    [Fact]
    public void Maximize_OfATextbookProgram_GivesVertexAndDuals()
    {
        // max 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18 (Hillier and Lieberman's Wyndor Glass): 36 at (2, 6), duals 0, 3/2, 1.
        var program = Program([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18]);
        Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
        Near([2, 6], program.Solution);
        Near([0, 1.5, 1], program.Duals);
        Assert.Equal(36, program.Value, 1e-12);
    }

    [Fact]
    public void Maximize_WithEveryKindOfConstraintAndAFreeVariable_GivesTheAnswer()
    {
        // max -2x + 3y + z with z free, x + y = 4, x >= 1 as a constraint, z <= -2 + y, z >= -5: x = 1, y = 3, z = 1; value 8.
        var program = Program([-2, 3, 1], [[1, 1, 0], [1, 0, 0], [0, -1, 1], [0, 0, 1]], [4, 1, -2, -5]);
        program.SetRightSide(0, ConstraintKind.Equal, 4);
        program.SetRightSide(1, ConstraintKind.AtLeast, 1);
        program.SetRightSide(3, ConstraintKind.AtLeast, -5);
        program.Free(2);
        Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
        Near([1, 3, 1], program.Solution);
        Near([4, -6, 1, 0], program.Duals); // 4 * 4 - 6 * 1 - 2 * 1 = 8
        Assert.Equal(8, program.Value, 1e-12);
        program.Objective[2] = -1; // now z falls to -5
        Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
        Near([1, 3, -5], program.Solution);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(12)]
    public void Maximize_OfKleeAndMintysCube_ReachesTheLastVertex(int n)
    {
        // max sum 2^(n-j) x_j, 2 sum over k < i of 2^(i-k) x_k + x_i <= 5^i (Klee and Minty 1972, in Chvatal's form): x_n = 5^n, all others 0.
        var program = new LinearProgram(n, n);
        for (int i = 0; i < n; i++)
        {
            program.Objective[i] = Math.ScaleB(1, n - 1 - i);
            for (int k = 0; k < i; k++) program.Row(i)[k] = Math.ScaleB(1, i - k + 1);
            program.Row(i)[i] = 1;
            program.SetRightSide(i, ConstraintKind.AtMost, Math.Pow(5, i + 1));
        }

        Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
        Assert.Equal(Math.Pow(5, n), program.Value, Math.Pow(5, n) * 1e-12);
        Assert.True(program.Pivots <= 1 << n);
    }

    [Fact]
    public void Maximize_OfBealesExample_DoesNotCycle()
    {
        // Beale 1955: with the largest reduced cost and the first row of the ratio test the tableau comes back after six pivots. Optimum 1/20.
        var program = Program([.75, -150, .02, -6], [[.25, -60, -.04, 9], [.5, -90, -.02, 3], [0, 0, 1, 0]], [0, 0, 1]);
        Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
        Assert.Equal(.05, program.Value, 1e-14);
        Near([.04, 0, 1, 0], program.Solution);
    }

    [Fact]
    public void Maximize_WithAllRightSidesZero_EndsThoughNothingEverGains()
    {
        // A cone: only its tip is optimal where the objective points out of it, and every pivot is degenerate.
        var random = RandomStream.Create(3);
        for (int trial = 0; trial < 200; trial++)
        {
            const int n = 6, m = 14;
            var program = new LinearProgram(n, m);
            for (int j = 0; j < n; j++) program.Objective[j] = random.NextInt32(7) - 3;
            for (int i = 0; i < m - 1; i++)
                for (int j = 0; j < n; j++) program.Row(i)[j] = random.NextInt32(5) - 2;
            program.Row(m - 1).Fill(1);
            program.SetRightSide(m - 1, ConstraintKind.AtMost, 1);
            Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
            CheckOptimal(program, 1e-10);
        }
    }

    [Theory]
    [InlineData(1, 2)] // x <= 1 and x >= 2
    [InlineData(-1, 0)] // x <= -1
    public void Maximize_WithoutAPoint_IsInfeasible(double most, double least)
    {
        var program = Program([1], [[1], [1]], [most, least]);
        program.SetRightSide(1, ConstraintKind.AtLeast, least);
        Assert.Equal(LinearProgramStatus.Infeasible, program.Maximize());
    }

    [Fact]
    public void Maximize_WithContradictoryEquations_IsInfeasible()
    {
        var program = Program([1, 1], [[1, 1], [2, 2]], [1, 3]);
        program.SetRightSide(0, ConstraintKind.Equal, 1);
        program.SetRightSide(1, ConstraintKind.Equal, 3);
        Assert.Equal(LinearProgramStatus.Infeasible, program.Maximize());
        program.SetRightSide(1, ConstraintKind.Equal, 2); // now one says the same as the other
        Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
        Assert.Equal(1, program.Value, 1e-14);
        CheckOptimal(program, 1e-12);
    }

    [Fact]
    public void Maximize_WithoutBound_IsUnbounded()
    {
        var program = Program([1, 0], [[1, -1]], [1]);
        Assert.Equal(LinearProgramStatus.Unbounded, program.Maximize());
        var free = Program([-1], [[1]], [1]);
        Assert.Equal(LinearProgramStatus.Optimal, free.Maximize());
        free.Free(0);
        Assert.Equal(LinearProgramStatus.Unbounded, free.Maximize());
    }

    [Fact]
    public void Maximize_OfRandomPrograms_AgreesWithAllVertices()
    {
        var random = RandomStream.Create(1);
        int[] seen = new int[4];
        for (int trial = 0; trial < 1500; trial++)
        {
            int n = 1 + random.NextInt32(4), m = 1 + random.NextInt32(5);
            var program = Random(n, m, ref random, integers: trial % 2 == 0);
            var status = program.Maximize();
            seen[(int)status]++;
            if (status == LinearProgramStatus.Optimal) CheckOptimal(program, 1e-9);
            // In a box the program is bounded; it is unbounded without the box exactly where the box's sides stop it.
            double? best = VertexEnumeration.Best(program, box: 1e4);
            if (best is null) Assert.Equal(LinearProgramStatus.Infeasible, status);
            else if (status == LinearProgramStatus.Unbounded) Assert.True(best > 100, $"trial {trial}: {best}");
            else Assert.Equal(best.Value, program.Value, 1e-7);
        }

        Assert.Equal(0, seen[(int)LinearProgramStatus.Stopped]);
        Assert.All(seen[..3], count => Assert.True(count > 50, string.Join(", ", seen)));
    }

    [Fact]
    public void Maximize_OfLargerPrograms_HasNoDualityGap()
    {
        var random = RandomStream.Create(2);
        for (int trial = 0; trial < 100; trial++)
        {
            int n = 10 + random.NextInt32(50), m = 5 + random.NextInt32(50);
            var program = new LinearProgram(n, m);
            double[] known = [.. Enumerable.Range(0, n).Select(j => j % 3 == 0 ? 1.0 + j : 0.0)]; // a feasible point
            for (int j = 0; j < n; j++) program.Objective[j] = random.NextDouble() - .3;
            for (int i = 0; i < m; i++)
            {
                double left = 0;
                for (int j = 0; j < n; j++) left += known[j] * (program.Row(i)[j] = random.NextDouble() - (i == 0 ? 0 : .4)); // row 0 bounds
                var kind = (ConstraintKind)(i == 0 ? 0 : i % 3);
                program.SetRightSide(i, kind, left + (kind == ConstraintKind.Equal ? 0 : kind == ConstraintKind.AtMost ? i % 2 : -(i % 2)));
            }

            Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
            CheckOptimal(program, 1e-9);
        }
    }

    [Fact]
    public void Maximize_OfBadlyScaledData_KeepsItsDigits()
    {
        // The textbook program in other units: x in 1e-6, y in 1e5, rows times 1e4, 1e-7, 1e3.
        var program = Program([3e-6, 5e5], [[1e-2, 0], [0, 2e-2], [3e-3, 2e8]], [4e4, 12e-7, 18e3]);
        Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
        Assert.Equal(36, program.Value, 1e-11);
        Assert.Equal(2e6, program.Solution[0], 1e-5);
        Assert.Equal(6e-5, program.Solution[1], 1e-15);
    }

    [Fact]
    public void Maximize_Repeated_AllocatesNothingAndGivesTheSameBits()
    {
        var random = RandomStream.Create(4);
        var program = Random(8, 12, ref random, integers: false);
        program.Row(0).Fill(1);
        program.SetRightSide(0, ConstraintKind.AtMost, 1);
        var status = program.Maximize();
        double value = program.Value;
        double[] solution = program.Solution.ToArray();
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int k = 0; k < 20; k++) program.Maximize();
        }));
        var fresh = new LinearProgram(9, 15); // a larger one, used for a smaller shape
        fresh.Reset(8, 12);
        random = RandomStream.Create(4);
        Fill(fresh, ref random, integers: false);
        fresh.Row(0).Fill(1);
        fresh.SetRightSide(0, ConstraintKind.AtMost, 1);
        Assert.Equal(status, fresh.Maximize());
        Assert.Equal(value, fresh.Value);
        Assert.Equal(solution, fresh.Solution.ToArray());
    }

    [Fact]
    public void Maximize_OfANumberThatIsNotFinite_Throws()
    {
        var program = Program([1, 1], [[1, double.NaN]], [1]);
        Assert.Contains("rows: number 1 is NaN", Assert.Throws<ArgumentException>(() => program.Maximize()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => program.Reset(3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => program.Row(1).Length);
    }

    private static LinearProgram Program(double[] objective, double[][] rows, double[] rightSides)
    {
        var program = new LinearProgram(objective.Length, rows.Length);
        objective.CopyTo(program.Objective);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].CopyTo(program.Row(i));
            program.SetRightSide(i, ConstraintKind.AtMost, rightSides[i]);
        }

        return program;
    }

    private static LinearProgram Random(int n, int m, ref RandomStream random, bool integers)
    {
        var program = new LinearProgram(n, m);
        Fill(program, ref random, integers);
        return program;
    }

    private static void Fill(LinearProgram program, ref RandomStream random, bool integers)
    {
        for (int j = 0; j < program.Variables; j++)
        {
            program.Objective[j] = Number(ref random, integers);
            if (random.NextInt32(5) == 0) program.Free(j);
        }

        for (int i = 0; i < program.Constraints; i++)
        {
            for (int j = 0; j < program.Variables; j++) program.Row(i)[j] = Number(ref random, integers);
            int kind = random.NextInt32(6);
            program.SetRightSide(i, kind == 0 ? ConstraintKind.Equal : kind == 1 ? ConstraintKind.AtLeast : ConstraintKind.AtMost, Number(ref random, integers));
        }
    }

    private static double Number(ref RandomStream random, bool integers) => integers ? random.NextInt32(7) - 3 : (2 * random.NextDouble()) - 1;

    // Feasible, dual feasible, and no gap: together they prove the optimum.
    private static void CheckOptimal(LinearProgram program, double tolerance)
    {
        double dualValue = 0;
        double[] price = new double[program.Variables];
        for (int i = 0; i < program.Constraints; i++)
        {
            double left = 0, dual = program.Duals[i];
            for (int j = 0; j < program.Variables; j++)
            {
                left += program.Row(i)[j] * program.Solution[j];
                price[j] += dual * program.Row(i)[j];
            }

            double right = program.RightSide(i);
            dualValue += dual * right;
            if (program.Kind(i) != ConstraintKind.AtLeast) Assert.True(left <= right + tolerance);
            if (program.Kind(i) != ConstraintKind.AtMost) Assert.True(left >= right - tolerance);
            if (program.Kind(i) == ConstraintKind.AtMost) Assert.True(dual >= -tolerance);
            if (program.Kind(i) == ConstraintKind.AtLeast) Assert.True(dual <= tolerance);
        }

        for (int j = 0; j < program.Variables; j++)
        {
            Assert.True(program.IsFree(j) || program.Solution[j] >= 0);
            Assert.True(price[j] >= program.Objective[j] - tolerance);
            if (program.IsFree(j)) Assert.Equal(program.Objective[j], price[j], tolerance);
        }

        Assert.Equal(dualValue, program.Value, tolerance * Math.Max(1, Math.Abs(program.Value)));
    }

    private static void Near(double[] expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-12);
    }
}
