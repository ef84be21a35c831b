using System.Security.Cryptography;
using Grpc.Core;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Writes files that arrive in chunks; each appears under its name only when it is whole and its SHA-256 is right.</summary>
internal static class FileReceiver
{
    private const string Unfinished = ".part";

    /// <summary>Receives files until the stream ends.</summary>
    /// <param name="chunks">A file begins with a chunk that names it and ends with one that brings its hash.</param>
    /// <param name="place">The path of a file by its name.</param>
    /// <param name="stage">What the call is for, for errors.</param>
    /// <param name="cancellationToken">Gives up; no half file stays.</param>
    public static async Task<IReadOnlyList<string>> ReceiveAsync(
        IAsyncStreamReader<Wire.FileChunk> chunks, Func<string, string> place, string stage, CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        Incoming? file = null;
        try
        {
            while (await chunks.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                var chunk = chunks.Current;
                if (chunk.Name.Length > 0) file = file is null ? new Incoming(chunk, place) : throw Broken($"{chunk.Name} began before the file before it had ended");
                if (file is null) throw Broken("data came before a file's name");
                await file.AddAsync(chunk.Data.Memory, cancellationToken).ConfigureAwait(false);
                if (chunk.Sha256.Length == 0) continue;
                paths.Add(file.Finish(chunk.Sha256));
                file.Dispose();
                file = null;
            }
        }
        catch (RpcException e)
        {
            throw ErrorDecoder.Decode(e, stage, cancellationToken);
        }
        finally
        {
            file?.Dispose();
        }

        return file is null ? paths : throw Broken("the last file ended early");
    }

    private static InvalidDataException Broken(string what) => new($"A file did not arrive whole: {what}.");

    private sealed class Incoming : IDisposable
    {
        private readonly string _name, _path;
        private readonly long _bytes;
        private readonly FileStream _stream;
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public Incoming(Wire.FileChunk first, Func<string, string> place)
        {
            if (first.Name is "." or ".." || Path.GetFileName(first.Name) != first.Name || first.Name.Contains('\\', StringComparison.Ordinal))
                throw Broken($"'{first.Name}' is no plain file name");
            (_name, _bytes) = (first.Name, first.Bytes);
            _path = Path.GetFullPath(place(first.Name));
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            _stream = new FileStream(_path + Unfinished, FileMode.Create, FileAccess.Write);
        }

        public async Task AddAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            _hash.AppendData(data.Span);
            await _stream.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        }

        public string Finish(string sha256)
        {
            long length = _stream.Length;
            _stream.Dispose();
            string found = Convert.ToHexStringLower(_hash.GetHashAndReset());
            if (length != _bytes || found != sha256)
                throw Broken($"{_name} has {length} bytes with SHA-256 {found}, {_bytes} bytes with {sha256} were announced");
            File.Move(_path + Unfinished, _path, overwrite: true);
            return _path;
        }

        public void Dispose()
        {
            _stream.Dispose();
            _hash.Dispose();
            File.Delete(_path + Unfinished); // does nothing where the file has got its name
        }
    }
}
