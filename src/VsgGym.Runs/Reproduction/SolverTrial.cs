using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Runs;

/// <summary>One solver on one game with one seed.</summary>
/// <param name="Game">The game.</param>
/// <param name="Method">The method.</param>
/// <param name="Seed">The seed.</param>
public sealed record SolverTrial(SolverGame Game, SolverMethod Method, int Seed)
{
    /// <summary>The game's options as JSON.</summary>
    public string GameOptionsJson => Game.Options?.GetRawText() ?? "{}";

    /// <summary>The solver's options as JSON: the game's for every method, overridden by the method's.</summary>
    public string SolverOptionsJson
    {
        get
        {
            var merged = new JsonObject();
            foreach (JsonElement? part in (JsonElement?[])[Game.SolverOptions, Method.Options])
                foreach (var option in part?.EnumerateObject() ?? default)
                    merged[option.Name] = JsonNode.Parse(option.Value.GetRawText());
            return merged.ToJsonString();
        }
    }

    /// <summary>The key of a trial of an experiment: what determines its numbers, as one text.</summary>
    internal string KeyIn(SolverExperiment experiment) =>
        string.Join(' ', Game.Id, GameOptionsJson, Method.Solver, SolverOptionsJson, Seed, experiment.Every, JsonSerializer.Serialize(experiment.Measures, ExperimentFiles.Form));
}

/// <summary>What a solver's trial gave.</summary>
public sealed record SolverTrialResult : ITrialResult
{
    /// <inheritdoc/>
    public required string Key { get; init; }

    /// <summary>Why the solve ended: "tolerance", "episodes", "max_iterations", "diverged".</summary>
    public required string End { get; init; }

    /// <summary>Iterations done.</summary>
    public required long Iterations { get; init; }

    /// <summary>The numbers by measure: a curve's points, or one.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<double>> Numbers { get; init; }

    /// <summary>Time it took.</summary>
    public required double Seconds { get; init; }
}
