using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Finds or builds the game of a request: from the catalog, from the uploads, or given in full.</summary>
/// <param name="catalog">The games by id.</param>
/// <param name="uploads">Callers' games by id.</param>
internal sealed class GameResolver(Catalog catalog, UploadStore uploads)
{
    private const string InFull = "normal_form, tabular, nfg, efg, mean_field or flow";

    private readonly RecentGames _recent = new();

    /// <summary>Finds or builds a game; every fault has its path.</summary>
    /// <param name="spec">What the caller gave; null is a fault.</param>
    /// <param name="path">The field of the request.</param>
    /// <exception cref="VsgGymException">No such game, or the game or its options are at fault.</exception>
    public ResolvedGame Resolve(Proto.GameSpec? spec, string path = "game")
    {
        if (spec is null || spec.SourceCase == Proto.GameSpec.SourceOneofCase.None)
            throw VsgGymException.Invalid(path, null, $"is required: give an id, {InFull}", "missing");
        if (spec.SourceCase == Proto.GameSpec.SourceOneofCase.Id) return Find(spec, path);
        RefuseOptions(spec, path);
        var game = UploadReader.Read(spec, path);
        return new ResolvedGame("inline-" + ContentHash.Of(game), game, "{}", spec);
    }

    /// <summary>Keeps a game given in full.</summary>
    /// <returns>Its id, "upload-" and the start of the SHA-256 of what it is.</returns>
    /// <exception cref="VsgGymException">The game is at fault or given by id, or the store is full.</exception>
    public string Upload(Proto.GameSpec? spec, string path = "game")
    {
        if (spec is null || spec.SourceCase is Proto.GameSpec.SourceOneofCase.None or Proto.GameSpec.SourceOneofCase.Id)
            throw VsgGymException.Invalid(path, spec?.Id, $"give the game in full: {InFull}", "missing");
        RefuseOptions(spec, path);
        return uploads.Add(spec, () => UploadReader.Read(spec, path));
    }

    /// <summary>The uploaded games, by id.</summary>
    public IReadOnlyList<Proto.Upload> Uploads() => uploads.List();

    /// <summary>Forgets an uploaded game.</summary>
    /// <exception cref="VsgGymException">NOT_FOUND: none of that id is kept.</exception>
    public void Delete(string id)
    {
        if (!uploads.Delete(id)) throw uploads.NotFound("id", id);
    }

    private ResolvedGame Find(Proto.GameSpec spec, string path)
    {
        string options = $"{path}.options";
        if (!spec.Id.StartsWith(UploadStore.Prefix, StringComparison.Ordinal))
        {
            var entry = FaultPaths.Under("game", $"{path}.id", () => catalog.FindGame(spec.Id));
            string resolved = entry.ResolveOptions(spec.OptionsJson, options);
            return new ResolvedGame(spec.Id, _recent.GetOrBuild(spec.Id, resolved, () => catalog.CreateGame(spec.Id, spec.OptionsJson, options)), resolved);
        }

        RefuseOptions(spec, path);
        return uploads.Find(spec.Id) is { } uploaded
            ? new ResolvedGame(spec.Id, uploaded.Game, "{}", uploaded.Content)
            : throw uploads.NotFound($"{path}.id", spec.Id);
    }

    private static void RefuseOptions(Proto.GameSpec spec, string path)
    {
        if (spec.OptionsJson.Trim() is not ("" or "{}"))
            throw VsgGymException.Invalid($"{path}.options", spec.OptionsJson, "a game given in full has no options: change the game itself", "unknown_option");
    }
}
