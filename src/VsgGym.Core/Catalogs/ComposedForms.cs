using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>null, or a value of another form.</summary>
internal sealed class NullableForm(OptionForm inner) : OptionForm
{
    public override object? Read(JsonElement json, string path, FaultList faults) =>
        json.ValueKind == JsonValueKind.Null ? null : inner.Read(json, path, faults);

    public override JsonNode? Write(object? value) => value is null ? null : inner.Write(value);

    public override JsonObject Schema()
    {
        var schema = inner.Schema();
        if (schema["type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String)
        {
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
            (schema["enum"] as JsonArray)?.Add(null);
            return schema;
        }

        return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
    }
}

/// <summary>An array whose elements have one form.</summary>
internal sealed class ArrayForm(Type elementType, OptionForm element, bool isImmutable) : OptionForm
{
    public override object? Read(JsonElement json, string path, FaultList faults)
    {
        if (json.ValueKind != JsonValueKind.Array) return WrongType(json, path, "must be an array", faults);
        int before = faults.Count;
        var values = new List<object?>();
        foreach (var item in json.EnumerateArray()) values.Add(element.Read(item, $"{path}[{values.Count}]", faults));
        if (faults.Count > before) return null;
        var array = Array.CreateInstance(elementType, values.Count);
        for (int i = 0; i < values.Count; i++) array.SetValue(values[i], i);
        return isImmutable ? ToImmutable(array) : array;
    }

    public override JsonNode? Write(object? value)
    {
        var array = new JsonArray();
        foreach (object? item in (IEnumerable)value!) array.Add(element.Write(item));
        return array;
    }

    public override JsonObject Schema() => new() { ["type"] = "array", ["items"] = element.Schema() };

    private object ToImmutable(Array array) => ((Func<int[], ImmutableArray<int>>)Wrap).Method
        .GetGenericMethodDefinition().MakeGenericMethod(elementType).Invoke(null, [array])!;

    private static ImmutableArray<T> Wrap<T>(T[] array) => ImmutableArray.Create(array);
}

/// <summary>A type that brings its own JSON form.</summary>
/// <typeparam name="T">The type.</typeparam>
internal sealed class ValueForm<T> : OptionForm
    where T : IOptionValue<T>
{
    public override object? Read(JsonElement json, string path, FaultList faults) => T.Parse(json, path, faults);

    public override JsonNode? Write(object? value) => ((T)value!).ToJson();

    public override JsonObject Schema() => T.Schema();
}
