using VsgGym.Core;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Services;

/// <summary>Writes the catalog's entries and games for the wire.</summary>
internal static class EntryWriter
{
    /// <summary>An entry in short.</summary>
    public static Proto.Entry Write(CatalogEntry entry)
    {
        var wire = new Proto.Entry { Kind = ToWire(entry.Kind), Id = entry.Id, Summary = entry.Summary, Concept = entry.Kind == EntryKind.Solver ? entry.Concept : string.Empty, GameKind = GameKind.Of(entry) };
        foreach (var source in entry.Sources)
        {
            var work = source.Citation;
            string text = $"{work.Authors} ({work.Year}). {work.Title}. {work.Venue}.";
            wire.Sources.Add(new Proto.Citation { Key = work.Key, Locus = source.Locus, Text = text });
        }

        return wire;
    }

    /// <summary>A game under its options.</summary>
    public static Proto.GameDescription Write(ResolvedGame resolved)
    {
        var spec = resolved.Game.CreateEnvironment().Spec;
        var wire = new Proto.GameDescription
        {
            Discount = spec.Discount,
            LowestReward = spec.LowestReward,
            HighestReward = spec.HighestReward,
            HasIllegalActions = spec.HasIllegalActions,
            OptionsJson = resolved.OptionsJson,
            Kind = GameKind.Of(resolved.Game),
        };
        if (spec.Horizon is { } horizon) wire.Horizon = horizon;
        for (int p = 0; p < spec.PlayerCount; p++)
            wire.Players.Add(new Proto.PlayerDescription
            {
                Name = spec.Players[p],
                Observation = WireMap.ToWire(spec.Observations[p]),
                Action = WireMap.ToWire(spec.Actions[p]),
            });
        if (resolved.Game.Table is not { } table) return wire;
        wire.States = table.StateCount;
        wire.Transitions = table.TransitionCount;
        wire.StateLabels.AddRange(table.StateLabels);
        return wire;
    }

    private static Proto.EntryKind ToWire(EntryKind kind) => kind switch
    {
        EntryKind.Game => Proto.EntryKind.Game,
        EntryKind.Solver => Proto.EntryKind.Solver,
        EntryKind.Learner => Proto.EntryKind.Learner,
        _ => Proto.EntryKind.Metric,
    };
}
