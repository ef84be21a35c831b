using VsgGym.Server.Sessions;

namespace VsgGym.Server.Verbs;

/// <summary>Finds and builds games for verbs that work without a server.</summary>
internal static class LocalGames
{
    /// <summary>Finds or builds games; keeps none.</summary>
    public static GameResolver Resolver { get; } = new(Composition.Catalog, new UploadStore(1, 1));
}
