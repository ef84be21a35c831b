using System.Text.Json.Nodes;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>An entry's description as JSON.</summary>
internal static class DescriptionJson
{
    /// <summary>Writes a description.</summary>
    public static JsonObject Write(Proto.DescribeResponse description)
    {
        var entry = description.Entry;
        var json = new JsonObject
        {
            ["kind"] = entry.Kind.ToString().ToLowerInvariant(),
            ["id"] = entry.Id,
            ["summary"] = entry.Summary,
            ["remarks"] = description.Remarks,
            ["sources"] = new JsonArray([.. entry.Sources.Select(source => new JsonObject { ["key"] = source.Key, ["locus"] = source.Locus, ["text"] = source.Text })]),
            ["options_schema"] = JsonNode.Parse(description.OptionsSchemaJson),
            ["default_options"] = JsonNode.Parse(description.DefaultOptionsJson),
        };
        if (description.Game is { } game) json["game"] = Write(game);
        return json;
    }

    private static JsonObject Write(Proto.GameDescription game) => new()
    {
        ["kind"] = game.Kind,
        ["options"] = JsonNode.Parse(game.OptionsJson),
        ["players"] = new JsonArray([.. game.Players.Select(Write)]),
        ["horizon"] = game.HasHorizon ? game.Horizon : null,
        ["discount"] = game.Discount,
        ["lowest_reward"] = game.LowestReward,
        ["highest_reward"] = game.HighestReward,
        ["states"] = game.HasStates ? game.States : null,
        ["transitions"] = game.HasTransitions ? game.Transitions : null,
        ["has_illegal_actions"] = game.HasIllegalActions,
        ["state_labels"] = JsonText.Texts(game.StateLabels),
    };

    private static JsonObject Write(Proto.PlayerDescription player) => new()
    {
        ["name"] = player.Name,
        ["observation"] = Write(player.Observation),
        ["action"] = Write(player.Action),
    };

    private static JsonObject Write(Proto.Space space) => space.Box is { } box
        ? new JsonObject { ["kind"] = "box", ["low"] = Numbers(box.Low), ["high"] = Numbers(box.High), ["labels"] = JsonText.Texts(box.Labels) }
        : new JsonObject { ["kind"] = "discrete", ["count"] = space.Discrete.Count, ["labels"] = JsonText.Texts(space.Discrete.Labels) };

    private static JsonArray Numbers(IEnumerable<float> numbers) => [.. numbers.Select(number => (JsonNode)number)];
}
