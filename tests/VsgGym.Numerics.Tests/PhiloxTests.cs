namespace VsgGym.Numerics.Tests;

public sealed class PhiloxTests
{
    // Known answers of philox4x32-10: file kat_vectors of the Random123 1.14 distribution (Salmon et al. 2011).
    [Theory]
    [InlineData(new uint[] { 0, 0, 0, 0 }, new uint[] { 0, 0 }, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(
        new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, new uint[] { 0xffffffff, 0xffffffff },
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(
        new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, new uint[] { 0xa4093822, 0x299f31d0 },
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Block_AtTheKnownAnswers_IsExact(uint[] counter, uint[] key, uint[] expected)
    {
        var block = Philox.Block(((ulong)key[1] << 32) | key[0], counter[0], counter[1], counter[2], counter[3]);
        uint[] words = [block[0], block[1], block[2], block[3]];
        Assert.Equal(expected, words);
    }
}
