using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Words 0 and 1 of four blocks as low | high &lt;&lt; 32, and words 2 and 3; needs AVX2.</summary>
    /// <remarks>
    /// Every number lies in the low half of a 64-bit lane. The high halves hold rubbish on the way: the multiplication reads low
    /// halves only, and nothing else moves bits down but the shift of a product.
    /// </remarks>
    /// <param name="keys">The keys, low word first.</param>
    /// <param name="block">First word of the counters.</param>
    /// <param name="c1">Second words of the counters.</param>
    /// <param name="c2">Third words.</param>
    /// <param name="c3">Fourth words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ulong> First, Vector256<ulong> Second) Blocks(Vector256<ulong> keys, uint block, Vector256<ulong> c1, Vector256<ulong> c2, Vector256<ulong> c3)
    {
        var (c0, k0, k1) = (Vector256.Create((ulong)block), keys, keys >>> 32);
        var multiplier0 = Vector256.Create((ulong)Multiplier0).AsUInt32();
        var multiplier1 = Vector256.Create((ulong)Multiplier1).AsUInt32();
        for (int round = 0; round < 10; round++)
        {
            var product0 = Avx2.Multiply(c0.AsUInt32(), multiplier0);
            var product1 = Avx2.Multiply(c2.AsUInt32(), multiplier1);
            (c0, c1, c2, c3) = ((product1 >>> 32) ^ c1 ^ k0, product1, (product0 >>> 32) ^ c3 ^ k1, product0);
            k0 += Vector256.Create((ulong)Weyl0);
            k1 += Vector256.Create((ulong)Weyl1);
        }

        var lowHalf = Vector256.Create((ulong)uint.MaxValue);
        return ((c0 & lowHalf) | (c1 << 32), (c2 & lowHalf) | (c3 << 32));
    }
}
