using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>How values of one type are read from JSON, written to it and described by a schema.</summary>
internal abstract class OptionForm
{
    /// <summary>Reads a value; on a fault it is added with its path and what is returned means nothing.</summary>
    public abstract object? Read(JsonElement json, string path, FaultList faults);

    /// <summary>Writes a value so that reading it gives an equal one.</summary>
    public abstract JsonNode? Write(object? value);

    /// <summary>The JSON Schema of the values.</summary>
    public abstract JsonObject Schema();

    /// <summary>The value as the caller wrote it, for faults.</summary>
    protected static string Raw(JsonElement json) => json.GetRawText();

    /// <summary>Adds a wrong_type fault.</summary>
    protected static object? WrongType(JsonElement json, string path, string rule, FaultList faults)
    {
        faults.Add(path, Raw(json), rule, "wrong_type");
        return null;
    }
}
