using System.Text.Json.Nodes;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs.Training;

/// <summary>Runs and their events as JSON.</summary>
internal static class RunJson
{
    /// <summary>A run.</summary>
    public static JsonObject Write(Proto.Run run) => new()
    {
        ["run_id"] = run.RunId,
        ["name"] = run.Name,
        ["state"] = RunText.StateOf(run.State),
        ["queue_position"] = run.QueuePosition,
        ["step"] = run.Step,
        ["max_steps"] = run.MaxSteps,
        ["last_sequence"] = run.LastSequence,
        ["checkpoint_step"] = run.CheckpointStep,
        ["game"] = new JsonObject { ["id"] = run.GameId, ["options"] = Parse(run.GameOptionsJson) },
        ["learner"] = run.Learner,
        ["options"] = Parse(run.OptionsJson),
        ["seed"] = run.Seed,
        ["players"] = JsonText.Texts(run.Players),
        ["metric_names"] = JsonText.Texts(run.MetricNames),
        ["faults"] = new JsonArray([.. run.Faults.Select(Write)]),
        ["created_unix_ms"] = run.CreatedUnixMs,
        ["ended_unix_ms"] = run.EndedUnixMs,
        ["elapsed_seconds"] = JsonText.Number(run.ElapsedSeconds),
        ["steps_per_second"] = JsonText.Number(run.StepsPerSecond),
        ["models"] = new JsonArray([.. run.Models.Select(Write)]),
        ["hash"] = run.Hash,
    };

    /// <summary>What a watcher is told, as one object: {"run": ...} or {"sequence": ..., "step": ..., "metrics": ...}.</summary>
    /// <param name="update">The run or an event.</param>
    /// <param name="metricNames">The names beside the metrics' values.</param>
    public static JsonObject Write(Proto.RunUpdate update, IReadOnlyList<string> metricNames)
    {
        if (update.Run is { } run) return new JsonObject { ["run"] = Write(run) };
        var happened = update.Event;
        var json = new JsonObject { ["sequence"] = happened.Sequence, ["step"] = happened.Step };
        if (happened.Metrics is { } metrics)
            json["metrics"] = new JsonObject(metrics.Values.Select((value, i) => KeyValuePair.Create(i < metricNames.Count ? metricNames[i] : $"metric_{i}", JsonText.Number(value))));
        if (happened.Evaluation is { } evaluation) json["evaluation"] = Write(evaluation);
        if (happened.Checkpoint is { } checkpoint) json["checkpoint"] = new JsonObject { ["sha256"] = checkpoint.Sha256, ["bytes"] = checkpoint.Bytes };
        if (happened.Export is { } export) json["export"] = new JsonArray([.. export.Models.Select(Write)]);
        if (happened.End is { } end)
            json["end"] = new JsonObject { ["state"] = RunText.StateOf(end.State), ["reason"] = end.Reason, ["faults"] = new JsonArray([.. end.Faults.Select(Write)]) };
        return json;
    }

    /// <summary>An evaluation.</summary>
    public static JsonObject Write(Proto.RunEvaluation evaluation) => new()
    {
        ["episodes"] = evaluation.Episodes,
        ["greedy"] = new JsonObject(evaluation.Greedy.Select(Write)),
        ["sampled"] = new JsonObject(evaluation.Sampled.Select(Write)),
        ["nash_conv"] = evaluation.HasNashConv ? JsonText.Number(evaluation.NashConv) : null,
        ["opponent_model_distance"] = new JsonArray([.. evaluation.OpponentModelDistance.Select(JsonText.Number)]),
    };

    private static KeyValuePair<string, JsonNode?> Write(Proto.PlayerEvaluation player) => KeyValuePair.Create<string, JsonNode?>(player.Player, new JsonObject
    {
        ["mean_return"] = JsonText.Number(player.MeanReturn),
        ["std_error"] = JsonText.Number(player.StdError),
        ["mean_action"] = player.MeanAction is { } action ? NestedArrays.Write(action) : null,
    });

    private static JsonObject Write(Proto.Model model) => new()
    {
        ["model_id"] = model.ModelId,
        ["player"] = model.Player,
        ["file"] = model.File,
        ["bytes"] = model.Bytes,
        ["sha256"] = model.Sha256,
    };

    private static JsonObject Write(Proto.Fault fault) =>
        new() { ["path"] = fault.Path, ["value"] = fault.Value, ["rule"] = fault.Rule, ["reason"] = fault.Reason };

    private static JsonNode? Parse(string json) => json.Length == 0 ? null : JsonNode.Parse(json);
}
