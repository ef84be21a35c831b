namespace VsgGym.Core.Tests;

public sealed class CatalogFaultTests
{
    [Theory]
    [InlineData(typeof(FaultyEntries.NoSummary), "missing_summary")]
    [InlineData(typeof(FaultyEntries.BadMetricId), "bad_id")]
    [InlineData(typeof(FaultyEntries.BadGameId), "bad_id")]
    [InlineData(typeof(FaultyEntries.NoSource), "missing_source")]
    [InlineData(typeof(FaultyEntries.UnknownSource), "unknown_source")]
    [InlineData(typeof(FaultyEntries.WrongContract), "wrong_contract")]
    [InlineData(typeof(FaultyEntries.NoConstructor), "bad_constructor")]
    [InlineData(typeof(FaultyEntries.TwoConstructors), "bad_constructor")]
    [InlineData(typeof(FaultyEntries.MetricWithoutGame), "bad_constructor")]
    [InlineData(typeof(FaultyEntries.NoOptions), "missing_options")]
    [InlineData(typeof(FaultyEntries.NoGame), "bad_constructor")]
    [InlineData(typeof(FaultyEntries.NoEstimate), "missing_estimate")]
    public void Scan_OfOneFault_NamesTheClassAndTheRule(Type type, string reason)
    {
        var fault = Assert.Single(Assert.Throws<CatalogException>(() => Catalog.Of(type)).Faults);
        Assert.Equal((type.FullName, reason), (fault.Path, fault.Reason));
    }

    [Fact]
    public void Scan_OfAnIdUsedTwice_NamesBothClasses()
    {
        var error = Assert.Throws<CatalogException>(() => Catalog.Of(typeof(FaultyEntries.Twice1), typeof(FaultyEntries.Twice2)));
        var fault = Assert.Single(error.Faults);
        Assert.Equal(("twice", "duplicate_id"), (fault.Value, fault.Reason));
        Assert.Contains("Twice1", fault.Path, StringComparison.Ordinal);
        Assert.Contains("Twice2", fault.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_OfDefaultsOutsideTheirRanges_NamesEachOption()
    {
        var faults = Assert.Throws<CatalogException>(() => Catalog.Of(typeof(FaultyEntries.BadDefault))).Faults;
        Assert.Equal(
            [
                "VsgGym.Core.Tests.FaultyEntries.BadDefault.Options.size = 4: the default must be in [0, 3]",
                "VsgGym.Core.Tests.FaultyEntries.BadDefault.Options.scale = \"Infinity\": the default must be a number",
            ],
            faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Scan_OfMisdeclaredOptions_NamesEachProperty()
    {
        var faults = Assert.Throws<CatalogException>(() => Catalog.Of(typeof(FaultyEntries.BadOptions))).Faults;
        const string record = "VsgGym.Core.Tests.FaultyEntries.BadOptions.Options";
        Assert.Equal(
            [
                ($"{record}.Silent", "missing_summary"), ($"{record}.Day", "bad_options"), ($"{record}.Name", "bad_options"),
                ($"{record}.Empty", "bad_options"), ($"{record}.Sizes", "bad_options"), (record, "bad_options"),
            ],
            faults.Select(fault => (fault.Path, fault.Reason)));
    }

    [Fact]
    public void Scan_OfTheWholeTestAssembly_ListsEveryFaultAtOnce()
    {
        var error = Assert.Throws<CatalogException>(() => Catalog.Scan(typeof(FaultyEntries).Assembly));
        Assert.Equal(
            ["bad_constructor", "bad_id", "bad_options", "duplicate_id", "missing_estimate", "missing_options", "missing_source", "missing_summary", "out_of_range", "unknown_source", "wrong_contract", "wrong_type"],
            error.Faults.Select(fault => fault.Reason).Distinct().Order(StringComparer.Ordinal));
        foreach (var fault in error.Faults) Assert.Contains(fault.ToString(), error.Message, StringComparison.Ordinal);
    }
}
