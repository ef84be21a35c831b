using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Solver messages as the client's own types.</summary>
internal static class SolveReader
{
    public static SolveEvent? Event(Wire.SolveEvent wire) => wire.EventCase switch
    {
        Wire.SolveEvent.EventOneofCase.Started => new SolveStarted(
            wire.Started.SolveId, wire.Started.OptionsJson, wire.Started.MaxIterations, [.. wire.Started.MetricNames]),
        Wire.SolveEvent.EventOneofCase.Progress => new SolveProgress(wire.Progress.Iteration, wire.Progress.Residual, [.. wire.Progress.Metrics]),
        Wire.SolveEvent.EventOneofCase.Solution => new SolveFinished(Solution(wire.Solution)),
        _ => null, // of a newer server
    };

    public static Certificate Certificate(Wire.Certificate wire) => new(
        wire.Concept,
        wire.Gap,
        [.. wire.Players.Select(p => new PlayerGap(p.Player, p.Gap, p.Value))],
        wire.Bounds.ToDictionary(b => b.Name, b => new Bound(b.Value, b.PremiseHolds, b.Statement, b.Measured), StringComparer.Ordinal));

    private static Solution Solution(Wire.Solution wire) => new(
        (SolveStatus)wire.Status,
        wire.StopReason,
        wire.Iterations,
        wire.Residual,
        Arrays(wire, player => player.Policy),
        Arrays(wire, player => player.Values),
        Arrays(wire, player => player.OpponentModel),
        wire.Certificate is { } certificate ? Certificate(certificate) : VsgGym.Client.Certificate.Unmeasured,
        wire.Trace?.Rows is { } rows ? new Trace([.. wire.Trace.Columns], NdArray.FromWire(rows)) : new Trace([], new NdArray([], 0, 0)),
        wire.Solver,
        wire.OptionsJson,
        wire.Seed,
        wire.GameId,
        wire.GameOptionsJson)
    {
        JointPolicy = wire.JointPolicy is { } joint ? NdArray.FromWire(joint) : null,
        Arrays = wire.Arrays.ToDictionary(array => array.Name, array => NdArray.FromWire(array.Value), StringComparer.Ordinal),
    };

    private static Dictionary<string, NdArray> Arrays(Wire.Solution wire, Func<Wire.PlayerSolution, Wire.Tensor?> select) => wire.Players
        .Where(player => select(player) is not null)
        .ToDictionary(player => player.Player, player => NdArray.FromWire(select(player)!), StringComparer.Ordinal);
}
