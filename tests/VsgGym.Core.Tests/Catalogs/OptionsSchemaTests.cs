using System.Text.Json.Nodes;

namespace VsgGym.Core.Tests;

public sealed class OptionsSchemaTests
{
    private static readonly JsonObject Schema = OptionsSchema.Create(typeof(SampleOptions));

    [Fact]
    public void Schema_OfARecord_IsAClosedObject()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)Schema["$schema"]);
        Assert.Equal("object", (string?)Schema["type"]);
        Assert.False((bool)Schema["additionalProperties"]!);
        Assert.Equal(14, Schema["properties"]!.AsObject().Count);
    }

    [Theory]
    [InlineData("inverse_temperature", """{"type":"number","exclusiveMinimum":0,"maximum":1000,"description":"Inverse temperature beta, see Softmax and beta.","default":0.1}""")]
    [InlineData("max_iterations", """{"type":"integer","minimum":1,"description":"Iterations.","default":1000}""")]
    [InlineData("offset", """{"type":"integer","description":"A long one.","default":-5}""")]
    [InlineData("seed", """{"type":"integer","minimum":0,"description":"A seed.","default":7}""")]
    [InlineData("is_on", """{"type":"boolean","description":"A switch.","default":true}""")]
    [InlineData("name", """{"type":"string","description":"A name.","default":"plain"}""")]
    [InlineData("note", """{"type":["string","null"],"description":"An optional note.","default":null}""")]
    [InlineData("mode", """{"type":"string","enum":["stand_still","walk_around"],"description":"A mode.","default":"walk_around"}""")]
    [InlineData("other_mode", """{"type":["string","null"],"enum":["stand_still","walk_around",null],"description":"An optional mode.","default":null}""")]
    [InlineData("weights", """{"type":"array","items":{"type":"number","minimum":0,"exclusiveMaximum":1},"description":"Weights, each a probability.","default":[0.5,0.25]}""")]
    [InlineData("inner", """{"type":"object","properties":{"from":{"type":"number","minimum":0,"maximum":1,"description":"Where it starts.","default":0.25},"count":{"type":["integer","null"],"description":"How many.","default":null}},"additionalProperties":false,"description":"The inner record.","default":{"from":0.25,"count":null}}""")]
    [InlineData("amount", """{"type":["number","string"],"description":"A value with its own form.","default":2.5}""")]
    public void Schema_OfAnOption_TellsTypeRangeTextAndDefault(string name, string expected) =>
        Assert.Equal(expected, Schema["properties"]![name]!.ToJsonString());

    [Fact]
    public void Schema_OfANullableRecord_AllowsNull()
    {
        var extra = Schema["properties"]!["extra"]!.AsObject();
        Assert.Equal(["object", "null"], extra["type"]!.AsArray().Select(type => (string?)type));
        Assert.Equal(2, extra["properties"]!.AsObject().Count);
    }
}
