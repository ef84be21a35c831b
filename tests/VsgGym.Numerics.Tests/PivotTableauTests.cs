using Payoffs = VsgGym.Numerics.Tests.CorrelatedPrograms.Payoffs;

namespace VsgGym.Numerics.Tests;

/// <summary>The simplex method on degenerate programs, those of correlated equilibria: every one has an optimum, which duality proves.</summary>
public sealed class PivotTableauTests
{
    // What the largest took when this was written is in brackets: pivots stay a small multiple of rows and columns, where stalling took 85 thousand.
    [Theory]
    [InlineData("2x2", 40, 30)] // [11]
    [InlineData("3x3", 40, 60)] // [27]
    [InlineData("5x5", 20, 250)] // [84]
    [InlineData("8x8", 6, 800)] // [242]
    [InlineData("2x3x4", 20, 150)]
    [InlineData("3x3x3", 20, 150)] // [54]
    [InlineData("4x4x4", 10, 400)] // [153]
    [InlineData("15x15", 1, 4000)] // [1183]
    public void CorrelatedEquilibria_OfEveryKindOfPayoff_AreOptimal(string shape, int games, int mostPivots)
    {
        int[] counts = [.. shape.Split('x').Select(int.Parse)];
        var random = RandomStream.Create(11);
        foreach (var kind in Enum.GetValues<Payoffs>())
        {
            if (kind == Payoffs.Symmetric && counts.Distinct().Count() > 1) continue;
            for (int game = 0; game < games; game++)
            {
                var program = CorrelatedPrograms.Draw(counts, kind, egalitarian: game % 2 == 1, ref random);
                string where = $"{shape} {kind} {game}";
                Assert.True(program.Maximize() == LinearProgramStatus.Optimal, where);
                Assert.True(program.Pivots <= mostPivots, $"{where}: {program.Pivots} pivots");
                CheckOptimal(program, where, 1e-10);
            }
        }
    }

    [Fact]
    public void ProgramThatIsFarFromEven_IsTriedInOtherScalings()
    {
        // 1e-6 x <= 1e6 y, 1e-6 y <= 1e6 x and x + y = 1: the best x is 1 - 1e-12.
        var program = new LinearProgram(2, 3);
        (program.Objective[0], program.Row(0)[0], program.Row(0)[1]) = (1, 1e-6, -1e6);
        (program.Row(1)[0], program.Row(1)[1]) = (-1e6, 1e-6);
        program.Row(2).Fill(1);
        program.SetRightSide(2, ConstraintKind.Equal, 1);
        Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
        Assert.Equal(1, program.Value, 1e-11);
        program.SetRightSide(0, ConstraintKind.AtMost, -2e6); // y at least 2
        Assert.Equal(LinearProgramStatus.Infeasible, program.Maximize());
    }

    // Errors of dual values are told beside the sizes of what they are sums of: rows of small numbers have large dual values.
    private static void CheckOptimal(LinearProgram program, string where, double tolerance)
    {
        var price = new double[program.Variables];
        var sizes = new double[program.Variables];
        double dualValue = 0;
        for (int i = 0; i < program.Constraints; i++)
        {
            double left = 0, largest = 0, dual = program.Duals[i];
            for (int j = 0; j < program.Variables; j++)
            {
                double number = program.Row(i)[j];
                left += number * program.Solution[j];
                price[j] += dual * number;
                (largest, sizes[j]) = (Math.Max(largest, Math.Abs(number)), Math.Max(sizes[j], Math.Abs(dual * number)));
            }

            bool isEquation = program.Kind(i) == ConstraintKind.Equal;
            double excess = left - program.RightSide(i);
            Assert.True(isEquation ? Math.Abs(excess) <= tolerance : excess <= tolerance, $"{where}: row {i} is {excess} too large");
            Assert.True(isEquation || -dual * largest <= tolerance, $"{where}: dual value {i} is {dual}");
            dualValue += dual * program.RightSide(i);
        }

        for (int j = 0; j < program.Variables; j++)
        {
            double gain = program.Objective[j] - price[j], bound = tolerance * Math.Max(1, sizes[j]);
            Assert.True((program.IsFree(j) ? Math.Abs(gain) : gain) <= bound, $"{where}: variable {j} gains {gain}");
            Assert.True(program.IsFree(j) || program.Solution[j] >= 0, $"{where}: variable {j} is {program.Solution[j]}");
        }

        Assert.True(Math.Abs(dualValue - program.Value) <= tolerance, $"{where}: {program.Value} has the dual value {dualValue}");
    }
}
