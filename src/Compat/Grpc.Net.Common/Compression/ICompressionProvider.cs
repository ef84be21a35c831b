using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses and decompresses messages.</summary>
public interface ICompressionProvider
{
    /// <summary>Name of the encoding in the "grpc-encoding" header.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses what is written to it; it leaves the inner stream open.</summary>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that reads decompressed bytes; it leaves the inner stream open.</summary>
    Stream CreateDecompressionStream(Stream stream);
}
