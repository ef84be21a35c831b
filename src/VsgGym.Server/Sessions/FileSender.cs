using System.Security.Cryptography;
using Google.Protobuf;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Sends files in chunks: the first one names the file and its size, the last one has its SHA-256.</summary>
internal static class FileSender
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Sends a file as long as it is now; what is appended meanwhile is left out.</summary>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="send">Sends a chunk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="VsgGymException">NOT_FOUND: the file is gone.</exception>
    public static async Task SendAsync(string name, string path, Func<Proto.FileChunk, Task> send, CancellationToken cancellationToken)
    {
        await using var file = Open(name, path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long left = file.Length;
        var chunk = new Proto.FileChunk { Name = name, Bytes = left };
        byte[] buffer = new byte[ChunkBytes];
        while (true)
        {
            int wanted = (int)Math.Min(left, ChunkBytes);
            await file.ReadExactlyAsync(buffer.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false);
            hash.AppendData(buffer, 0, wanted);
            left -= wanted;
            chunk.Data = ByteString.CopyFrom(buffer, 0, wanted);
            if (left == 0) chunk.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            await send(chunk).ConfigureAwait(false);
            if (left == 0) return;
            chunk = new Proto.FileChunk();
        }
    }

    private static FileStream Open(string name, string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ChunkBytes, useAsync: true);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw VsgGymException.NotFound("files", name, $"is gone: {error.Message}", "missing_file");
        }
    }
}
