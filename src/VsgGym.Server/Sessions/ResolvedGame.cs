using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>A game of a request, found or built.</summary>
/// <param name="Id">The catalog's id, the upload's id, or "inline-" and the start of the content's SHA-256.</param>
/// <param name="Game">The game with its options set.</param>
/// <param name="OptionsJson">The resolved options; "{}" for a game given in full.</param>
/// <param name="Content">What it was built from where it was given in full, else null.</param>
internal sealed record ResolvedGame(string Id, Game Game, string OptionsJson, Proto.GameSpec? Content = null);
