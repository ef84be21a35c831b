using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>An entry's description as a page of text.</summary>
internal static class DescriptionText
{
    private const int MostLabels = 12;
    private const int Width = 100;

    /// <summary>Writes a description.</summary>
    public static string Write(Proto.DescribeResponse description)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{description.Entry.Id} ({description.Entry.Kind.ToString().ToLowerInvariant()})\n{description.Entry.Summary}\n");
        if (description.Remarks.Length > 0) text.Append('\n').Append(TextTable.Wrap(description.Remarks.Trim(), Width));
        if (description.Game is { } game) AppendGame(text, game);
        AppendOptions(text, description);
        if (description.Entry.Sources.Count > 0) text.Append("\nSources\n");
        foreach (var source in description.Entry.Sources)
            text.Append("  ").Append(source.Text).Append(source.Locus.Length > 0 ? $" [{source.Locus}]" : string.Empty).Append('\n');
        return text.ToString();
    }

    private static void AppendGame(StringBuilder text, Proto.GameDescription game)
    {
        var players = game.Players.Select(player => (string[])[player.Name, Show(player.Observation), Show(player.Action)]);
        text.Append("\nPlayers\n").Append(TextTable.Lay(2, [["name", "observation", "action"], .. players]));
        string end = game.HasHorizon ? $"{game.Horizon} decisions" : "no end set by the rules";
        string size = game.HasStates ? $"; {game.States} states, {game.Transitions} transitions" : "; no finite table";
        text.Append(CultureInfo.InvariantCulture, $"\nEpisode: {end}; discount {game.Discount}; rewards in [{game.LowestReward}, {game.HighestReward}]{size}");
        text.Append(game.HasIllegalActions ? "; some states forbid some actions\n" : "\n");
    }

    private static void AppendOptions(StringBuilder text, Proto.DescribeResponse description)
    {
        if (JsonNode.Parse(description.OptionsSchemaJson)?["properties"] is not JsonObject { Count: > 0 } properties)
        {
            text.Append("\nOptions: none\n");
            return;
        }

        var defaults = JsonNode.Parse(description.DefaultOptionsJson);
        var rows = properties.Select(property => Row(property.Key, property.Value!, defaults?[property.Key]));
        text.Append("\nOptions\n").Append(TextTable.Lay(2, [["name", "default", "range", "meaning"], .. rows]));
    }

    private static string[] Row(string name, JsonNode schema, JsonNode? value) =>
        [name, value?.ToJsonString() ?? "null", Range(schema), schema["description"]?.ToString() ?? string.Empty];

    private static string Range(JsonNode schema)
    {
        if (schema["enum"] is JsonArray values) return string.Join(" | ", values.Select(value => value?.ToString() ?? "null"));
        string low = schema["minimum"] is { } least ? $"[{least}" : schema["exclusiveMinimum"] is { } above ? $"({above}" : "(-inf";
        string high = schema["maximum"] is { } most ? $"{most}]" : schema["exclusiveMaximum"] is { } below ? $"{below})" : "inf)";
        return (low, high) is ("(-inf", "inf)") ? string.Empty : $"{low}, {high}";
    }

    private static string Show(Proto.Space space)
    {
        if (space.Box is { } box) return string.Join(" x ", box.Low.Zip(box.High, (low, high) => string.Create(CultureInfo.InvariantCulture, $"[{low}, {high}]")));
        var discrete = space.Discrete;
        return discrete.Labels.Count is > 0 and <= MostLabels ? string.Join(", ", discrete.Labels) : discrete.Count == 1 ? "0" : $"0 .. {discrete.Count - 1}";
    }
}
