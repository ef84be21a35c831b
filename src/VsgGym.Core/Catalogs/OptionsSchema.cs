using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>The JSON Schema (draft 2020-12) of an options record, from the same reflection that reads it.</summary>
public static class OptionsSchema
{
    /// <summary>The schema: types, texts, defaults, ranges and members of every option, and nothing else allowed.</summary>
    /// <param name="type">The options record.</param>
    /// <exception cref="CatalogException">The record breaks the rules of options.</exception>
    public static JsonObject Create(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
        foreach (var (name, value) in OptionForms.Of(type).Schema().ToList())
            schema[name] = value?.DeepClone();
        return schema;
    }
}
