namespace VsgGym.Games.Tests;

public sealed class ShapleyTests
{
    [Fact]
    public void Payoffs_AreTheUsualOnes()
    {
        var table = new Shapley(new Shapley.Options()).Table;
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], table.Rewards(0));
        Assert.Equal([0, 1, 0, 0, 0, 1, 1, 0, 0], table.Rewards(1));
        Assert.Equal(["A", "B", "C"], table.ActionLabels[1].ToArray());
    }

    [Fact]
    public void Uniform_IsAnEquilibrium_AndNoPureOneExists()
    {
        var table = new Shapley(new Shapley.Options()).Table;
        Assert.Empty(Equilibria.Pure(table));
        for (int player = 0; player < 2; player++)
            Assert.All(Equilibria.Against(table, player, 1.0 / 3, 1.0 / 3, 1.0 / 3), worth => Assert.Equal(1.0 / 3, worth, 1e-15));
    }

    [Fact]
    public void FictitiousPlay_CirclesInEverLongerRuns()
    {
        // Shapley 1964: from (A, A) on, the six cells of the circle follow each other, each run longer than the last.
        var table = new Shapley(new Shapley.Options()).Table;
        double[] rows = new double[3], columns = new double[3];
        var (row, column) = (0, 0);
        var runs = new List<(string Cell, int Length)>();
        for (int t = 0; t < 20_000; t++)
        {
            rows[row]++;
            columns[column]++;
            string cell = $"{"ABC"[row]}{"ABC"[column]}";
            if (runs.Count > 0 && runs[^1].Cell == cell) runs[^1] = (cell, runs[^1].Length + 1);
            else runs.Add((cell, 1));
            (row, column) = (Best(Equilibria.Against(table, 0, columns), row), Best(Equilibria.Against(table, 1, rows), column));
        }

        string[] circle = ["AA", "AB", "BB", "BC", "CC", "CA"];
        Assert.True(runs.Count > 20);
        for (int i = 0; i < runs.Count; i++) Assert.Equal(circle[i % 6], runs[i].Cell);
        for (int i = 7; i < runs.Count - 1; i++) Assert.True(runs[i].Length >= runs[i - 1].Length, $"run {i}: {runs[i - 1]}, {runs[i]}");
        Assert.True(runs[^2].Length > 1000);
    }

    /// <summary>A best action, the present one where it is among them.</summary>
    private static int Best(double[] worths, int present) => worths[present] == worths.Max() ? present : Array.IndexOf(worths, worths.Max());
}
