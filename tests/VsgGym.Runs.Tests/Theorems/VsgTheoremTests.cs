using VsgGym.Core;

namespace VsgGym.Runs.Tests.Theorems;

/// <summary>Rows of the tables of vsg's statements, recomputed by plain loops that share no code with solvers or tables.</summary>
public sealed class VsgTheoremTests
{
    private static readonly Catalog Catalog = Catalog.Scan(typeof(Games.Climbing).Assembly, typeof(Solvers.NashCertificate).Assembly);

    // Independent policies at tau = 1 and .1: a fixed point answers the others' play by softmax(Q / tau), V = tau log sum exp(Q / tau), from the last time to the first.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void Theorem42_GainOfIndependentPolicies_IsThatOfPlainLoops(int seed, double temperature)
    {
        int players = 2 + (seed % 2);
        var game = Catalog.CreateGame("random_game-v0", $$"""{"horizon": 3, "discount": null, "players": {{players}}, "states": 3, "actions": 2, "density": 1, "seed": {{seed}}}""").Table!;
        var found = Rows("vsg/theorem-4-2").Single(row => row.Group.StartsWith("Corrected", StringComparison.Ordinal) && row.Game == FormattableString.Invariant($"random_game-v0, seed {seed}, tau = {temperature}"));
        var policies = new double[3][][,];
        double[][] values = [.. game.Players.Select((_, p) => game.TerminalRewards(p).ToArray())];
        for (int t = 2; t >= 0; t--)
        {
            policies[t] = SlowPlay.Uniform(game)[t];
            double[][,] q = [];
            for (int k = 0; k < 4000; k++)
            {
                q = [.. game.Players.Select((_, p) => SlowPlay.ActionValues(game, policies[t], p, values[p]))];
                for (int p = 0; p < players; p++)
                    for (int s = 0; s < 3; s++)
                    {
                        double first = 1 / (1 + Math.Exp((q[p][s, 1] - q[p][s, 0]) / temperature));
                        policies[t][p][s, 0] += .1 * (first - policies[t][p][s, 0]);
                        policies[t][p][s, 1] = 1 - policies[t][p][s, 0];
                    }
            }

            values = [.. q.Select(own => Enumerable.Range(0, 3).Select(s => temperature * Math.Log(Math.Exp(own[s, 0] / temperature) + Math.Exp(own[s, 1] / temperature))).ToArray())];
        }

        Assert.Equal(Enumerable.Range(0, players).Max(p => SlowPlay.Gain(game, policies, p)), found.Measured, 1e-6);
        bool paysAtTheEnd = Enumerable.Range(0, players).Any(p => game.TerminalRewards(p).ToArray().Any(reward => reward != 0));
        Assert.Equal(temperature * (paysAtTheEnd ? 4 : 3) * Math.Log(2), found.Bound, 1e-12);
        Assert.True(found.Premise && found.Holds && found.Measured > .01);
    }

    // Pennies of 2 K and K for independent policies: with x and y the chances of heads, x = s(K (5 y - 2)) and y = s(K (2 - 5 x)), s the logistic function, by bisection for x.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Theorem42_PenniesOfIndependentPolicies_AreAsByBisection(double scale)
    {
        static double Logistic(double z) => 1 / (1 + Math.Exp(-z));
        double low = 0, high = 1; // the answer to the answer falls as x grows
        for (int k = 0; k < 200; k++)
        {
            double middle = (low + high) / 2;
            if (Logistic(scale * ((5 * Logistic(scale * (2 - (5 * middle)))) - 2)) > middle) low = middle;
            else high = middle;
        }

        double x = low, y = Logistic(scale * (2 - (5 * x))), heads = scale * ((3 * y) - 1), tails = scale * (1 - (2 * y)), value = (x * heads) + ((1 - x) * tails);
        double toHeads = -scale * ((3 * x) - 1), toTails = -scale * (1 - (2 * x)), other = (y * toHeads) + ((1 - y) * toTails);
        var found = Rows("vsg/theorem-4-2").Single(row => row.Group.StartsWith("Corrected", StringComparison.Ordinal) && row.Game == FormattableString.Invariant($"pennies of 2K and K, K = {scale}, tau = 1"));
        Assert.True(found.Premise, "it did not come to rest");
        Assert.Equal(Math.Max(Math.Max(heads, tails) - value, Math.Max(toHeads, toTails) - other), found.Measured, 1e-6);
    }

