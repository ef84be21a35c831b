using System.Runtime.InteropServices;

namespace VsgGym.Core;

/// <summary>The worlds of a batch as bytes: a mark and a version, the sizes, then every array, little-endian.</summary>
internal static class WorldCheckpoint
{
    private const uint Mark = 0x44575356; // "VSWD"
    private const int Version = 1;

    public static void Write(Stream stream, StepBuffer worlds, bool started, ReadOnlySpan<bool> ended)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Version);
        var parts = worlds.Parts();
        foreach (int size in Sizes(worlds, parts)) writer.Write(size);
        writer.Write(started);
        writer.Write(MemoryMarshal.AsBytes(ended));
        foreach (var part in parts) writer.Write(part.Span);
        writer.Write(MemoryMarshal.AsBytes(worlds.States));
        writer.Write(MemoryMarshal.AsBytes(worlds.Times.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(worlds.Episodes.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(worlds.Seeds.AsSpan()));
    }

    /// <summary>Reads the worlds and gives whether they were started; changes nothing unless every byte is there.</summary>
    public static bool Read(Stream stream, StepBuffer worlds, Span<bool> ended)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Mark) throw new InvalidDataException("These bytes are no worlds.");
            int version = reader.ReadInt32();
            if (version != Version) throw new InvalidDataException($"These worlds have version {version}; version {Version} can be read.");
            var parts = worlds.Parts();
            foreach (int size in Sizes(worlds, parts))
                if (reader.ReadInt32() != size) throw new InvalidDataException("These worlds are of another game, or of another batch of it.");
            bool started = reader.ReadBoolean();
            byte[][] read = [Exactly(reader, ended.Length), .. parts.Select(part => Exactly(reader, part.Length)), .. Rest(worlds).Select(length => Exactly(reader, length))];
            read[0].CopyTo(MemoryMarshal.AsBytes(ended));
            for (int i = 0; i < parts.Length; i++) read[1 + i].CopyTo(parts[i]);
            read[^4].CopyTo(MemoryMarshal.AsBytes(worlds.States));
            read[^3].CopyTo(MemoryMarshal.AsBytes(worlds.Times.AsSpan()));
            read[^2].CopyTo(MemoryMarshal.AsBytes(worlds.Episodes.AsSpan()));
            read[^1].CopyTo(MemoryMarshal.AsBytes(worlds.Seeds.AsSpan()));
            return started;
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("These worlds are cut off.", error);
        }
    }

    private static int[] Sizes(StepBuffer worlds, Memory<byte>[] parts) => [worlds.Copies, worlds.States.Length, parts.Length, .. parts.Select(part => part.Length)];

    private static int[] Rest(StepBuffer worlds) =>
        [worlds.States.Length * sizeof(double), worlds.Copies * sizeof(int), worlds.Copies * sizeof(uint), worlds.Copies * sizeof(ulong)];

    private static byte[] Exactly(BinaryReader reader, int length)
    {
        byte[] bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
