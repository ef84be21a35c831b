using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Sends one file in chunks: the first names it, the last brings its SHA-256.</summary>
internal static class FileSender
{
    private const int ChunkBytes = 64 * 1024;

    public static async Task SendAsync(IClientStreamWriter<Wire.FileChunk> chunks, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        int at = 0;
        do
        {
            var data = content.Slice(at, Math.Min(ChunkBytes, content.Length - at));
            var chunk = new Wire.FileChunk { Data = UnsafeByteOperations.UnsafeWrap(data) };
            if (at == 0) (chunk.Name, chunk.Bytes) = (name, content.Length);
            at += data.Length;
            if (at == content.Length) chunk.Sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
            await chunks.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }
        while (at < content.Length);

        await chunks.CompleteAsync().ConfigureAwait(false);
    }
}
