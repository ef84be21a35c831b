using VsgGym.TestKit;

namespace VsgGym.Numerics.Tests;

/// <summary>Support enumeration on games with known equilibria, and on random ones by the definition.</summary>
public sealed class BimatrixGameTests
{
    [Fact]
    public void Solve_OfTheBattleOfTheSexes_FindsAllThree()
    {
        double[] first = [2, 0, 0, 1], second = [1, 0, 0, 2];
        var (x, y) = All(first, second, 2, 2);
        Assert.Equal(3, x.Count);
        Assert.Equal([1, 0], x[0]);
        Assert.Equal([0, 1], y[1]);
        Near([2.0 / 3, 1.0 / 3], x[2]);
        Near([1.0 / 3, 2.0 / 3], y[2]);
    }

    [Fact]
    public void Solve_OfRockPaperScissors_FindsTheOneThereIs()
    {
        double[] first = [0, -1, 1, 1, 0, -1, -1, 1, 0], second = [.. first.Select(payoff => 0 - payoff)];
        var (x, y) = All(first, second, 3, 3);
        Near([1.0 / 3, 1.0 / 3, 1.0 / 3], Assert.Single(x));
        Near([1.0 / 3, 1.0 / 3, 1.0 / 3], Assert.Single(y));
    }

    [Fact]
    public void Solve_OfTheExampleOfVonStengel_FindsItsThree()
    {
        // Von Stengel's 3 x 2 game in "Equilibrium computation for two-player games in strategic and extensive form" (2007).
        double[] first = [3, 3, 2, 5, 0, 6], second = [3, 2, 2, 6, 3, 1];
        var (x, y) = All(first, second, 3, 2);
        Assert.Equal(3, x.Count);
        Assert.Equal([1, 0, 0], x[0]);
        Near([.8, .2, 0], x[1]);
        Near([2.0 / 3, 1.0 / 3], y[1]);
        Near([0, 1.0 / 3, 2.0 / 3], x[2]);
        Near([1.0 / 3, 2.0 / 3], y[2]);
    }

    [Fact]
    public void Solve_OfRandomGames_GivesEquilibriaOfAnOddNumber()
    {
        var random = RandomStream.Create(3);
        for (int trial = 0; trial < 300; trial++)
        {
            int rows = 1 + random.NextInt32(4), columns = 1 + random.NextInt32(4);
            double[] first = [.. Enumerable.Range(0, rows * columns).Select(_ => 100 + random.NextDouble())], second = [.. first.Select(_ => random.NextDouble())];
            var (x, y) = All(first, second, rows, columns);
            Assert.Equal(1, x.Count % 2); // Wilson: a game that is not degenerate has an odd number
            for (int e = 0; e < x.Count; e++) Assert.InRange(Gain(first, second, x[e], y[e]), 0, 1e-9);
        }
    }

    [Fact]
    public void Solve_OfDegenerateGames_AlwaysFindsOne()
    {
        var random = RandomStream.Create(4);
        for (int trial = 0; trial < 1500; trial++)
        {
            int rows = 1 + random.NextInt32(4), columns = 1 + random.NextInt32(4), kinds = 2 + (trial % 2);
            double[] first = [.. Enumerable.Range(0, rows * columns).Select(_ => (double)random.NextInt32(kinds))], second = [.. first.Select(_ => (double)random.NextInt32(kinds))];
            var (x, y) = All(first, second, rows, columns);
            for (int e = 0; e < x.Count; e++) Assert.InRange(Gain(first, second, x[e], y[e]), 0, 1e-9);
        }
    }

    [Theory]
    [InlineData(2, 2, 5)]
    [InlineData(3, 3, 19)]
    [InlineData(8, 8, 12869)]
    [InlineData(3, 2, 9)]
    public void CountPairs_IsTheSumOfProducts(int rows, int columns, double pairs) => Assert.Equal(pairs, BimatrixGame.CountPairs(rows, columns), 1e-6);

    [Fact]
    public void Solve_Repeated_AllocatesNothing()
    {
        var game = new BimatrixGame(3, 3);
        double[] first = [0, -1, 1, 1, 0, -1, -1, 1, 0], second = [.. first.Select(payoff => 0 - payoff)], x = new double[6], y = new double[6];
        game.Solve(first, second, 3, 3, 2, x, y);
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int k = 0; k < 50; k++) game.Solve(first, second, 3, 3, 2, x, y);
        }));
    }

    [Fact]
    public void Solve_OfWrongSizes_Throws()
    {
        var game = new BimatrixGame(2, 2);
        Assert.Throws<ArgumentException>(() => game.Solve([1, 2, 3], [1, 2, 3, 4], 2, 2, 1, new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => game.Solve([1, 2, 3, 4], [1, 2, 3, 4], 2, 2, 2, new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => game.Solve([1, 2, 3, double.NaN], [1, 2, 3, 4], 2, 2, 1, new double[2], new double[2]));
    }

    private static (List<double[]> X, List<double[]> Y) All(double[] first, double[] second, int rows, int columns)
    {
        const int most = 64;
        double[] x = new double[most * rows], y = new double[most * columns];
        int found = new BimatrixGame(rows, columns).Solve(first, second, rows, columns, most, x, y);
        return ([.. Enumerable.Range(0, found).Select(e => x[(e * rows)..((e + 1) * rows)])], [.. Enumerable.Range(0, found).Select(e => y[(e * columns)..((e + 1) * columns)])]);
    }

    // What the better informed of the two gains by another pure strategy.
    private static double Gain(double[] first, double[] second, double[] x, double[] y)
    {
        double[] byRow = [.. x.Select((_, i) => y.Select((weight, j) => weight * first[(i * y.Length) + j]).Sum())], byColumn = [.. y.Select((_, j) => x.Select((weight, i) => weight * second[(i * y.Length) + j]).Sum())];
        double gain = byRow.Max() - byRow.Zip(x, (payoff, weight) => payoff * weight).Sum();
        return Math.Max(0, Math.Max(gain, byColumn.Max() - byColumn.Zip(y, (payoff, weight) => payoff * weight).Sum()));
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-12);
    }
}
