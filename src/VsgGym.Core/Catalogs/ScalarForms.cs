using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>true or false.</summary>
internal sealed class BoolForm : OptionForm
{
    public override object? Read(JsonElement json, string path, FaultList faults) =>
        json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : WrongType(json, path, "must be true or false", faults);

    public override JsonNode? Write(object? value) => JsonValue.Create((bool)value!);

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}

/// <summary>A text.</summary>
internal sealed class StringForm : OptionForm
{
    public override object? Read(JsonElement json, string path, FaultList faults) =>
        json.ValueKind == JsonValueKind.String ? json.GetString() : WrongType(json, path, "must be a string", faults);

    public override JsonNode? Write(object? value) => JsonValue.Create((string?)value);

    public override JsonObject Schema() => new() { ["type"] = "string" };
}

/// <summary>An enumeration's members as snake_case strings.</summary>
internal sealed class EnumForm : OptionForm
{
    private readonly Dictionary<string, object> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<object, string> _names = [];

    public EnumForm(Type type)
    {
        foreach (object member in Enum.GetValues(type))
        {
            string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString()!);
            _members[name] = member;
            _names[member] = name;
        }
    }

    public override object? Read(JsonElement json, string path, FaultList faults)
    {
        string rule = $"must be one of {string.Join(", ", _members.Keys.Select(name => $"\"{name}\""))}";
        if (json.ValueKind != JsonValueKind.String) return WrongType(json, path, rule, faults);
        string given = json.GetString()!;
        if (_members.TryGetValue(given, out object? member)) return member;
        string near = NearName.Nearest(given, _members.Keys) is { } name ? $"; did you mean \"{name}\"?" : string.Empty;
        faults.Add(path, Raw(json), rule + near, "out_of_range");
        return null;
    }

    // A value without a name is written as its number, which reading refuses: such a default cannot pass unseen.
    public override JsonNode? Write(object? value) => JsonValue.Create(_names.GetValueOrDefault(value!) ?? value!.ToString());

    public override JsonObject Schema() => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. _members.Keys.Select(name => JsonValue.Create(name))]),
    };
}
