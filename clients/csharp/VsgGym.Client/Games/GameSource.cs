using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A game to play or solve: one of the server's by id, or one given in full.</summary>
/// <remarks>
/// A text converts: one that ends in ".nfg" or ".efg" names a file in Gambit's normal or extensive form, any other is an id.
/// </remarks>
/// <example>
/// <code>
/// GameSource byId = "pursuit-v0";
/// GameSource withOptions = new CatalogGame("differential-v0") { Options = new() { ["payoff"] = "code" } };
/// GameSource own = new NormalFormGame(payoffs);
/// </code>
/// </example>
public abstract record GameSource
{
    private protected GameSource()
    {
    }

    /// <summary>The game's options; null for the defaults. Games given in full have none.</summary>
    public Options? Options { get; init; }

    /// <summary>A game by id, or by the path of an .nfg or .efg file.</summary>
    public static implicit operator GameSource(string idOrPath)
    {
        ArgumentNullException.ThrowIfNull(idOrPath);
        return idOrPath.EndsWith(".nfg", StringComparison.Ordinal) ? NfgGame.FromFile(idOrPath)
            : idOrPath.EndsWith(".efg", StringComparison.Ordinal) ? EfgGame.FromFile(idOrPath)
            : new CatalogGame(idOrPath);
    }

    internal Wire.GameSpec ToWire()
    {
        var spec = new Wire.GameSpec { OptionsJson = Client.Options.ToJson(Options) };
        Fill(spec);
        return spec;
    }

    private protected static string ReadFile(string path, string ending)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var fault = new Fault("game", path, $"must be the path of a readable {ending} file", "file_not_found");
            throw new NotFoundException($"{fault} ({e.Message})", [fault], e);
        }
    }

    private protected abstract void Fill(Wire.GameSpec spec);

    // The protocol has no word for a list that is there but empty.
    private protected static IReadOnlyList<string> Names(IReadOnlyList<string>? players, string path) => players is { Count: 0 }
        ? throw ErrorDecoder.Invalid(path, "[]", "must name every player, or be null for player_0, player_1, ...", "empty")
        : players ?? [];

    private protected static IEnumerable<Wire.ActionLabels> Labels(IReadOnlyList<IReadOnlyList<string>>? actions) => (actions ?? []).Select(labels =>
    {
        var wire = new Wire.ActionLabels();
        wire.Labels.AddRange(labels);
        return wire;
    });
}
