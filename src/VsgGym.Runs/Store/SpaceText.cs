using System.Text.Json;
using System.Text.Json.Nodes;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Spaces as JSON: {"count": 3, "labels": []} or {"low": [-1], "high": [1]}.</summary>
internal static class SpaceText
{
    /// <summary>Writes a space.</summary>
    public static JsonObject Write(Space space) => space is BoxSpace box
        ? new JsonObject { ["low"] = Numbers(box.Low), ["high"] = Numbers(box.High) }
        : new JsonObject
        {
            ["count"] = ((DiscreteSpace)space).Count,
            ["labels"] = new JsonArray([.. ((DiscreteSpace)space).Labels.Select(label => (JsonNode)label)]),
        };

    /// <summary>Reads a space.</summary>
    public static Space Read(JsonElement json) => json.TryGetProperty("count", out var count)
        ? new DiscreteSpace(count.GetInt32(), [.. json.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!)])
        : new BoxSpace([.. Floats(json.GetProperty("low"))], [.. Floats(json.GetProperty("high"))]);

    private static JsonArray Numbers(IEnumerable<float> values) =>
        [.. values.Select(value => float.IsFinite(value) ? (JsonNode)value : JsonNumbers.Name(value))];

    private static IEnumerable<float> Floats(JsonElement array) => array.EnumerateArray().Select(value => (float)JsonNumbers.Read(value));
}
