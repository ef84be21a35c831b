using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Run and model messages as the client's own types.</summary>
internal static class RunReader
{
    public static RunInfo Run(Wire.Run wire) => new(
        wire.RunId,
        wire.Name,
        (RunState)wire.State,
        wire.QueuePosition,
        wire.Step,
        wire.MaxSteps,
        wire.LastSequence,
        wire.CheckpointStep,
        wire.GameId,
        wire.GameOptionsJson,
        wire.Learner,
        wire.OptionsJson,
        wire.Seed,
        [.. wire.Players],
        [.. wire.MetricNames],
        Faults(wire.Faults),
        [.. wire.Models.Select(Model)],
        DateTimeOffset.FromUnixTimeMilliseconds(wire.CreatedUnixMs),
        wire.EndedUnixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(wire.EndedUnixMs),
        TimeSpan.FromSeconds(wire.ElapsedSeconds),
        wire.StepsPerSecond,
        wire.Hash);

    public static ModelInfo Model(Wire.Model wire) => new(
        wire.ModelId,
        wire.Player,
        wire.GameId,
        wire.GameOptionsJson,
        wire.RunId,
        wire.File,
        wire.Bytes,
        wire.Sha256,
        wire.Observation is { } observation ? CatalogReader.Space(observation) : null,
        wire.Action is { } action ? CatalogReader.Space(action) : null,
        new SortedDictionary<string, string>(wire.Metadata, StringComparer.Ordinal));

    public static RunUpdate? Update(Wire.RunUpdate wire) => wire.UpdateCase switch
    {
        Wire.RunUpdate.UpdateOneofCase.Run => new RunChanged(Run(wire.Run)),
        Wire.RunUpdate.UpdateOneofCase.Event => Event(wire.Event),
        _ => null, // of a newer server
    };

    private static RunEvent? Event(Wire.RunEvent wire) => wire.EventCase switch
    {
        Wire.RunEvent.EventOneofCase.Metrics => new RunMetrics(wire.Sequence, wire.Step, [.. wire.Metrics.Values]),
        Wire.RunEvent.EventOneofCase.Evaluation => Evaluation(wire),
        Wire.RunEvent.EventOneofCase.Checkpoint => new RunCheckpointed(wire.Sequence, wire.Step, wire.Checkpoint.Sha256, wire.Checkpoint.Bytes),
        Wire.RunEvent.EventOneofCase.Export => new RunExported(wire.Sequence, wire.Step, [.. wire.Export.Models.Select(Model)]),
        Wire.RunEvent.EventOneofCase.End => new RunEnded(wire.Sequence, wire.Step, (RunState)wire.End.State, wire.End.Reason, Faults(wire.End.Faults)),
        _ => null, // of a newer server
    };

    private static RunEvaluated Evaluation(Wire.RunEvent wire) => new(
        wire.Sequence,
        wire.Step,
        wire.Evaluation.Episodes,
        Players(wire.Evaluation.Greedy),
        Players(wire.Evaluation.Sampled),
        wire.Evaluation.HasNashConv ? wire.Evaluation.NashConv : null,
        [.. wire.Evaluation.OpponentModelDistance]);

    private static Dictionary<string, PlayerEvaluation> Players(IEnumerable<Wire.PlayerEvaluation> wire) => wire.ToDictionary(
        player => player.Player,
        player => new PlayerEvaluation(player.MeanReturn, player.StdError, player.MeanAction is { } action ? NdArray.FromWire(action).Data.ToArray() : []),
        StringComparer.Ordinal);

    private static Fault[] Faults(IEnumerable<Wire.Fault> wire) => [.. wire.Select(f => new Fault(f.Path, f.Value, f.Rule, f.Reason))];
}
