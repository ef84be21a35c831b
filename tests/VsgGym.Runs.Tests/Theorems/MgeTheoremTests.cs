using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs.Tests.Theorems;

/// <summary>Rows of the tables of mge's theorems, recomputed by plain loops that share no code with solvers or tables.</summary>
public sealed class MgeTheoremTests
{
    private static readonly Catalog Catalog = Catalog.Scan(typeof(Games.Climbing).Assembly, typeof(Solvers.NashCertificate).Assembly);

    // Rewards are drawn in [-1, 1), 2 players, discount 1/2: beta = 1/8 is what the premise allows for rewards of 1, so the bound is 1.
    [Theory]
    [InlineData(0, .125)]
    [InlineData(2, 1.25)]
    [InlineData(4, 12.5)]
    public void Theorem1_FactorSpreadAndPremise_AreThoseOfPlainLoops(int row, double beta)
    {
        var game = Catalog.CreateGame("random_game-v0", """{"discount": 0.5, "players": 2, "states": 3, "actions": 3, "density": 1, "seed": 0}""").Table!;
        var found = Rows("mge/theorem-1")[row];
        Assert.EndsWith(FormattableString.Invariant($"seed 0, beta = {beta:0.####}"), found.Game, StringComparison.Ordinal);
        Assert.Equal(.125 / beta, found.Others[1], 1e-12);
        Assert.Equal(Enumerable.Range(0, 2).Max(p => game.Rewards(p).ToArray().Max(Math.Abs)), found.Others[2]);
        var (factor, spread) = SlowExploring.Follow(game, beta, 0);
        Assert.Equal(factor, found.Measured, 1e-6);
        Assert.Equal(spread, found.Others[0], 1e-7);
        Assert.Equal((.125 / beta >= found.Others[2], factor < 1 && spread <= 1e-7), (found.Premise, found.Holds));
    }

    // Horizon 1 and 2 players for seed 0: beta = 1 / 4 is what the premise allows for rewards of 1; horizon 2 and 3 players for seed 1: 1 / 12.
    [Theory]
    [InlineData(0, 0, 1, 2, 1.0 / 4)]
    [InlineData(1, 1, 2, 3, 1.0 / 12)]
    [InlineData(4, 0, 1, 2, 25)]
    [InlineData(3, 1, 2, 3, 10.0 / 12)]
    public void Theorem2_FactorSpreadAndPremise_AreThoseOfPlainLoops(int row, int seed, int horizon, int players, double beta)
    {
        var game = Catalog.CreateGame("random_game-v0", $$"""{"horizon": {{horizon}}, "discount": null, "players": {{players}}, "states": 3, "actions": 3, "density": 1, "seed": {{seed}}}""").Table!;
        var found = Rows("mge/theorem-2")[row];
        Assert.EndsWith(FormattableString.Invariant($"seed {seed}, beta = {beta:0.####}"), found.Game, StringComparison.Ordinal);
        Assert.Equal(1 / (2 * beta * (players - 1) * (1 + horizon)), found.Others[1], 1e-12);
        Assert.Equal(Enumerable.Range(0, players).Max(p => Math.Max(game.Rewards(p).ToArray().Max(Math.Abs), game.TerminalRewards(p).ToArray().Max(Math.Abs))), found.Others[2]);
        var (factor, spread) = SlowExploring.Follow(game, beta, seed);
        Assert.Equal(factor, found.Measured, 1e-6);
        if (!double.IsNaN(spread)) Assert.Equal(spread, found.Others[0], 1e-7);
        Assert.Equal((found.Others[1] >= found.Others[2], factor < 1 && spread <= 1e-7), (found.Premise, found.Holds));
    }

    // Own rewards and moves as the table draws them: L = phi = mu = .05, T = 2 or 3, beta = .1, and 2 L T against xi exp(-beta (T + 1) xi), xi = (T + 1)(omega + phi).
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    public void Theorem3_FactorSpreadAndPremise_AreThoseOfPlainLoops(int seed, int horizon)
    {
        var found = Rows("mge/theorem-3")[seed];
        Assert.EndsWith($"seed {seed}, beta = 0.1, mu = 0.05", found.Game, StringComparison.Ordinal);
        var slow = new SlowOccupancies(seed, horizon, .1, .05);
        double xi = (horizon + 1) * (slow.Largest + .05);
        Assert.Equal(xi * Math.Exp(-.1 * (horizon + 1) * xi), found.Others[1], 1e-12);
        Assert.Equal(2 * .05 * horizon, found.Others[2], 1e-12);
        var (factor, spread) = slow.Follow();
        Assert.Equal(factor, found.Measured, 1e-6);
        Assert.Equal(spread, found.Others[0], 1e-7);
    }

    // The smallest counterexample without the premise, of all three: both are paid 3 for choosing alike. With x and y the chances of the first action, x' = s(3 (2 y - 1)), s the
    // logistic function, has 1/2 and two more fixed points; the spread is how far these are from 1/2.
    [Theory]
    [InlineData("mge/theorem-1", .5)]
    [InlineData("mge/theorem-2", 0)]
    [InlineData("mge/theorem-3", 0)]
    public void Alike_HasThreeFixedPoints_ByHand(string id, double discount)
    {
        double low = .6, high = 1;
        for (int k = 0; k < 100; k++)
        {
            double x = (low + high) / 2;
            if (Logistic(3 * ((2 * x) - 1)) > x) low = x;
            else high = x;
        }

        var found = Rows(id)[^1];
        Assert.Equal(low - .5, found.Others[0], 1e-8);
        Assert.False(found.Holds);
        var stream = RandomStream.Create(0).Fork("start");
        double[] first = new double[2], second = new double[2];
        stream.NextSimplex(first);
        stream.NextSimplex(second);
        double factor = new[] { (.98, .98), (.02, .02), (first[0], second[0]) }.Max(start => Factor(start.Item1, start.Item2, discount));
        Assert.Equal(factor, found.Measured, 1e-6);
    }

    // The largest factor from one residual to the next; Q_i(a) = 3 (chance that the other does a) + discount V_i, V_i = what is played times Q_i.
    private static double Factor(double x, double y, double discount)
    {
        double[][] played = [[x, 1 - x], [y, 1 - y]];
        double both = 3 * ((x * y) + ((1 - x) * (1 - y))) / (1 - discount);
        double[][] q = [.. played.Select((_, p) => played[1 - p].Select(chance => (3 * chance) + (discount * both)).ToArray())];
        double before = double.NaN, factor = 0;
        for (int k = 0; k < 2000; k++)
        {
            played = [.. q.Select(own => new[] { Logistic(own[0] - own[1]), Logistic(own[1] - own[0]) })];
            double[] values = [.. q.Select((own, p) => (played[p][0] * own[0]) + (played[p][1] * own[1]))];
            double[][] next = [.. q.Select((_, p) => played[1 - p].Select(chance => (3 * chance) + (discount * values[p])).ToArray())];
            double residual = q.Zip(next, (old, now) => Math.Max(Math.Abs(old[0] - now[0]), Math.Abs(old[1] - now[1]))).Max();
            if (before > 1e-12) factor = Math.Max(factor, residual / before);
            if (residual < 1e-11) return factor;
            (before, q) = (residual, next);
        }

        return factor;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static TheoremRow[] Rows(string id) => [.. TheoremTest.Load(id).Run(Catalog, 2, CancellationToken.None)];
}
