using System.Globalization;
using System.Text.Json.Nodes;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>A solution as the JSON document that `solve` writes and `check` reads.</summary>
internal static class SolutionJson
{
    /// <summary>What the document says it is.</summary>
    public const string Format = "vsggym-solution/1";

    /// <summary>Writes a solution with the game it belongs to.</summary>
    public static JsonObject Write(Proto.Solution solution, Proto.GameSpec game, string conceptOptionsJson = "") => new()
    {
        ["format"] = Format,
        ["game"] = game.HasNfg ? new JsonObject { ["nfg"] = game.Nfg }
            : game.HasEfg ? new JsonObject { ["efg"] = game.Efg }
            : new JsonObject { ["id"] = solution.GameId, ["options"] = JsonNode.Parse(solution.GameOptionsJson) },
        ["solver"] = solution.Solver,
        ["options"] = JsonNode.Parse(solution.OptionsJson),
        ["seed"] = solution.Seed,
        ["status"] = StatusOf(solution),
        ["stop_reason"] = solution.StopReason,
        ["iterations"] = solution.Iterations,
        ["residual"] = JsonText.Number(solution.Residual),
        ["policies"] = Players(solution, player => player.Policy),
        ["values"] = Players(solution, player => player.Values),
        ["opponent_models"] = Players(solution, player => player.OpponentModel),
        ["joint_policy"] = solution.JointPolicy is { } joint ? NestedArrays.Write(joint) : null,
        ["arrays"] = solution.Arrays.Count == 0 ? null
            : new JsonObject(solution.Arrays.Select(array => KeyValuePair.Create<string, JsonNode?>(array.Name, NestedArrays.Write(array.Value)))),
        ["concept_options"] = conceptOptionsJson.Length == 0 ? new JsonObject() : JsonNode.Parse(conceptOptionsJson),
        ["certificate"] = solution.Certificate is { } certificate ? Write(certificate) : null, // null where there was no time to measure
        ["trace"] = solution.Trace is { } trace ? new JsonObject { ["columns"] = JsonText.Texts(trace.Columns), ["rows"] = NestedArrays.Write(trace.Rows) } : null,
    };

    /// <summary>How a solve ended, in one word: "converged".</summary>
    public static string StatusOf(Proto.Solution solution) => solution.Status.ToString().ToLowerInvariant();

    /// <summary>A number for people, to six digits; "-" where there is none.</summary>
    public static string Show(double value) => double.IsNaN(value) ? "-" : value.ToString("G6", CultureInfo.InvariantCulture);

    private static JsonObject Write(Proto.Certificate certificate) => new()
    {
        ["concept"] = certificate.Concept,
        ["gap"] = JsonText.Number(certificate.Gap),
        ["gap_per_player"] = new JsonObject(certificate.Players.Select(player => KeyValuePair.Create(player.Player, JsonText.Number(player.Gap)))),
        ["value_per_player"] = new JsonObject(certificate.Players.Select(player => KeyValuePair.Create(player.Player, JsonText.Number(player.Value)))),
        ["bounds"] = new JsonObject(certificate.Bounds.Select(bound => KeyValuePair.Create<string, JsonNode?>(bound.Name, new JsonObject
        {
            ["value"] = JsonText.Number(bound.Value),
            ["premise_holds"] = bound.PremiseHolds,
            ["measured"] = JsonText.Number(bound.Measured),
            ["statement"] = bound.Statement,
        }))),
    };

    private static JsonObject? Players(Proto.Solution solution, Func<Proto.PlayerSolution, Proto.Tensor?> part) =>
        solution.Players.All(player => part(player) is null) ? null
            : new JsonObject(
                from player in solution.Players
                let tensor = part(player)
                where tensor is not null
                select KeyValuePair.Create<string, JsonNode?>(player.Player, NestedArrays.Write(tensor)));
}
