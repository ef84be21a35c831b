using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>The specification of a run as spec.json.</summary>
internal static class SpecFile
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>SHA-256 of what determines the events.</summary>
    public static string HashOf(RunSpec spec) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Determining(spec), Compact)));

    /// <summary>The file's content.</summary>
    public static byte[] ToBytes(RunSpec spec)
    {
        var document = Determining(spec);
        document["hash"] = spec.Hash;
        document["max_steps"] = spec.MaxSteps;
        document["metric_names"] = new JsonArray([.. spec.MetricNames.Select(name => (JsonNode)name)]);
        document["players"] = new JsonArray([.. spec.Players.Select(Write)]);
        return [.. JsonSerializer.SerializeToUtf8Bytes(document, Readable), (byte)'\n'];
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="VsgGymException">It is not there, or damaged.</exception>
    public static RunSpec Read(string path)
    {
        byte[] content = FileFaults.Guard(path, "cannot be read", () => File.ReadAllBytes(path));
        try
        {
            using var document = JsonDocument.Parse(content);
            int version = document.RootElement.GetProperty("format_version").GetInt32();
            if (version > RunSpec.Version) throw new JsonException($"it has format version {version}, this program reads up to {RunSpec.Version}");
            var spec = Read(document.RootElement);
            return HashOf(spec) == spec.Hash ? spec : throw new JsonException("its hash does not fit its content");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw FileFaults.Of(path, $"is damaged: {error.Message}", "damaged_file");
        }
    }

    private static JsonObject Determining(RunSpec spec) => new()
    {
        ["format_version"] = RunSpec.Version,
        ["game"] = new JsonObject
        {
            ["id"] = spec.Game.Id,
            ["options"] = JsonNode.Parse(spec.Game.OptionsJson),
            ["content"] = spec.Game.Content is { } content ? Convert.ToBase64String(content) : null,
        },
        ["learner"] = spec.Learner,
        ["options"] = JsonNode.Parse(spec.OptionsJson),
        ["seed"] = spec.Seed,
        ["evaluate_every"] = spec.EvaluateEvery,
        ["evaluation_episodes"] = spec.EvaluationEpisodes,
        ["checkpoint_every"] = spec.CheckpointEvery,
        ["metrics_every"] = spec.MetricsEvery,
    };

    private static JsonObject Write(RunPlayer player) => new()
    {
        ["name"] = player.Name,
        ["observation"] = SpaceText.Write(player.Observation),
        ["action"] = SpaceText.Write(player.Action),
    };

    private static RunSpec Read(JsonElement json)
    {
        var game = json.GetProperty("game");
        string? content = game.GetProperty("content").GetString();
        return new RunSpec
        {
            Game = new RunGame(game.GetProperty("id").GetString()!, Json(game.GetProperty("options")), content is null ? null : Convert.FromBase64String(content)),
            Learner = json.GetProperty("learner").GetString()!,
            OptionsJson = Json(json.GetProperty("options")),
            Seed = json.GetProperty("seed").GetUInt64(),
            EvaluateEvery = json.GetProperty("evaluate_every").GetInt64(),
            EvaluationEpisodes = json.GetProperty("evaluation_episodes").GetInt64(),
            CheckpointEvery = json.GetProperty("checkpoint_every").GetInt64(),
            MetricsEvery = json.GetProperty("metrics_every").GetInt64(),
            MaxSteps = json.GetProperty("max_steps").GetInt64(),
            MetricNames = [.. json.GetProperty("metric_names").EnumerateArray().Select(name => name.GetString()!)],
            Players = [.. json.GetProperty("players").EnumerateArray().Select(Player)],
            Hash = json.GetProperty("hash").GetString()!,
        };
    }

    private static RunPlayer Player(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        SpaceText.Read(json.GetProperty("observation")),
        SpaceText.Read(json.GetProperty("action")));

    // The options' own text is compact; the file's is indented.
    private static string Json(JsonElement options) => JsonSerializer.Serialize(options, Compact);
}
