using VsgGym.Core;
using VsgGym.Runs;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Writes runs for the wire.</summary>
internal static class RunWriter
{
    /// <summary>A run as it stands.</summary>
    public static Proto.Run Write(RunInfo run)
    {
        var wire = new Proto.Run
        {
            RunId = run.Id,
            Name = run.Name,
            State = Write(run.State),
            QueuePosition = run.QueuePosition,
            Step = run.Step,
            LastSequence = run.LastSequence,
            CheckpointStep = run.CheckpointStep,
            CreatedUnixMs = run.CreatedUnixMs,
            EndedUnixMs = run.EndedUnixMs,
            ElapsedSeconds = run.Elapsed.TotalSeconds,
            StepsPerSecond = run.StepsPerSecond,
        };
        wire.Faults.AddRange(run.Faults.Select(Write));
        if (run.Spec is not { } spec) return wire;
        (wire.MaxSteps, wire.GameId, wire.GameOptionsJson) = (spec.MaxSteps, spec.Game.Id, spec.Game.OptionsJson);
        (wire.Learner, wire.OptionsJson, wire.Seed, wire.Hash) = (spec.Learner, spec.OptionsJson, spec.Seed, spec.Hash);
        wire.Players.AddRange(spec.Players.Select(player => player.Name));
        wire.MetricNames.AddRange(spec.MetricNames);
        wire.Models.AddRange(run.Models.Select(model => Write(model, run.Id, spec)));
        return wire;
    }

    /// <summary>What a watcher is told.</summary>
    /// <param name="update">The run or the event.</param>
    /// <param name="id">The run.</param>
    /// <param name="spec">What is trained, or null where it cannot be read.</param>
    public static Proto.RunUpdate Write(RunUpdate update, string id, RunSpec? spec) => update.Run is { } run
        ? new Proto.RunUpdate { Run = Write(run) }
        : new Proto.RunUpdate { Event = Write(update.Event!, id, spec) };

    /// <summary>A state.</summary>
    public static Proto.RunState Write(RunState state) => (Proto.RunState)((int)state + 1);

    /// <summary>Whether an exported file is a policy, which plays a seat; conditional policies and opponent models do not.</summary>
    public static bool PlaysASeat(ExportedModel model) => model.Metadata.GetValueOrDefault("kind", "policy") == "policy";

    /// <summary>An exported file: a policy has the id "RUN.PLAYER", the others have none and come with the run's download.</summary>
    public static Proto.Model Write(ExportedModel model, string id, RunSpec? spec)
    {
        var wire = new Proto.Model { ModelId = PlaysASeat(model) ? $"{id}.{model.Player}" : string.Empty, Player = model.Player, RunId = id, File = model.File, Bytes = model.Bytes, Sha256 = model.Sha256 };
        wire.Metadata.Add(model.Metadata.ToDictionary());
        if (spec is null) return wire;
        (wire.GameId, wire.GameOptionsJson) = (spec.Game.Id, spec.Game.OptionsJson);
        if (spec.Players.FirstOrDefault(player => player.Name == model.Player) is not { } seat) return wire;
        (wire.Observation, wire.Action) = (WireMap.ToWire(seat.Observation), WireMap.ToWire(seat.Action));
        return wire;
    }

    private static Proto.RunEvent Write(RunEvent happened, string id, RunSpec? spec)
    {
        var wire = new Proto.RunEvent { Sequence = happened.Sequence, Step = happened.Step };
        switch (happened)
        {
            case MetricsEvent metrics:
                wire.Metrics = new Proto.RunMetrics { Values = { metrics.Values } };
                break;
            case EvaluationEvent evaluation:
                wire.Evaluation = Write(evaluation.Evaluation);
                break;
            case CheckpointEvent checkpoint:
                wire.Checkpoint = new Proto.RunCheckpoint { Sha256 = checkpoint.Sha256, Bytes = checkpoint.Bytes };
                break;
            case ExportEvent export:
                wire.Export = new Proto.RunExport { Models = { export.Models.Select(model => Write(model, id, spec)) } };
                break;
            case EndEvent end:
                wire.End = new Proto.RunEnd { State = Write(end.State), Reason = end.Reason, Faults = { end.Faults.Select(Write) } };
                break;
        }

        return wire;
    }

    private static Proto.RunEvaluation Write(RunEvaluation evaluation)
    {
        var wire = new Proto.RunEvaluation { Episodes = evaluation.Episodes };
        wire.Greedy.AddRange(evaluation.Greedy.Select(Write));
        wire.Sampled.AddRange(evaluation.Sampled.Select(Write));
        if (evaluation.NashConv is { } gap) wire.NashConv = gap;
        wire.OpponentModelDistance.AddRange(evaluation.OpponentModelDistance);
        return wire;
    }

    private static Proto.PlayerEvaluation Write(PlayerEvaluation player)
    {
        var wire = new Proto.PlayerEvaluation { Player = player.Player, MeanReturn = player.MeanReturn, StdError = player.StandardError };
        if (!player.MeanAction.IsEmpty) wire.MeanAction = Tensors.Write(player.MeanAction.AsSpan(), player.MeanAction.Length);
        return wire;
    }

    private static Proto.Fault Write(Fault fault) => new() { Path = fault.Path, Value = fault.Value, Rule = fault.Rule, Reason = fault.Reason };
}
