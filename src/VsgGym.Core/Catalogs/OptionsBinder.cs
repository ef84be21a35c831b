using System.Text.Encodings.Web;
using System.Text.Json;

namespace VsgGym.Core;

/// <summary>Strict binding of JSON to options records: names are snake_case, and every fault is reported at once with its path.</summary>
/// <remarks>
/// Types: bool, int, long, ulong, double, string, enumerations (as snake_case strings), nullables and arrays of those, nested
/// records, and types with their own form (<see cref="IOptionValue{T}"/>). Ranges come from [Range], on arrays for each element.
/// Faults: malformed_json, unknown_option, duplicate_option, wrong_type, out_of_range, not_finite, and those of <see cref="IValidatedOptions"/>.
/// </remarks>
public static class OptionsBinder
{
    /// <summary>How every JSON text of the catalog is written: compact, with readable punctuation.</summary>
    internal static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads an options record; options that are not given keep their defaults.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="json">An object; empty means {}.</param>
    /// <param name="path">Where it stands, for faults: "options", "game.options".</param>
    /// <exception cref="VsgGymException">Every fault of the text.</exception>
    /// <exception cref="CatalogException">The record itself breaks the rules of options.</exception>
    public static T Bind<T>(string json, string path = "options")
        where T : class => (T)Bind(typeof(T), json, path);

    /// <summary>Reads an options record; options that are not given keep their defaults.</summary>
    /// <param name="type">The record.</param>
    /// <param name="json">An object; empty means {}.</param>
    /// <param name="path">Where it stands, for faults: "options", "game.options".</param>
    /// <exception cref="VsgGymException">Every fault of the text.</exception>
    /// <exception cref="CatalogException">The record itself breaks the rules of options.</exception>
    public static object Bind(Type type, string json, string path)
    {
        ArgumentNullException.ThrowIfNull(type);
        var form = OptionForms.Of(type);
        if (string.IsNullOrWhiteSpace(json)) return form.CreateDefault();
        using var document = Parse(json, path);
        var faults = new FaultList();
        CheckNames(document.RootElement, path, faults);
        object? options = form.Read(document.RootElement, path, faults);
        faults.ThrowIfAny();
        return options!;
    }

    /// <summary>Writes an options record as canonical JSON, every option in the order of its declaration.</summary>
    /// <param name="options">The record.</param>
    public static string ToJson(object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return OptionForms.Of(options.GetType()).Write(options)!.ToJsonString(Compact);
    }

    private static JsonDocument Parse(string json, string path)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            throw Malformed(json, path, error.Message);
        }
        catch (ArgumentException) // half a surrogate pair has no UTF-8 form
        {
            throw Malformed(json, path, "the text has half a surrogate pair");
        }
    }

    /// <summary>Reads every name and text once: repeated names are faults, and half a surrogate pair cannot be read at all.</summary>
    private static void CheckNames(JsonElement json, string path, FaultList faults)
    {
        try
        {
            Walk(json, path, faults);
        }
        catch (InvalidOperationException)
        {
            throw Malformed(json.GetRawText(), path, "a string has half a surrogate pair");
        }
    }

    private static void Walk(JsonElement json, string path, FaultList faults)
    {
        if (json.ValueKind == JsonValueKind.String) _ = json.GetString();
        if (json.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (var item in json.EnumerateArray()) Walk(item, $"{path}[{index++}]", faults);
        }

        if (json.ValueKind != JsonValueKind.Object) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            string at = $"{path}.{member.Name}";
            if (!seen.Add(member.Name)) faults.Add(at, member.Value.GetRawText(), "must be given only once", "duplicate_option");
            Walk(member.Value, at, faults);
        }
    }

    private static VsgGymException Malformed(string json, string path, string reason) =>
        VsgGymException.Invalid(path, json, $"must be valid JSON: {reason}", "malformed_json");
}
