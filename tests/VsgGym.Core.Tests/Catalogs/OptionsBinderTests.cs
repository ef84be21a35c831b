namespace VsgGym.Core.Tests;

public sealed class OptionsBinderTests
{
    private const string Known = "inverse_temperature, max_iterations, offset, seed, is_on, name, note, mode, other_mode, weights, sizes, inner, extra, amount";

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{}")]
    public void Bind_OfNothing_GivesTheDefaults(string json)
    {
        var options = OptionsBinder.Bind<SampleOptions>(json);
        Assert.Equal(OptionsBinder.ToJson(new SampleOptions()), OptionsBinder.ToJson(options));
    }

    [Fact]
    public void ToJson_OfTheDefaults_IsCanonical() => Assert.Equal(
        """{"inverse_temperature":0.1,"max_iterations":1000,"offset":-5,"seed":7,"is_on":true,"name":"plain","note":null,"mode":"walk_around","other_mode":null,"weights":[0.5,0.25],"sizes":[3],"inner":{"from":0.25,"count":null},"extra":null,"amount":2.5}""",
        OptionsBinder.ToJson(new SampleOptions()));

    [Fact]
    public void Bind_OfEveryKind_KeepsTheValues()
    {
        const string json =
            """{"inverse_temperature":2.5,"max_iterations":12,"offset":-9223372036854775808,"seed":18446744073709551615,"is_on":false,"name":"it's <ü>","note":"n","mode":"stand_still","other_mode":"walk_around","weights":[],"sizes":[1,2],"inner":{"from":1,"count":3},"extra":{"from":0,"count":null},"amount":"auto"}""";
        var options = OptionsBinder.Bind<SampleOptions>(json);
        Assert.Equal((2.5, 12, long.MinValue, ulong.MaxValue, false), (options.InverseTemperature, options.MaxIterations, options.Offset, options.Seed, options.IsOn));
        Assert.Equal(("it's <ü>", "n", SampleMode.StandStill, SampleMode.WalkAround), (options.Name, options.Note, options.Mode, options.OtherMode));
        Assert.Empty(options.Weights);
        Assert.Equal([1, 2], options.Sizes);
        Assert.Equal((new SampleInner { From = 1, Count = 3 }, new SampleInner { From = 0 }), (options.Inner, options.Extra));
        Assert.Null(options.Amount.Number);
        Assert.Equal(json, OptionsBinder.ToJson(options));
    }

    [Theory]
    [InlineData("""{"seed": 9007199254740993}""", 9007199254740993UL)]
    [InlineData("""{"seed": 18446744073709551614}""", 18446744073709551614UL)]
    [InlineData("""{"seed": 3.0}""", 3UL)]
    [InlineData("""{"seed": 2e3}""", 2000UL)]
    public void Bind_OfAWholeNumber_KeepsAllBits(string json, ulong seed) => Assert.Equal(seed, OptionsBinder.Bind<SampleOptions>(json).Seed);

