namespace VsgGym.Export;

/// <summary>One file that was written, checked against its source and published.</summary>
/// <param name="Name">The file's name in its directory: "policy.player_0.onnx".</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Metadata">The properties stored in the file.</param>
/// <param name="Parity">How far the file and its source were apart.</param>
public sealed record ExportedFile(string Name, long Bytes, string Sha256, IReadOnlyDictionary<string, string> Metadata, ParityReport Parity);
