using VsgGym.Core;

namespace VsgGym.Runs.Tests.Theorems;

/// <summary>The tables of the papers' theorems with few random games: what holds, what fails, and the counterexamples' numbers by hand.</summary>
public sealed class TheoremTestTests
{
    private static readonly Catalog Catalog = Catalog.Scan(typeof(Games.Climbing).Assembly, typeof(Solvers.NashCertificate).Assembly);

    [Fact]
    public void Ids_AreThoseOfTheStatements() => Assert.Equal(
        ["flow/theorem-4-3", "mge/theorem-1", "mge/theorem-2", "mge/theorem-3", "rommeo/theorem-3", "vsg/lemma-5-7", "vsg/proposition-5-5", "vsg/proposition-5-6", "vsg/theorem-4-2", "vsg/theorem-5-8"],
        TheoremTest.Ids.Order(StringComparer.Ordinal));

    [Fact]
    public void UnknownId_NamesTheKnownOnes()
    {
        var error = Assert.Throws<VsgGymException>(() => TheoremTest.Load("vsg/theorem-9"));
        Assert.Contains("vsg/theorem-4-2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VsgTheorem42_FailsForConditionalPenniesAndHoldsForIndependentPolicies()
    {
        var rows = Run("vsg/theorem-4-2");
        var pennies = Assert.Single(rows, row => row.Premise && !row.Holds && row.Game.Contains("K = 4", StringComparison.Ordinal));
        Assert.StartsWith("As printed", pennies.Group, StringComparison.Ordinal);
        Assert.Equal((1, Math.Log(2)), (pennies.Measured, pennies.Bound), Near(1e-3)); // K / 4 in the limit
        TheoremRow[] corrected = [.. rows.Where(row => row.Group.StartsWith("Corrected", StringComparison.Ordinal))];
        Assert.Equal(8, corrected.Length);
        Assert.All(corrected.Where(row => row.Premise), row => Assert.True(row.Holds, row.Game));
        Assert.True(corrected.Count(row => row.Premise) >= 5);
    }

    [Fact]
    public void VsgProposition55_HoldsUnlessTheModelStandsInsideTheValues()
    {
        var rows = Run("vsg/proposition-5-5");
        var groups = rows.GroupBy(row => row.Group).ToArray();
        Assert.All(groups[0], row => Assert.True(row.Holds && row.Measured > 0, row.Game));
        var rare = Assert.Single(groups[1], row => row.Game.EndsWith("e = 0.01", StringComparison.Ordinal));
        Assert.False(rare.Holds);
        Assert.Equal(Math.Log(100), rare.Measured, 1e-9);
        Assert.Equal((1e-4 * Math.Log(.01)) + (.9999 * Math.Log(.9999 / .99)), rare.Others[0], 1e-12); // epsilon
    }

    [Theory]
    [InlineData("vsg/proposition-5-6", 4)]
    [InlineData("vsg/theorem-5-8", 4)]
    public void VsgStatements_HoldInRandomPotentialGames(string id, int rows)
    {
        var found = Run(id);
        Assert.Equal(rows, found.Length);
        Assert.All(found, row => Assert.True(row.Premise && row.Holds, $"{row.Game}: {row.Measured}"));
    }

    [Fact]
    public void VsgLemma57_FailsForConditionalPoliciesFromTheBestIndependentOnes()
    {
        var rows = Run("vsg/lemma-5-7");
        Assert.All(rows[..^1], row => Assert.True(row.Holds && row.Others[2] >= row.Others[1], row.Game));
        Assert.False(rows[^1].Holds);
        // m = .6592 and (e + 1) / (e + 3): the potential m^2 plus two entropies.
        double Potential(double m) => (m * m) - (2 * ((m * Math.Log(m)) + ((1 - m) * Math.Log(1 - m))));
        Assert.Equal(Potential((Math.E + 1) / (Math.E + 3)), rows[^1].Others[2], 1e-6);
        Assert.Equal(Potential(.6592), rows[^1].Others[1], 1e-6);
    }

    [Fact]
    public void FlowTheorem43_FailsOnTheForkAndHoldsCorrected()
    {
        var rows = Run("flow/theorem-4-3");
        var fork = rows.First(row => row.Game.EndsWith("(1, 1/2)", StringComparison.Ordinal));
        Assert.Equal((0, true, false), (fork.Bound, fork.Premise, fork.Holds));
        Assert.Equal(Math.Log(2) / 3, fork.Measured, 1e-12);
        Assert.All(rows.Where(row => row.Others[1] == 1 || row.Group == "Corrected"), row => Assert.True(row.Premise && row.Holds, row.Game));
        Assert.All(rows.Where(row => row.Group == "As printed" && row.Game.Contains("0.99", StringComparison.Ordinal)), row => Assert.False(row.Holds));
    }

    [Theory]
    [InlineData("mge/theorem-1")]
    [InlineData("mge/theorem-2")]
    [InlineData("mge/theorem-3")]
    public void MgeTheorems_HoldInsideAndHaveACounterexampleOutside(string id)
    {
        var rows = Run(id);
        TheoremRow[] inside = [.. rows.Where(row => row.Premise)];
        Assert.Equal(2, inside.Length);
        Assert.All(inside, row => Assert.True(row.Holds && row.Others[2] <= row.Others[1], row.Game));
        Assert.False(rows[^1].Premise || rows[^1].Holds);
        Assert.InRange(rows[^1].Others[0], .4, .5); // from 1/2 to nearly pure play
    }

    [Fact]
    public void RommeoTheorem3_HoldsAtAFixedPriorInEveryGame()
    {
        var rows = Run("rommeo/theorem-3");
        Assert.Equal(2, rows.Count(row => row.Premise));
        TheoremRow[] fixedPrior = [.. rows.Where(row => !row.Group.StartsWith("A learned", StringComparison.Ordinal))];
        Assert.Equal(10, fixedPrior.Length);
        Assert.All(fixedPrior, row => Assert.True(row.Holds && row.Measured > .5, row.Game));
    }

    [Fact]
    public void Page_HasATablePerGroupAndCountsItsRows()
    {
        var test = TheoremTest.Load("flow/theorem-4-3");
        TheoremRow[] rows = [new("A", "one", true, 1, .5, true, 0, 1), new("A", "two, three", true, 1, 2, false, 0, 1), new("B", "four", false, 0, 2, false, .25, 0)];
        string page = TheoremPage.Write(test, [.. rows], "the command");
        Assert.Contains("    the command\n", page, StringComparison.Ordinal);
        Assert.Contains("## A\n\nThe premises hold in 2 of 2, and there the promise holds in 1 and fails in 1.\n", page, StringComparison.Ordinal);
        Assert.Contains("## B\n\nThe premises do not hold in 1 of 1, and there the promise holds all the same in 0 and fails in 1.\n", page, StringComparison.Ordinal);
        Assert.Contains("| four | no | 0 | 2 | no | 0.25 | 0 |\n", page, StringComparison.Ordinal);
        Assert.Contains("\nA,\"two, three\",yes,1,2,no,0,1\n", TheoremPage.WriteCsv(test, [.. rows]), StringComparison.Ordinal);
    }

    private static EqualityComparer<(double, double)> Near(double tolerance) =>
        EqualityComparer<(double, double)>.Create((x, y) => Math.Abs(x.Item1 - y.Item1) <= tolerance && Math.Abs(x.Item2 - y.Item2) <= tolerance, _ => 0);

    private static TheoremRow[] Run(string id) => [.. TheoremTest.Load(id).Run(Catalog, 2, CancellationToken.None)];
}
