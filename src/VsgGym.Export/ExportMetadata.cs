using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Export;

/// <summary>The properties of an exported file, as text; spaces are JSON.</summary>
internal static class ExportMetadata
{
    public const string ObservationSpace = "observation_space";
    public const string ActionSpace = "action_space";
    public const string RowsTogether = "rows_together";

    /// <summary>Every property, in a fixed order.</summary>
    public static IReadOnlyDictionary<string, string> Describe(
        ExportContext context, string kind, string player, IEnumerable<string> opponents, Space observation, Space action,
        string normalization, int rowsTogether) => new OrderedDictionary<string, string>
        {
            ["kind"] = kind,
            ["game_id"] = context.GameId,
            ["game_options"] = context.GameOptions,
            ["player"] = player,
            ["opponents"] = new JsonArray([.. opponents.Select(name => (JsonNode)name)]).ToJsonString(),
            [ObservationSpace] = Write(observation),
            [ActionSpace] = Write(action),
            ["normalisation"] = normalization,
            ["algorithm"] = context.Algorithm,
            ["run_id"] = context.RunId,
            ["seed"] = context.Seed.ToString(CultureInfo.InvariantCulture),
            ["training_hash"] = context.TrainingHash,
            ["product_version"] = context.ProductVersion,
            [RowsTogether] = rowsTogether.ToString(CultureInfo.InvariantCulture),
            ["onnx_opset"] = GraphWriter.Opset.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>What the graph does to an observation before the network takes it.</summary>
    public static string Normalization(ObservationEncoder encoder)
    {
        if (encoder.Space is DiscreteSpace states) return new JsonObject { ["kind"] = "one_hot", ["count"] = states.Count }.ToJsonString();
        return new JsonObject
        {
            ["kind"] = "affine",
            ["offset"] = Numbers(Enumerable.Range(0, encoder.Length).Select(encoder.Offset)),
            ["scale"] = Numbers(Enumerable.Range(0, encoder.Length).Select(encoder.Scale)),
        }.ToJsonString();
    }

    /// <summary>A space as JSON: {"kind":"discrete","count":3,"labels":[...]} or {"kind":"box","low":[...],"high":[...]}.</summary>
    public static string Write(Space space)
    {
        if (space is BoxSpace box)
            return new JsonObject { ["kind"] = "box", ["low"] = Numbers(box.Low), ["high"] = Numbers(box.High) }.ToJsonString();
        var discrete = (DiscreteSpace)space;
        var json = new JsonObject { ["kind"] = "discrete", ["count"] = discrete.Count };
        if (!discrete.Labels.IsEmpty) json["labels"] = new JsonArray([.. discrete.Labels.Select(label => (JsonNode)label)]);
        return json.ToJsonString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null where the text is no space.</summary>
    public static Space? Read(string? text)
    {
        try
        {
            if (text is null || JsonNode.Parse(text) is not JsonObject json) return null;
            return (string?)json["kind"] switch
            {
                "discrete" => new DiscreteSpace((int)json["count"]!),
                "box" => new BoxSpace([.. json["low"]!.AsArray().Select(n => (float)n!)], [.. json["high"]!.AsArray().Select(n => (float)n!)]),
                _ => null,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            return null; // a file from elsewhere may use the same property for something else
        }
    }

    private static JsonArray Numbers(IEnumerable<float> numbers) => [.. numbers.Select(n => (JsonNode)n)];
}
