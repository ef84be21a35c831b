using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Runs;

/// <summary>One method on one game with one seed.</summary>
/// <param name="Game">The game.</param>
/// <param name="Method">The method.</param>
/// <param name="Seed">The seed.</param>
public sealed record Trial(ExperimentGame Game, ExperimentMethod Method, int Seed)
{
    /// <summary>The game's options as JSON.</summary>
    public string GameOptionsJson => Game.Options?.GetRawText() ?? "{}";

    /// <summary>The learner's options as JSON: the game's for every method, overridden by the method's.</summary>
    public string LearnerOptionsJson
    {
        get
        {
            var merged = new JsonObject();
            foreach (JsonElement? part in (JsonElement?[])[Game.LearnerOptions, Method.Options])
                foreach (var option in part?.EnumerateObject() ?? default)
                    merged[option.Name] = JsonNode.Parse(option.Value.GetRawText());
            return merged.ToJsonString();
        }
    }

    /// <summary>What determines the trial, as one text: the key under which its result is kept.</summary>
    public string Key => string.Join(' ', Game.Id, GameOptionsJson, Method.Learner, LearnerOptionsJson, Seed);
}
