namespace TorchSharp.Engine;

/// <summary>Philox 4x32-10: a bijection of 128-bit counters under a 64-bit key (Salmon, Moraes, Dror, Shaw: Parallel random numbers, 2011).</summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The 128 bits of a block as two numbers.</summary>
    internal static (ulong First, ulong Second) Block(ulong key, ulong block)
    {
        (uint c0, uint c1, uint c2, uint c3) = Rounds((uint)block, (uint)(block >> 32), 0, 0, (uint)key, (uint)(key >> 32));
        return (((ulong)c1 << 32) | c0, ((ulong)c3 << 32) | c2);
    }

    internal static (uint C0, uint C1, uint C2, uint C3) Rounds(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0;
            ulong p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }
}
