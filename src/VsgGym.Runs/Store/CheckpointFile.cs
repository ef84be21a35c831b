using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace VsgGym.Runs;

/// <summary>One checkpoint: "VSGCKPT1", the SHA-256 of all that follows, the header's length (int32), the header (JSON), the learner's bytes.</summary>
internal static class CheckpointFile
{
    /// <summary>How the names of checkpoints end.</summary>
    public const string Ending = ".ckpt";

    private const int HashBytes = 32;

    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static ReadOnlySpan<byte> Magic => "VSGCKPT1"u8;

    /// <summary>Writes a checkpoint: under another name first, flushed to the disk, then renamed.</summary>
    /// <param name="path">Where it will lie.</param>
    /// <param name="header">What it says.</param>
    /// <param name="save">Writes the learner's bytes.</param>
    /// <returns>The hash and the file's length.</returns>
    public static (string Sha256, long Bytes) Write(string path, CheckpointHeader header, Action<Stream> save)
    {
        string beside = path + DurableFile.Unfinished;
        byte[] hash;
        long bytes;
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            file.Write(Magic);
            file.Write(new byte[HashBytes]);
            hash = WriteHashed(file, header, save);
            bytes = file.Length;
            file.Position = Magic.Length;
            file.Write(hash);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        return (Convert.ToHexStringLower(hash), bytes);
    }

    /// <summary>Opens a checkpoint where its hash is right, at the learner's first byte; null where it is not.</summary>
    public static (CheckpointHeader Header, string Sha256, FileStream Content)? Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        try
        {
            if (Check(file) is { } hash && ReadHeader(file) is { } header) return (header, hash, file);
        }
        catch (Exception error) when (error is EndOfStreamException or JsonException)
        {
            // Too short, or no header: no checkpoint.
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }

    private static byte[] WriteHashed(FileStream file, CheckpointHeader header, Action<Stream> save)
    {
        using var sha = SHA256.Create();
        using var hashed = new CryptoStream(file, sha, CryptoStreamMode.Write, leaveOpen: true);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header, Form);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hashed.Write(length);
        hashed.Write(text);
        save(hashed);
        hashed.FlushFinalBlock();
        return sha.Hash!;
    }

    private static string? Check(FileStream file)
    {
        Span<byte> start = stackalloc byte[Magic.Length + HashBytes];
        file.ReadExactly(start);
        if (!start[..Magic.Length].SequenceEqual(Magic)) return null;
        byte[] hash = SHA256.HashData(file);
        file.Position = start.Length;
        return start[Magic.Length..].SequenceEqual(hash) ? Convert.ToHexStringLower(hash) : null;
    }

    private static CheckpointHeader? ReadHeader(FileStream file)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        file.ReadExactly(length);
        int bytes = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (bytes < 0 || bytes > file.Length) return null;
        byte[] text = new byte[bytes];
        file.ReadExactly(text);
        var header = JsonSerializer.Deserialize<CheckpointHeader>(text, Form);
        return header?.FormatVersion == RunSpec.Version ? header : null;
    }
}
