using System.Collections.Immutable;
using System.Text.Json;

namespace VsgGym.Runs;

/// <summary>Evaluations as JSON.</summary>
internal static class EvaluationText
{
    /// <summary>Writes the members of an evaluation.</summary>
    public static void Write(Utf8JsonWriter json, RunEvaluation evaluation)
    {
        json.WriteNumber("episodes", evaluation.Episodes);
        Players(json, "greedy", evaluation.Greedy);
        Players(json, "sampled", evaluation.Sampled);
        if (evaluation.NashConv is { } gap)
        {
            json.WritePropertyName("nash_conv");
            JsonNumbers.Write(json, gap);
        }

        if (!evaluation.OpponentModelDistance.IsEmpty) Numbers(json, "opponent_model_distance", evaluation.OpponentModelDistance);
    }

    /// <summary>Reads an evaluation.</summary>
    public static RunEvaluation Read(JsonElement json) => new(
        json.GetProperty("episodes").GetInt64(),
        Players(json.GetProperty("greedy")),
        Players(json.GetProperty("sampled")),
        json.TryGetProperty("nash_conv", out var gap) ? JsonNumbers.Read(gap) : null,
        json.TryGetProperty("opponent_model_distance", out var distance) ? Numbers(distance) : []);

    private static void Players(Utf8JsonWriter json, string name, ImmutableArray<PlayerEvaluation> players)
    {
        json.WriteStartArray(name);
        foreach (var player in players)
        {
            json.WriteStartObject();
            json.WriteString("player", player.Player);
            json.WritePropertyName("mean_return");
            JsonNumbers.Write(json, player.MeanReturn);
            json.WritePropertyName("std_error");
            JsonNumbers.Write(json, player.StandardError);
            if (!player.MeanAction.IsEmpty) Numbers(json, "mean_action", player.MeanAction);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<PlayerEvaluation> Players(JsonElement json) => [.. json.EnumerateArray().Select(player => new PlayerEvaluation(
        player.GetProperty("player").GetString()!,
        JsonNumbers.Read(player.GetProperty("mean_return")),
        JsonNumbers.Read(player.GetProperty("std_error")),
        player.TryGetProperty("mean_action", out var action) ? Numbers(action) : []))];

    private static void Numbers(Utf8JsonWriter json, string name, ImmutableArray<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values) JsonNumbers.Write(json, value);
        json.WriteEndArray();
    }

    private static ImmutableArray<double> Numbers(JsonElement json) => [.. json.EnumerateArray().Select(JsonNumbers.Read)];
}
