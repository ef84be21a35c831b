using System.Text.Json;

namespace VsgGym.Core;

/// <summary>The works that entries come from, read from the embedded references.json.</summary>
public static class References
{
    private static readonly string[] Fields = ["key", "authors", "title", "venue", "year"];
    private static readonly Lazy<IReadOnlyDictionary<string, Citation>> Embedded = new(ReadEmbedded);

    /// <summary>Every work by its key, in key order.</summary>
    /// <exception cref="CatalogException">The embedded file breaks its own rules; every fault is listed.</exception>
    public static IReadOnlyDictionary<string, Citation> All => Embedded.Value;

    /// <summary>Reads a list of works; every field is required and no other is known.</summary>
    /// <exception cref="CatalogException">Every fault of the text.</exception>
    internal static IReadOnlyDictionary<string, Citation> Parse(string json)
    {
        var faults = new List<Fault>();
        var works = new SortedDictionary<string, Citation>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                throw new CatalogException(new Fault("references.json", string.Empty, "must be an array of works", "wrong_type"));
            int index = 0;
            foreach (var element in document.RootElement.EnumerateArray())
            {
                string path = $"references.json[{index++}]";
                if (Read(element, path, faults) is { } work && !works.TryAdd(work.Key, work))
                    faults.Add(new Fault($"{path}.key", work.Key, "a key must be used once", "duplicate"));
            }
        }
        catch (JsonException error)
        {
            faults.Add(new Fault("references.json", string.Empty, $"must be valid JSON: {error.Message}", "malformed_json"));
        }

        return faults.Count == 0 ? works : throw new CatalogException([.. faults]);
    }

    private static Citation? Read(JsonElement element, string path, List<Fault> faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new Fault(path, VsgGymException.Show(element.GetRawText()), "must be an object", "wrong_type"));
            return null;
        }

        int before = faults.Count;
        foreach (var field in element.EnumerateObject())
            if (!Fields.Contains(field.Name))
                faults.Add(new Fault($"{path}.{field.Name}", string.Empty, $"unknown field; known: {string.Join(", ", Fields)}", "unknown_field"));
        var texts = Fields[..^1].Select(name => Text(element, name, path, faults)).ToArray();
        int year = 0;
        if (!element.TryGetProperty("year", out var number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out year))
            faults.Add(new Fault($"{path}.year", string.Empty, "is required, a whole number", "missing"));
        return faults.Count == before ? new Citation(texts[0], texts[1], texts[2], texts[3], year) : null;
    }

    private static string Text(JsonElement element, string name, string path, List<Fault> faults)
    {
        if (element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
            return value.GetString()!;
        faults.Add(new Fault($"{path}.{name}", string.Empty, "is required, a text that is not blank", "missing"));
        return string.Empty;
    }

    private static IReadOnlyDictionary<string, Citation> ReadEmbedded()
    {
        using var stream = typeof(References).Assembly.GetManifestResourceStream("references.json")
            ?? throw new CatalogException(new Fault("references.json", string.Empty, "must be embedded in VsgGym.Core", "missing"));
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
