namespace VsgGym.Client;

/// <summary>A model the server keeps: one ONNX file.</summary>
/// <param name="Id">Fills a seat, names it in an evaluation.</param>
/// <param name="Player">Whose policy or opponent model it is; empty for an upload that does not say.</param>
/// <param name="GameId">The game it was trained on; may be empty.</param>
/// <param name="GameOptionsJson">That game's options.</param>
/// <param name="RunId">The run it came from; empty for an upload.</param>
/// <param name="File">Its file's name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Observation">What it takes; null where the file does not say.</param>
/// <param name="Action">What it gives; null where the file does not say.</param>
/// <param name="Metadata">As in the file.</param>
public sealed record ModelInfo(
    string Id,
    string Player,
    string GameId,
    string GameOptionsJson,
    string RunId,
    string File,
    long Bytes,
    string Sha256,
    Space? Observation,
    Space? Action,
    IReadOnlyDictionary<string, string> Metadata);
