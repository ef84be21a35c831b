using System.Text.Json;

namespace VsgGym.Client.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void ToString_OfNestedValues_IsJson()
    {
        var options = new Options
        {
            ["episodes"] = 300,
            ["seed"] = ulong.MaxValue,
            ["rho_mode"] = "empirical",
            ["temperature"] = new Options { ["kind"] = "constant", ["value"] = 0.1 },
            ["window"] = null,
        };
        var json = JsonDocument.Parse(options.ToString()).RootElement;
        Assert.Equal(300, json.GetProperty("episodes").GetInt32());
        Assert.Equal(ulong.MaxValue, json.GetProperty("seed").GetUInt64());
        Assert.Equal(0.1, json.GetProperty("temperature").GetProperty("value").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("window").ValueKind);
    }

    [Fact]
    public void ToString_OfText_IsTheText()
    {
        Options options = """{"episodes": 3}""";
        Assert.Equal("""{"episodes": 3}""", options.ToString());
        Assert.Equal(3, JsonDocument.Parse(new Options { ["nested"] = options }.ToString()).RootElement.GetProperty("nested").GetProperty("episodes").GetInt32());
    }

    [Fact]
    public void ToString_OfNaN_StillIsJson() =>
        Assert.Equal("NaN", JsonDocument.Parse(new Options { ["damping"] = double.NaN }.ToString()).RootElement.GetProperty("damping").GetString());
}
