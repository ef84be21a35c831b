namespace VsgGym.Server.Models;

/// <summary>A model file that was written.</summary>
/// <param name="Player">Whose policy it is.</param>
/// <param name="File">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal digits.</param>
internal sealed record WrittenModel(string Player, string File, long Bytes, string Sha256);
