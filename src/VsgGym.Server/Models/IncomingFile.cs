using System.Buffers;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Models;

/// <summary>Puts a file together from the chunks of a stream; memory grows with what arrives, not with what is announced.</summary>
/// <param name="mostBytes">The largest file taken.</param>
internal sealed class IncomingFile(long mostBytes)
{
    private const int LongestName = 200;
    private const int HashDigits = 64;

    private readonly ArrayBufferWriter<byte> _data = new();
    private string _name = string.Empty;
    private string _sha256 = string.Empty;
    private long _bytes;
    private int _chunks;

    /// <summary>Adds the next chunk.</summary>
    /// <exception cref="VsgGymException">The chunk does not fit what came before, or the file is larger than the server takes.</exception>
    public void Add(Proto.FileChunk chunk)
    {
        int index = _chunks++;
        if (index == 0) Begin(chunk);
        else CheckLater(chunk, index);
        if ((long)_data.WrittenCount + chunk.Data.Length > _bytes)
            throw VsgGymException.Invalid($"chunks[{index}].data", $"{(long)_data.WrittenCount + chunk.Data.Length} bytes in all", $"the first chunk announced {_bytes} bytes", "wrong_size");
        _data.Write(chunk.Data.Span);
        _sha256 = chunk.Sha256;
    }

    /// <summary>The file, once the stream has ended.</summary>
    /// <exception cref="VsgGymException">Nothing came, or the size or the hash is not what was announced.</exception>
    public ReceivedFile Finish()
    {
        if (_chunks == 0) throw VsgGymException.Invalid("chunks", null, "send at least one chunk: name and bytes in the first, data, sha256 in the last", "missing");
        var faults = new FaultList();
        if (_data.WrittenCount < _bytes) faults.Add("bytes", _bytes, $"only {_data.WrittenCount} bytes came before the stream ended", "wrong_size");
        string measured = StoredModel.HashOf(_data.WrittenSpan);
        if (_sha256.Length == 0) faults.Add("sha256", null, "is required in the last chunk", "missing");
        else if (_sha256.Length != HashDigits || !_sha256.All(char.IsAsciiHexDigit)) faults.Add("sha256", _sha256, $"must have {HashDigits} hexadecimal digits", "malformed");
        else if (!measured.Equals(_sha256, StringComparison.OrdinalIgnoreCase) && _data.WrittenCount == _bytes)
            faults.Add("sha256", _sha256, $"the bytes that came have {measured}", "wrong_hash");
        faults.ThrowIfAny();
        return new ReceivedFile(_name, _data.WrittenMemory, measured);
    }

    private void Begin(Proto.FileChunk chunk)
    {
        var faults = new FaultList();
        if (chunk.Name.Length == 0) faults.Add("name", null, "is required in the first chunk: what the file is called", "missing");
        else if (!IsName(chunk.Name)) faults.Add("name", chunk.Name, $"must be a file name of at most {LongestName} characters: no directory, no control characters", "malformed");
        if (chunk.Bytes < 1) faults.Add("bytes", chunk.Bytes, "is required in the first chunk: the file's size, at least 1", "out_of_range");
        faults.ThrowIfAny();
        if (chunk.Bytes > mostBytes)
            throw VsgGymException.OverLimit("bytes", chunk.Bytes, $"the server takes models of at most {mostBytes} bytes (--max-model-bytes)", "model_too_large");
        (_name, _bytes) = (chunk.Name, chunk.Bytes);
    }

    private void CheckLater(Proto.FileChunk chunk, int index)
    {
        var faults = new FaultList();
        if (_sha256.Length > 0) faults.Add($"chunks[{index}]", null, "came after the chunk with sha256, which is the last", "after_end");
        if (chunk.Name.Length > 0) faults.Add($"chunks[{index}].name", chunk.Name, "belongs in the first chunk; one stream brings one file", "repeated");
        if (chunk.Bytes != 0) faults.Add($"chunks[{index}].bytes", chunk.Bytes, "belongs in the first chunk; one stream brings one file", "repeated");
        faults.ThrowIfAny();
    }

    private static bool IsName(string name) =>
        name.Length <= LongestName && name is not ("." or "..") && !name.Any(c => c is '/' or '\\' || char.IsControl(c));
}
