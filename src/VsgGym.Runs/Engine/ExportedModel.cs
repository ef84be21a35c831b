using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>One exported file.</summary>
/// <param name="Player">Whose policy it is.</param>
/// <param name="File">Its name in the directory of exports: "policy.player_0.onnx".</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal digits.</param>
/// <param name="Metadata">As in the file.</param>
public sealed record ExportedModel(string Player, string File, long Bytes, string Sha256, ImmutableSortedDictionary<string, string> Metadata);
