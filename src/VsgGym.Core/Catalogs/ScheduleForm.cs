using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>How a <see cref="Schedule"/> moves.</summary>
internal enum ScheduleKind
{
    Constant,
    Linear,
    Exponential,
    Hyperbolic,
}

/// <summary>The JSON form of schedules: one declaration of every kind's fields serves reading, writing and the schema.</summary>
internal static class ScheduleForm
{
    private static readonly (ScheduleKind Kind, string Name, Field[] Fields)[] Kinds =
    [
        (ScheduleKind.Constant, "constant", [new("value")]),
        (ScheduleKind.Linear, "linear", [new("from"), new("to"), new("steps", Minimum: 1, IsWhole: true)]),
        (ScheduleKind.Exponential, "exponential", [new("from"), new("rate", Minimum: 0), new("floor", Default: 0), new("start", Default: 0, Minimum: 0, IsWhole: true, IsRare: true)]),
        (ScheduleKind.Hyperbolic, "hyperbolic", [new("scale", Minimum: 0, IsExclusive: true)]),
    ];

    private static string Names => string.Join(", ", Kinds.Select(kind => $"\"{kind.Name}\""));

    public static Schedule Parse(JsonElement json, string path, FaultList faults)
    {
        int before = faults.Count;
        string? name = json.TryGetProperty("kind", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        int found = Array.FindIndex(Kinds, kind => kind.Name == name);
        if (found < 0)
        {
            string shown = given.ValueKind == JsonValueKind.Undefined ? string.Empty : given.GetRawText();
            faults.Add($"{path}.kind", shown, $"must be one of {Names}", shown.Length == 0 ? "missing" : "unknown_kind");
            return Schedule.Constant(0);
        }

        var (kind, _, fields) = Kinds[found];
        foreach (var property in json.EnumerateObject())
            if (property.Name != "kind" && !Array.Exists(fields, field => field.Name == property.Name))
                faults.Add($"{path}.{property.Name}", property.Value.GetRawText(), $"a schedule of kind {name} has only {string.Join(", ", fields.Select(field => field.Name))}", "unknown_option");
        double[] values = [.. fields.Select(field => field.Read(json, path, faults))];
        return faults.Count > before ? Schedule.Constant(0) : Schedule.Of(kind, values);
    }

    public static JsonNode Write(ScheduleKind kind, ReadOnlySpan<double> values)
    {
        var (_, name, fields) = Kinds[(int)kind];
        var json = new JsonObject { ["kind"] = name };
        for (int f = 0; f < fields.Length; f++)
            if (!fields[f].IsRare || values[f] != fields[f].Default) json[fields[f].Name] = fields[f].IsWhole ? JsonValue.Create((long)values[f]) : JsonValue.Create(values[f]);
        return json;
    }

    public static JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray([new JsonObject { ["type"] = "number" }, .. Kinds.Select(kind => Schema(kind.Name, kind.Fields))]),
    };

    private static JsonObject Schema(string name, Field[] fields)
    {
        var properties = new JsonObject { ["kind"] = new JsonObject { ["const"] = name } };
        foreach (var field in fields) properties[field.Name] = field.Schema();
        var required = fields.Where(field => field.Default is null).Select(field => (JsonNode)field.Name);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray(["kind", .. required]),
            ["additionalProperties"] = false,
        };
    }

    /// <summary>One number of a kind; a rare one is written only where it is not the default.</summary>
    private sealed record Field(string Name, double? Default = null, double? Minimum = null, bool IsExclusive = false, bool IsWhole = false, bool IsRare = false)
    {
        private const double LargestWhole = 9007199254740992; // 2^53: beyond it doubles skip whole numbers

        private string Rule => (IsWhole ? "must be a whole number" : "must be a finite number")
            + (Minimum is { } minimum ? $" {(IsExclusive ? "above" : "of at least")} {minimum}" : string.Empty);

        public double Read(JsonElement json, string path, FaultList faults)
        {
            if (!json.TryGetProperty(Name, out var given))
            {
                if (Default is { } value) return value;
                faults.Add($"{path}.{Name}", string.Empty, $"is missing; it {Rule}", "missing");
                return 0;
            }

            if (given.ValueKind != JsonValueKind.Number)
            {
                faults.Add($"{path}.{Name}", given.GetRawText(), Rule, "wrong_type");
                return 0;
            }

            double number = given.GetDouble();
            if (!double.IsFinite(number))
                faults.Add($"{path}.{Name}", given.GetRawText(), Rule, "not_finite");
            else if (number < Minimum || (IsExclusive && number <= Minimum) || (IsWhole && (number != Math.Floor(number) || number > LargestWhole)))
                faults.Add($"{path}.{Name}", number, Rule, "out_of_range");
            return number;
        }

        public JsonObject Schema()
        {
            var schema = new JsonObject { ["type"] = IsWhole ? "integer" : "number" };
            if (Minimum is { } minimum) schema[IsExclusive ? "exclusiveMinimum" : "minimum"] = minimum;
            if (Default is { } value) schema["default"] = value;
            return schema;
        }
    }
}
