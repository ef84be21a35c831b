using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VsgGym.Core;

/// <summary>Writes the masks of legal actions of many copies of a table at once, eight flags a word where a player has no more actions.</summary>
/// <param name="game">A table with illegal actions.</param>
internal sealed class TabularMasks(StochasticGame game)
{
    private static readonly ulong[] Spread = SpreadAll(); // [256]: a byte per bit of the index

    private readonly byte[]?[] _bits = [.. Enumerable.Range(0, game.PlayerCount).Select(p => Pack(game, p))]; // [N][S]: up to 8 flags as the bits of a byte, or null

    /// <summary>Writes a player's masks. Whole words where the copies follow each other: what a word spills over, the next copy's word overwrites.</summary>
    /// <param name="flags">[B, A], of all copies.</param>
    /// <param name="player">Whose.</param>
    /// <param name="index">The copies, ascending.</param>
    /// <param name="states">The state of each of them.</param>
    /// <param name="follow">Whether they follow each other.</param>
    public void Write(Span<bool> flags, int player, ReadOnlySpan<int> index, ReadOnlySpan<int> states, bool follow)
    {
        var masks = MemoryMarshal.AsBytes(flags);
        int count = game.ActionCounts[player], i = 0;
        if (_bits[player] is { } bits && follow)
        {
            int whole = index.Length - (sizeof(ulong) / count); // so many words end before the last copy's mask does
            for (int offset = index[0] * count; i < whole; i++, offset += count) Unsafe.WriteUnaligned(ref masks[offset], Spread[bits[states[i]]]);
        }

        for (; i < index.Length; i++)
            MemoryMarshal.AsBytes(game.LegalActions(player, states[i])).CopyTo(masks[(index[i] * count)..]);
    }

    private static ulong[] SpreadAll()
    {
        var words = new ulong[256];
        var bytes = MemoryMarshal.AsBytes(words.AsSpan());
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)((i >> 3) >> (i & 7) & 1);
        return words;
    }

    private static byte[]? Pack(StochasticGame game, int player)
    {
        if (game.ActionCounts[player] > 8) return null;
        var bits = new byte[game.StateCount];
        for (int s = 0; s < bits.Length; s++)
        {
            var legal = game.LegalActions(player, s);
            for (int a = 0; a < legal.Length; a++)
                if (legal[a]) bits[s] |= (byte)(1 << a);
        }

        return bits;
    }
}
