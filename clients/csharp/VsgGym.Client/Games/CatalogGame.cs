using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A game of the server's catalog, or one uploaded before.</summary>
/// <param name="Id">"pursuit-v0", or the id that an upload returned.</param>
public sealed record CatalogGame(string Id) : GameSource
{
    private protected override void Fill(Wire.GameSpec spec) => spec.Id = Id;
}
