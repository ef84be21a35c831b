namespace VsgGym.Numerics.Tests;

public sealed class LinearSystemTests
{
    [Fact]
    public void Solve_WithAZeroPivot_SwapsRows()
    {
        double[] matrix = [0, 2, 1, 1], vector = [4, 5];
        LinearSystem.Solve(matrix, vector);
        Assert.Equal([3, 2], vector);
    }

    [Fact]
    public void Solve_OfRandomSystems_GivesTheKnownAnswer()
    {
        var random = RandomStream.Create(1);
        for (int n = 1; n <= 40; n += 3)
        {
            double[] matrix = new double[n * n], known = new double[n], vector = new double[n];
            for (int k = 0; k < matrix.Length; k++) matrix[k] = random.NextDouble() - .5;
            for (int k = 0; k < n; k++) known[k] = random.NextDouble();
            for (int row = 0; row < n; row++)
                for (int k = 0; k < n; k++) vector[row] += matrix[(row * n) + k] * known[k];
            LinearSystem.Solve(matrix, vector);
            for (int k = 0; k < n; k++) Assert.Equal(known[k], vector[k], 1e-9);
        }
    }

    [Fact]
    public void Solve_OfASingularMatrix_Throws() =>
        Assert.Throws<ArgumentException>(() => LinearSystem.Solve(new double[] { 1, 2, 2, 4 }, new double[] { 1, 1 }));

    [Fact]
    public void TrySolve_OfASingularMatrix_SaysSo()
    {
        Assert.False(LinearSystem.TrySolve(new double[] { 1, 2, 2, 4 + 1e-14 }, new double[] { 1, 1 }, 1e-12));
        double[] vector = [4, 5];
        Assert.True(LinearSystem.TrySolve(new double[] { 0, 2, 1, 1 }, vector, 1e-12));
        Assert.Equal([3, 2], vector);
    }

    [Fact]
    public void Solve_OfUnequalSizes_Throws() =>
        Assert.Throws<ArgumentException>(() => LinearSystem.Solve(new double[] { 1, 2, 2 }, new double[] { 1, 1 }));
}
