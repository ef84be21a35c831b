using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>An option's type that has its own JSON form, for example "a number or a schedule".</summary>
/// <typeparam name="T">The type itself.</typeparam>
public interface IOptionValue<T>
    where T : IOptionValue<T>
{
    /// <summary>Reads the value; every fault is added with its path and a default is returned.</summary>
    /// <param name="json">What the caller gave.</param>
    /// <param name="path">Where: "options.temperature".</param>
    /// <param name="faults">Gets every fault.</param>
    static abstract T Parse(JsonElement json, string path, FaultList faults);

    /// <summary>The JSON Schema of the form.</summary>
    static abstract JsonObject Schema();

    /// <summary>The value in its JSON form; parsing it gives an equal value.</summary>
    JsonNode ToJson();
}