    // Both play (1 - e, e) and are thought to play (1 - e^2, e^2), without rewards, at discount 1/2. V = 2 H with the right model, H the entropy of what is played; where Q^ keeps
    // the logarithm of what is played, V^ = 2 (H - KL), so that the error of Q is half of 2 KL: epsilon itself.
    [Theory]
    [InlineData(.1)]
    [InlineData(.01)]
    [InlineData(.001)]
    public void Proposition55_RareActions_AreAsByHand(double rare)
    {
        var rows = Rows("vsg/proposition-5-5").Where(row => row.Game == FormattableString.Invariant($"no rewards, e = {rare}")).ToArray();
        double square = rare * rare, epsilon = (square * Math.Log(square / rare)) + ((1 - square) * Math.Log((1 - square) / (1 - rare)));
        Assert.Equal(2, rows.Length);
        foreach (var row in rows)
        {
            Assert.Equal(epsilon, row.Others[0], 1e-12);
            Assert.Equal((2 * (1 + Math.Log(2)) * 4 * Math.Sqrt(epsilon / 2)) + (2 * epsilon), row.Bound, 1e-12);
        }

        Assert.Equal(epsilon, rows[0].Measured, 1e-9);
        Assert.Equal(-Math.Log(rare), rows[1].Measured, 1e-9);
    }

    [Theory]
    [InlineData(0, "Conditional")]
    [InlineData(1, "Conditional")]
    [InlineData(0, "Independent")]
    [InlineData(1, "Independent")]
    public void Proposition56_StepsAreThoseOfPlainLoops(int seed, string form)
    {
        var (game, team) = Potential(seed);
        SlowVariational own = new(game, 2, .2, form == "Conditional"), common = new(team, 2, .2, form == "Conditional");
        double largest = 0;
        for (int k = 0; k < 25; k++)
        {
            own.Step();
            common.Step();
            largest = Math.Max(largest, Distance(own.Played, common.Played));
        }

        var found = Rows("vsg/proposition-5-6").Where(row => row.Group.StartsWith(form, StringComparison.Ordinal)).ElementAt(seed);
        Assert.Equal(Distance(own.Played, SlowPlay.Uniform(game)[0]), found.Others[0], 1e-9);
        Assert.InRange(largest, 0, 1e-12);
        Assert.InRange(found.Measured, 0, 1e-12);
    }

    // Where it goes has long been reached after 3000 steps of weight 1/10, whatever the step of 1 / L.
    [Theory]
    [InlineData(0, "Conditional")]
    [InlineData(1, "Conditional")]
    [InlineData(0, "Independent")]
    [InlineData(1, "Independent")]
    public void Theorem58_GainsAndBound_AreThoseOfPlainLoops(int seed, string form)
    {
        var (game, _) = Potential(seed);
        var slow = new SlowVariational(game, 2, .1, form == "Conditional");
        for (int k = 0; k < 3000; k++) slow.Step();
        double Gain(double[][,] policies) => Enumerable.Range(0, game.PlayerCount).Max(p => SlowPlay.Gain(game, [policies], p));
        var found = Rows("vsg/theorem-5-8").Where(row => row.Group.StartsWith(form, StringComparison.Ordinal)).ElementAt(seed);
        Assert.Equal(2 * Math.Log(1 << game.PlayerCount) / .5, found.Bound, 1e-6); // exact models, delta = 0 up to rounding
        Assert.Equal(Gain(SlowPlay.Uniform(game)[0]), found.Others[1], 1e-9);
        Assert.Equal(Gain(slow.Played), found.Measured, 1e-4); // a residual of 1e-5
        Assert.Equal(found.Measured / found.Bound, found.Others[0], 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Lemma57_StepAndPotentials_AreThoseOfPlainLoops(int seed)
    {
        var (game, team) = Potential(seed);
        double n = game.PlayerCount, constant = (2 * (n + 1) * (n + 1) * 8) + (2 * ((n * n) + n + 1) * (1 + Math.Log(2)) * 4) + (((3 * n) + 2) * 2);
        var slow = new SlowVariational(game, 2, .1, conditional: false);
        for (int k = 0; k < 3000; k++) slow.Step();
        var found = Rows("vsg/lemma-5-7").Where(row => row.Group.EndsWith("independent policies", StringComparison.Ordinal)).ElementAt(seed);
        Assert.Equal(1 / constant, found.Others[0], 1e-12);
        Assert.Equal(SlowPlay.Potential(team, SlowPlay.Uniform(team)[0], 2), found.Others[1], 1e-9);
        Assert.Equal(SlowPlay.Potential(team, slow.Played, 2), found.Others[2], 1e-5);
        Assert.True(found.Others[2] > found.Others[1] + 1e-3);
    }

    // A Markov potential game of the tables, and the team game of its potential.
    private static (StochasticGame Game, StochasticGame Team) Potential(int seed)
    {
        StochasticGame Of(int dummy) => Catalog.CreateGame("markov_potential-v0", $$"""{"discount": 0.5, "players": {{2 + (seed % 2)}}, "states": 3, "actions": 2, "density": 1, "seed": {{seed}}, "dummy": {{dummy}}}""").Table!;
        return (Of(1), Of(0));
    }

    private static double Distance(double[][,] first, double[][,] second) => first.Zip(second, (x, y) => x.Cast<double>().Zip(y.Cast<double>(), (a, b) => Math.Abs(a - b)).Max()).Max();

    private static TheoremRow[] Rows(string id) => [.. TheoremTest.Load(id).Run(Catalog, 2, CancellationToken.None)];
}
