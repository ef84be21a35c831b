using System.Text.Json;

namespace VsgGym.Core.Tests.Catalogs;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0.25", 0, .25)]
    [InlineData("""{"kind":"constant","value":3}""", 1_000_000, 3)]
    [InlineData("""{"kind":"linear","from":1,"to":0,"steps":4}""", 1, .75)]
    [InlineData("""{"kind":"linear","from":1,"to":0.5,"steps":4}""", 9, .5)]
    [InlineData("""{"kind":"exponential","from":500,"rate":0.1,"floor":0.1}""", 0, 500.1)]
    [InlineData("""{"kind":"exponential","from":500,"rate":0.1,"floor":0.1}""", 10, 184.03972058572117)]
    [InlineData("""{"kind":"exponential","from":2,"rate":1}""", 10_000, 0)]
    [InlineData("""{"kind":"exponential","from":500,"rate":0.1,"floor":0.1,"start":10}""", 10, 500.1)]
    [InlineData("""{"kind":"exponential","from":500,"rate":0.1,"floor":0.1,"start":10}""", 20, 184.03972058572117)]
    [InlineData("""{"kind":"hyperbolic","scale":10000}""", 10_000, .5)]
    public void At_GivesTheValue(string json, long t, double expected)
    {
        var schedule = Parse(json, out var faults);
        Assert.Equal(0, faults.Count);
        Assert.Equal(expected, schedule.At(t), 10);
        Assert.Equal(schedule, Parse(schedule.ToJson().ToJsonString(), out _));
    }

    [Theory]
    [InlineData("\"hot\"", "o.t", "wrong_type")]
    [InlineData("1e999", "o.t", "not_finite")]
    [InlineData("{}", "o.t.kind", "missing")]
    [InlineData("""{"kind":"cosine"}""", "o.t.kind", "unknown_kind")]
    [InlineData("""{"kind":"linear","from":1,"to":0,"steps":0}""", "o.t.steps", "out_of_range")]
    [InlineData("""{"kind":"linear","from":1,"to":0,"steps":1.5}""", "o.t.steps", "out_of_range")]
    [InlineData("""{"kind":"linear","from":1,"steps":2}""", "o.t.to", "missing")]
    [InlineData("""{"kind":"linear","from":"1","to":2,"steps":2}""", "o.t.from", "wrong_type")]
    [InlineData("""{"kind":"exponential","from":1,"rate":-1}""", "o.t.rate", "out_of_range")]
    [InlineData("""{"kind":"exponential","from":1e999,"rate":1}""", "o.t.from", "not_finite")]
    [InlineData("""{"kind":"exponential","from":1,"rate":1,"start":0.5}""", "o.t.start", "out_of_range")]
    [InlineData("""{"kind":"hyperbolic","scale":0}""", "o.t.scale", "out_of_range")]
    [InlineData("""{"kind":"hyperbolic","scale":1,"flor":0}""", "o.t.flor", "unknown_option")]
    public void Parse_OfAFaultyForm_NamesTheField(string json, string path, string reason)
    {
        Parse(json, out var faults);
        var fault = Assert.Single(faults.ToException().Faults);
        Assert.Equal((path, reason), (fault.Path, fault.Reason));
    }

    [Fact]
    public void Parse_ReportsAllFaultsAtOnce()
    {
        Parse("""{"kind":"linear","from":"x","steps":-1,"extra":1}""", out var faults);
        Assert.Equal(4, faults.Count);
    }

    [Fact]
    public void CheckWithin_SeesBothEnds()
    {
        var faults = new FaultList();
        Schedule.Linear(1, 0, 10).CheckWithin("a", 9, 0, 1, faults);
        Assert.Equal(0, faults.Count);
        Schedule.Linear(1, 0, 10).CheckWithin("a", 10, 0, 1, faults);
        Schedule.Constant(2).CheckWithin("b", 0, 0, 1, faults);
        Assert.Equal(["a", "b"], faults.ToException().Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void CheckWithin_OfASumThatOverflows_IsRefusedWithoutAMaximum()
    {
        var faults = new FaultList();
        Schedule.Exponential(1e308, 0, 1e308).CheckWithin("a", 9, 0, double.PositiveInfinity, faults);
        Assert.Equal("a = Infinity: must stay above 0 and finite; this is its value at time 0", faults.ToException().Message);
    }

    [Fact]
    public void Schema_OffersEveryKind()
    {
        var forms = Schedule.Schema()["oneOf"]!.AsArray();
        Assert.Equal("number", (string?)forms[0]!["type"]);
        Assert.Equal(["constant", "linear", "exponential", "hyperbolic"], forms.Skip(1).Select(form => (string)form!["properties"]!["kind"]!["const"]!));
    }

    private static Schedule Parse(string json, out FaultList faults)
    {
        faults = new FaultList();
        using var document = JsonDocument.Parse(json);
        return Schedule.Parse(document.RootElement, "o.t", faults);
    }
}
