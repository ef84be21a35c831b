using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Catalog messages as the client's own types.</summary>
internal static class CatalogReader
{
    public static ServerInfo Server(Wire.HandshakeResponse wire) => new(
        wire.Server,
        $"{wire.ProtocolMajor}.{wire.ProtocolMinor}",
        [.. wire.Capabilities],
        Limits(wire.Limits ?? new Wire.Limits()));

    public static CatalogEntry Entry(Wire.Entry wire) => new(
        (EntryKind)wire.Kind,
        wire.Id,
        wire.Summary,
        [.. wire.Sources.Select(s => new Citation(s.Key, s.Locus, s.Text))])
    { Concept = wire.Concept, GameKind = wire.GameKind };

    public static Description Description(Wire.DescribeResponse wire) => new(
        Entry(wire.Entry),
        wire.Remarks,
        wire.OptionsSchemaJson,
        wire.DefaultOptionsJson,
        wire.Game is { } game ? Game(game) : null);

    public static Space Space(Wire.Space wire) => wire.KindCase == Wire.Space.KindOneofCase.Box
        ? new BoxSpace([.. wire.Box.Low], [.. wire.Box.High]) { Labels = [.. wire.Box.Labels] }
        : new DiscreteSpace(wire.Discrete.Count, [.. wire.Discrete.Labels]);

    private static ServerLimits Limits(Wire.Limits wire) => new(
        wire.MaxMessageBytes,
        wire.MaxNumEnvs,
        wire.MaxEnvironments,
        wire.MaxSolves,
        wire.MaxUploads,
        TimeSpan.FromSeconds(wire.IdleSeconds),
        TimeSpan.FromSeconds(wire.OrphanSeconds),
        wire.MaxRuns,
        wire.MaxQueuedRuns,
        wire.MaxModels,
        wire.MaxModelBytes,
        wire.MaxSolveBytes);

    private static GameDescription Game(Wire.GameDescription wire) => new(
        [.. wire.Players.Select(p => new PlayerInfo(p.Name, Space(p.Observation), Space(p.Action)))],
        wire.HasHorizon ? wire.Horizon : null,
        wire.Discount,
        wire.LowestReward,
        wire.HighestReward,
        wire.HasStates ? wire.States : null,
        wire.HasTransitions ? wire.Transitions : null,
        wire.HasIllegalActions,
        wire.OptionsJson,
        [.. wire.StateLabels])
    {
        Kind = wire.Kind,
    };
}
