using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>What state.json holds: where a run stands, and what does not follow from its specification, times above all.</summary>
internal sealed record StoredState
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    public int FormatVersion { get; init; } = RunSpec.Version;

    public required RunState State { get; init; }

    public string Name { get; init; } = string.Empty;

    public string RequestId { get; init; } = string.Empty;

    /// <summary>Orders the runs by age.</summary>
    public long Number { get; init; }

    /// <summary>Orders the queue; what ran goes on before what waited.</summary>
    public long Ticket { get; init; }

    /// <summary>The run is to end with what it has as soon as it gets a thread.</summary>
    public bool CancelRequested { get; init; }

    public long Step { get; init; }

    public long CheckpointStep { get; init; }

    public long CreatedUnixMs { get; init; }

    public long EndedUnixMs { get; init; }

    public double ElapsedSeconds { get; init; }

    public ImmutableArray<Fault> Faults { get; init; } = [];

    public ImmutableArray<ExportedModel> Models { get; init; } = [];

    /// <summary>Reads the file.</summary>
    /// <exception cref="VsgGymException">It is not there, or damaged.</exception>
    public static StoredState Read(string path)
    {
        byte[] content = FileFaults.Guard(path, "cannot be read", () => File.ReadAllBytes(path));
        try
        {
            var state = JsonSerializer.Deserialize<StoredState>(content, Form) ?? throw new JsonException("it is null");
            if (state.FormatVersion > RunSpec.Version) throw new JsonException($"it has format version {state.FormatVersion}, this program reads up to {RunSpec.Version}");
            return state with { Faults = state.Faults.IsDefault ? [] : state.Faults, Models = state.Models.IsDefault ? [] : state.Models };
        }
        catch (JsonException error)
        {
            throw FileFaults.Of(path, $"is damaged: {error.Message}", "damaged_file");
        }
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="VsgGymException">It cannot be written.</exception>
    public void Write(string path) =>
        FileFaults.Guard(path, "cannot be written", () => DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, Form)));
}
