using System.Buffers.Binary;

namespace VsgGym.Compat.Tests;

/// <summary>Fills bytes that do not compress, the same for the same seed (xorshift, Marsaglia 2003).</summary>
internal sealed class XorFill(ulong seed)
{
    private ulong _state = seed;

    public void Fill(Span<byte> bytes)
    {
        for (var rest = bytes; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            _state ^= _state << 13;
            _state ^= _state >> 7;
            _state ^= _state << 17;
            BinaryPrimitives.WriteUInt64LittleEndian(rest, _state);
        }
    }
}
