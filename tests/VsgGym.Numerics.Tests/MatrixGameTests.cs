using VsgGym.TestKit;

namespace VsgGym.Numerics.Tests;

/// <summary>Matrix games: known values, and on random ones the guarantee of both strategies, which proves them.</summary>
public sealed class MatrixGameTests
{
    [Fact]
    public void Solve_OfRockPaperScissors_IsUniform()
    {
        double[] row = new double[3], column = new double[3];
        Assert.Equal(0, new MatrixGame(3, 3).Solve([0, -1, 1, 1, 0, -1, -1, 1, 0], row, column), 1e-15);
        Assert.All(row.Concat(column), probability => Assert.Equal(1.0 / 3, probability, 1e-15));
    }

    [Fact]
    public void Solve_OfASaddlePoint_IsPure()
    {
        double[] row = new double[2], column = new double[3];
        Assert.Equal(2, new MatrixGame(5, 5).Solve([3, 2, 4, 1, 0, 9], row, column));
        Assert.Equal([1, 0], row);
        Assert.Equal([0, 1, 0], column);
    }

    [Fact]
    public void Solve_OfTwoByTwo_HasItsClosedForm()
    {
        // Gale, Kuhn and Tucker's form: value (ad - bc) / (a + d - b - c).
        double[] row = new double[2], column = new double[2];
        Assert.Equal((3.0 - (-1.0 * -2)) / 7, new MatrixGame(2, 2).Solve([3, -1, -2, 1], row, column), 1e-15);
        Assert.Equal(3.0 / 7, row[0], 1e-15);
        Assert.Equal(2.0 / 7, column[0], 1e-15);
    }

    [Fact]
    public void Solve_OfColonelBlotto_GivesItsValue()
    {
        // Four regiments against three, two posts (Karlin 1959): the value is 14/9.
        double[] payoffs = [4, 2, 1, 0, 1, 3, 0, -1, -2, 2, 2, -2, -1, 0, 3, 1, 0, 1, 2, 4], row = new double[5], column = new double[4];
        Assert.Equal(14.0 / 9, new MatrixGame(5, 4).Solve(payoffs, row, column), 1e-14);
        CheckGuarantees(payoffs, row, column, 14.0 / 9, 1e-14);
    }

    [Fact]
    public void Solve_OfRandomGames_GivesStrategiesThatGuaranteeTheValue()
    {
        var random = RandomStream.Create(5);
        var game = new MatrixGame(12, 12);
        for (int trial = 0; trial < 2000; trial++)
        {
            double[] row = new double[1 + random.NextInt32(12)], column = new double[1 + random.NextInt32(12)], payoffs = new double[row.Length * column.Length];
            double scale = Math.Pow(10, random.NextInt32(13) - 6), shift = random.NextInt32(3) * scale;
            for (int k = 0; k < payoffs.Length; k++) payoffs[k] = shift + (scale * (trial % 2 == 0 ? random.NextDouble() : random.NextInt32(4)));
            double value = game.Solve(payoffs, row, column);
            CheckGuarantees(payoffs, row, column, value, 1e-13 * scale * 4);
        }
    }

    [Fact]
    public void Solve_OfOffsetsThatDwarfTheDifferences_IsStillExact()
    {
        double[] row = new double[3], column = new double[3];
        double[] payoffs = [0, -1, 1, 1, 0, -1, -1, 1, 0];
        for (int k = 0; k < payoffs.Length; k++) payoffs[k] += 1 << 20;
        Assert.Equal(1 << 20, new MatrixGame(3, 3).Solve(payoffs, row, column));
        Assert.All(row, probability => Assert.Equal(1.0 / 3, probability, 1e-15));
    }

    [Fact]
    public void Solve_Repeated_AllocatesNothing()
    {
        var game = new MatrixGame(3, 3);
        double[] row = new double[3], column = new double[3], payoffs = [0, -1, 2, 1, 0, -1, -1, 1, 0];
        game.Solve(payoffs, row, column);
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int k = 0; k < 100; k++) game.Solve(payoffs, row, column);
        }));
    }

    [Fact]
    public void Solve_OfUnequalSizes_Throws()
    {
        Assert.Throws<ArgumentException>(() => new MatrixGame(2, 2).Solve([1, 2, 3], new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => new MatrixGame(2, 2).Solve([1, double.NaN], new double[2], new double[1]));
    }

    private static void CheckGuarantees(double[] payoffs, double[] row, double[] column, double value, double tolerance)
    {
        Assert.Equal(1, row.Sum(), 1e-14);
        Assert.Equal(1, column.Sum(), 1e-14);
        Assert.All(row.Concat(column), probability => Assert.True(probability >= 0));
        for (int j = 0; j < column.Length; j++)
            Assert.True(Enumerable.Range(0, row.Length).Sum(i => row[i] * payoffs[(i * column.Length) + j]) >= value - tolerance);
        for (int i = 0; i < row.Length; i++)
            Assert.True(Enumerable.Range(0, column.Length).Sum(j => column[j] * payoffs[(i * column.Length) + j]) <= value + tolerance);
    }
}
