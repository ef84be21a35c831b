using Google.Protobuf;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Models;

/// <summary>Splits a file into chunks: name and size in the first, the hash in the last.</summary>
internal static class FileChunks
{
    /// <summary>Bytes of data in a chunk.</summary>
    public const int Size = 64 * 1024;

    /// <summary>The chunks of a file, at least one.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="bytes">Its content; must not change while the chunks are sent.</param>
    /// <param name="sha256">Of the content.</param>
    public static IEnumerable<Proto.FileChunk> Split(string name, ReadOnlyMemory<byte> bytes, string sha256)
    {
        int start = 0;
        do
        {
            int length = Math.Min(Size, bytes.Length - start);
            var chunk = new Proto.FileChunk { Data = UnsafeByteOperations.UnsafeWrap(bytes.Slice(start, length)) };
            if (start == 0) (chunk.Name, chunk.Bytes) = (name, bytes.Length);
            start += length;
            if (start == bytes.Length) chunk.Sha256 = sha256;
            yield return chunk;
        }
        while (start < bytes.Length);
    }
}
