using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>The experiments that come with the program: one JSON file each, of a kind that says what its trials are.</summary>
internal static class ExperimentFiles
{
    /// <summary>How experiments are read.</summary>
    public static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private const string Ending = ".json";

    private static readonly ImmutableSortedDictionary<string, string> Kinds = typeof(ExperimentFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(Ending, StringComparison.Ordinal))
        .ToImmutableSortedDictionary(name => name[..^Ending.Length], KindOf, StringComparer.Ordinal);

    /// <summary>The ids of all experiments of a kind, sorted.</summary>
    public static ImmutableArray<string> Ids(string kind) => [.. Kinds.Where(pair => pair.Value == kind).Select(pair => pair.Key)];

    /// <summary>Reads an experiment of a kind.</summary>
    /// <exception cref="VsgGymException">No such experiment.</exception>
    public static T Load<T>(string id, string kind)
    {
        if (Kinds.GetValueOrDefault(id) != kind)
            throw VsgGymException.NotFound("experiment", id, $"must be one of {string.Join(", ", Kinds.Keys.Concat(TheoremTest.Ids).Order(StringComparer.Ordinal))}", "unknown_experiment");
        using var text = Open(id + Ending);
        return JsonSerializer.Deserialize<T>(text, Form) ?? throw new InvalidDataException($"{id}{Ending} is empty");
    }

    private static Stream Open(string name) => typeof(ExperimentFiles).Assembly.GetManifestResourceStream(name)!;

    private static string KindOf(string name)
    {
        using var text = Open(name);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.TryGetProperty("kind", out var kind) ? kind.GetString()! : Experiment.LearnerKind;
    }
}
