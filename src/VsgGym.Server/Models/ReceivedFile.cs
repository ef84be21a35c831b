namespace VsgGym.Server.Models;

/// <summary>A file that came in full and has the hash its sender states.</summary>
/// <param name="Name">What the sender calls it: "policy.hunter.onnx".</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Sha256">Of the content, in lower-case hexadecimal digits.</param>
internal sealed record ReceivedFile(string Name, ReadOnlyMemory<byte> Bytes, string Sha256);
