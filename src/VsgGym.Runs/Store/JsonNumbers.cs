using System.Text.Json;

namespace VsgGym.Runs;

/// <summary>Doubles as JSON that reads back to the same bits: shortest round-trip digits, and names for what is not finite.</summary>
internal static class JsonNumbers
{
    /// <summary>Writes a number, or its name as a text.</summary>
    public static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(Name(value));
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="JsonException">It is no number.</exception>
    public static double Read(JsonElement json) => json.ValueKind == JsonValueKind.Number ? json.GetDouble() : json.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        var other => throw new JsonException($"\"{other}\" is no number"),
    };

    /// <summary>The name of a number that is not finite.</summary>
    public static string Name(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}
