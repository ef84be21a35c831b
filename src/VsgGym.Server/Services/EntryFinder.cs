using VsgGym.Core;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Services;

/// <summary>Describes an entry of any kind, or a game under given options or given in full.</summary>
/// <param name="catalog">Games, solvers and metrics.</param>
/// <param name="games">Finds or builds games.</param>
internal sealed class EntryFinder(Catalog catalog, GameResolver games)
{
    /// <summary>Describes what a request names.</summary>
    /// <exception cref="VsgGymException">There is no such entry, or the game is at fault.</exception>
    public Proto.DescribeResponse Describe(Proto.DescribeRequest request) => request.WhatCase switch
    {
        Proto.DescribeRequest.WhatOneofCase.Id => Describe(request.Id),
        Proto.DescribeRequest.WhatOneofCase.Game => DescribeGame(request.Game, "game"),
        _ => throw VsgGymException.Invalid("id", null, "is required: the id of a game, a solver, a learner or a metric, or a game in full", "missing"),
    };

    private Proto.DescribeResponse Describe(string id)
    {
        if (catalog.Solvers.TryGetValue(id, out var entry) || catalog.Learners.TryGetValue(id, out entry) || catalog.Metrics.TryGetValue(id, out entry)) return Write(entry);
        if (catalog.Games.ContainsKey(id) || id.StartsWith(UploadStore.Prefix, StringComparison.Ordinal))
            return DescribeGame(new Proto.GameSpec { Id = id }, "game");
        string known = string.Join(", ", catalog.Games.Keys.Concat(catalog.Solvers.Keys).Concat(catalog.Learners.Keys).Concat(catalog.Metrics.Keys));
        throw VsgGymException.NotFound("id", id, $"unknown game, solver, learner or metric; known: {known}", "unknown_entry");
    }

    private Proto.DescribeResponse DescribeGame(Proto.GameSpec spec, string path)
    {
        var resolved = games.Resolve(spec, path);
        var response = catalog.Games.TryGetValue(resolved.Id, out var entry) ? Write(entry) : new Proto.DescribeResponse
        {
            Entry = new Proto.Entry { Kind = Proto.EntryKind.Game, Id = resolved.Id, Summary = "A game given by its caller." },
            DefaultOptionsJson = "{}",
            OptionsSchemaJson = """{"type":"object","additionalProperties":false}""",
        };
        response.Game = EntryWriter.Write(resolved);
        return response;
    }

    private static Proto.DescribeResponse Write(CatalogEntry entry) => new()
    {
        Entry = EntryWriter.Write(entry),
        Remarks = entry.Remarks,
        OptionsSchemaJson = entry.OptionsSchemaJson,
        DefaultOptionsJson = entry.DefaultOptionsJson,
    };
}
