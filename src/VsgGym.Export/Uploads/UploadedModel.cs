namespace VsgGym.Export;

/// <summary>A model that passed the upload check.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Inputs">Name and form of each input: "observation" and "float32 [batch, 4]".</param>
/// <param name="Outputs">Name and form of each output.</param>
/// <param name="Metadata">The properties stored in it.</param>
public sealed record UploadedModel(
    long Bytes, string Sha256, IReadOnlyDictionary<string, string> Inputs, IReadOnlyDictionary<string, string> Outputs, IReadOnlyDictionary<string, string> Metadata);