    [Theory]
    [InlineData("""{"temprature": 0.5}""", "unknown_option", "options.temprature = 0.5: unknown option; known: " + Known)]
    [InlineData("""{"inverse_temprature": 0.5}""", "unknown_option", "options.inverse_temprature = 0.5: unknown option; did you mean \"inverse_temperature\"? known: " + Known)]
    [InlineData("""{"Seed": 1}""", "unknown_option", "options.Seed = 1: unknown option; did you mean \"seed\"? known: " + Known)]
    [InlineData("""{"temperature": 1}""", "unknown_option", "options.temperature = 1: unknown option; known: " + Known)]
    [InlineData("""{"inverse_temperature": 0}""", "out_of_range", "options.inverse_temperature = 0: must be in (0, 1000]")]
    [InlineData("""{"inverse_temperature": "NaN"}""", "wrong_type", "options.inverse_temperature = \"NaN\": must be a number")]
    [InlineData("""{"inverse_temperature": 1e999}""", "not_finite", "options.inverse_temperature = 1e999: must be finite: it exceeds the range of a double")]
    [InlineData("""{"inverse_temperature": null}""", "wrong_type", "options.inverse_temperature = null: must be a number")]
    [InlineData("""{"max_iterations": 3.5}""", "wrong_type", "options.max_iterations = 3.5: must be a whole number")]
    [InlineData("""{"max_iterations": 1e-40}""", "wrong_type", "options.max_iterations = 1e-40: must be a whole number")]
    [InlineData("""{"max_iterations": true}""", "wrong_type", "options.max_iterations = true: must be a whole number")]
    [InlineData("""{"max_iterations": 0}""", "out_of_range", "options.max_iterations = 0: must be at least 1")]
    [InlineData("""{"max_iterations": 3000000000}""", "out_of_range", "options.max_iterations = 3000000000: must be in [1, 2147483647]")]
    [InlineData("""{"max_iterations": 1e300}""", "out_of_range", "options.max_iterations = 1e300: must be in [1, 2147483647]")]
    [InlineData("""{"seed": -1}""", "out_of_range", "options.seed = -1: must be in [0, 18446744073709551615]")]
    [InlineData("""{"is_on": 1}""", "wrong_type", "options.is_on = 1: must be true or false")]
    [InlineData("""{"name": 1}""", "wrong_type", "options.name = 1: must be a string")]
    [InlineData("""{"name": null}""", "wrong_type", "options.name = null: must be a string")]
    [InlineData("""{"mode": 1}""", "wrong_type", "options.mode = 1: must be one of \"stand_still\", \"walk_around\"")]
    [InlineData("""{"mode": "StandStill"}""", "out_of_range", "options.mode = \"StandStill\": must be one of \"stand_still\", \"walk_around\"; did you mean \"stand_still\"?")]
    [InlineData("""{"weights": 0.5}""", "wrong_type", "options.weights = 0.5: must be an array")]
    [InlineData("""{"weights": [0, 1]}""", "out_of_range", "options.weights[1] = 1: must be in [0, 1)")]
    [InlineData("""{"sizes": [1, "2"]}""", "wrong_type", "options.sizes[1] = \"2\": must be a whole number")]
    [InlineData("""{"inner": 3}""", "wrong_type", "options.inner = 3: must be an object")]
    [InlineData("""{"inner": null}""", "wrong_type", "options.inner = null: must be an object")]
    [InlineData("""{"inner": {"from": 2}}""", "out_of_range", "options.inner.from = 2: must be in [0, 1]")]
    [InlineData("""{"extra": {"form": 2}}""", "unknown_option", "options.extra.form = 2: unknown option; did you mean \"from\"? known: from, count")]
    [InlineData("""{"amount": "many"}""", "wrong_type", "options.amount = \"many\": must be a number or \"auto\"")]
    [InlineData("""{"seed": 1, "seed": 2}""", "duplicate_option", "options.seed = 2: must be given only once")]
    [InlineData("""{"max_iterations": 1, "sizes": [1, 2]}""", "too_many", "options.sizes = 2: must not outnumber max_iterations")]
    [InlineData("""[]""", "wrong_type", "options = []: must be an object")]
    [InlineData("""null""", "wrong_type", "options = null: must be an object")]
    public void Bind_OfOneFault_NamesPathValueAndRule(string json, string reason, string message)
    {
        var error = Assert.Throws<VsgGymException>(() => OptionsBinder.Bind<SampleOptions>(json));
        Assert.Equal(message, error.Message);
        Assert.Equal((ErrorKind.InvalidArgument, reason), (error.Kind, Assert.Single(error.Faults).Reason));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{'seed': 1}")]
    [InlineData("""{"seed": 1,}""")]
    [InlineData("""{"seed": NaN}""")]
    [InlineData("""{"seed": 1} {}""")]
    [InlineData("""{"name": "\ud800"}""")]
    [InlineData("""{"\ud800": 1}""")]
    public void Bind_OfWhatIsNoJson_IsMalformed(string json)
    {
        var error = Assert.Throws<VsgGymException>(() => OptionsBinder.Bind<SampleOptions>(json, "game.options"));
        var fault = Assert.Single(error.Faults);
        Assert.Equal(("game.options", "malformed_json"), (fault.Path, fault.Reason));
        Assert.StartsWith("must be valid JSON: ", fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_OfHalfASurrogatePair_IsMalformed()
    {
        string json = $"{{\"name\": \"{'\ud800'}\"}}"; // built here: an attribute could not carry it
        Assert.Equal("malformed_json", Assert.Throws<VsgGymException>(() => OptionsBinder.Bind<SampleOptions>(json)).Faults[0].Reason);
    }

    [Fact]
    public void Bind_OfNestingTooDeep_IsMalformed()
    {
        string json = $"{{\"name\": {new string('[', 100)}{new string(']', 100)}}}";
        Assert.Equal("malformed_json", Assert.Throws<VsgGymException>(() => OptionsBinder.Bind<SampleOptions>(json)).Faults[0].Reason);
    }

    [Fact]
    public void Bind_OfManyFaults_ReportsAllAtOnce()
    {
        const string json = """{"seed": -1, "inner": {"from": 7, "to": 0}, "weights": [2, 0.5, "x"], "offset": 0, "is_on": null}""";
        var error = Assert.Throws<VsgGymException>(() => OptionsBinder.Bind<SampleOptions>(json));
        Assert.Equal(
            ["options.seed", "options.inner.from", "options.inner.to", "options.weights[0]", "options.weights[2]", "options.is_on"],
            error.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Bind_OfARefusedOption_JudgesRulesAcrossOptionsToo()
    {
        const string json = """{"max_iterations": 1, "sizes": [1, 2], "seed": "x"}""";
        var error = Assert.Throws<VsgGymException>(() => OptionsBinder.Bind<SampleOptions>(json));
        Assert.Equal(["options.seed", "options.sizes"], error.Faults.Select(fault => fault.Path));
    }
}
