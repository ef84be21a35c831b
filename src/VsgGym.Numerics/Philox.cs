using System.Runtime.CompilerServices;

namespace VsgGym.Numerics;

/// <summary>Four 32-bit random words.</summary>
[InlineArray(4)]
internal struct PhiloxBlock
{
    private uint _word0;
}

/// <summary>The Philox4x32-10 block function (Salmon et al. 2011, section 3.3).</summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>Encrypts the counter (c0, c1, c2, c3) under a 64-bit key, low word first.</summary>
    public static PhiloxBlock Block(ulong key, uint c0, uint c1, uint c2, uint c3)
    {
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = (
                (uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1,
                (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        PhiloxBlock block = default;
        (block[0], block[1], block[2], block[3]) = (c0, c1, c2, c3);
        return block;
    }
}
