using System.Runtime.InteropServices;

namespace VsgGym.Core;

/// <summary>What the rows of a table pay and where they lead, laid out so that a copy's row is one miss of the caches and not one per player.</summary>
/// <remarks>
/// Three forms. A large table that pays each of up to four players at most 256 different numbers holds a word per row: the next state and
/// a byte per player that says which of its numbers. Other large tables hold the numbers of a row side by side. Small ones stay in
/// the caches anyway, and are read as they are.
/// </remarks>
internal sealed class TabularRows
{
    /// <summary>In place of a next state: the row ends the episode.</summary>
    public const int Ends = -1;

    /// <summary>In place of a next state: chance decides.</summary>
    public const int Draws = -2;

    private const int LeastRows = 1 << 14; // below, the tables stay in the caches
    private const long MostSideBySide = 1 << 24; // numbers, 128 MiB
    private const int Values = 256; // that a byte can tell apart
    private const int StateBits = 32;

    private readonly StochasticGame _game;
    private readonly int[] _next; // [S * J], or empty where another form says it
    private readonly double[] _side; // [S * J, N + 1]: rewards and next state, or empty
    private readonly ulong[] _words; // [S * J]: next state, then a byte per player, or empty
    private readonly double[][] _values; // [N][256]: what the bytes stand for

    public TabularRows(StochasticGame game)
    {
        _game = game;
        (_next, _side, _words, _values) = (NextStates(game), [], [], []);
        if (_next.Length < LeastRows) return;
        if (Encode(game, _next) is { } coded) (_words, _values) = coded;
        else if ((long)_next.Length * (game.PlayerCount + 1) <= MostSideBySide) _side = SideBySide(game, _next);
        if (_words.Length > 0 || _side.Length > 0) _next = [];
    }

    /// <summary>Looks up rows, for <see cref="Pay"/> and <see cref="Next"/> to read from.</summary>
    /// <param name="rows">[n].</param>
    /// <param name="words">[n], overwritten where the form needs them.</param>
    public void Read(ReadOnlySpan<int> rows, Span<ulong> words)
    {
        if (_words.Length == 0) return;
        words = words[..rows.Length];
        for (int i = 0; i < words.Length; i++) words[i] = _words[rows[i]];
    }

    /// <summary>Finds what rows pay a player.</summary>
    /// <param name="player">The player.</param>
    /// <param name="rows">[n].</param>
    /// <param name="words">[n], as <see cref="Read"/> left them.</param>
    /// <param name="paid">[n], overwritten.</param>
    public void Pay(int player, ReadOnlySpan<int> rows, ReadOnlySpan<ulong> words, Span<double> paid)
    {
        if (_words.Length > 0) Decode(_values[player], StateBits + (8 * player), words[..paid.Length], paid);
        else if (_side.Length > 0) Look(_side.AsSpan(player), _game.PlayerCount + 1, rows, paid);
        else Look(_game.Rewards(player), rows, paid);
    }

    /// <summary>Finds where rows lead: a state, <see cref="Ends"/> or <see cref="Draws"/>.</summary>
    /// <param name="rows">[n].</param>
    /// <param name="words">[n], as <see cref="Read"/> left them.</param>
    /// <param name="next">[n], overwritten.</param>
    /// <returns>The least of them, at most 0.</returns>
    public int Next(ReadOnlySpan<int> rows, ReadOnlySpan<ulong> words, Span<int> next)
    {
        next = next[..rows.Length];
        if (_words.Length > 0)
            for (int i = 0; i < next.Length; i++) next[i] = (int)words[i];
        else if (_side.Length > 0)
        {
            var side = _side.AsSpan(_game.PlayerCount);
            int width = _game.PlayerCount + 1;
            for (int i = 0; i < next.Length; i++) next[i] = (int)side[rows[i] * width];
        }
        else
            for (int i = 0; i < next.Length; i++) next[i] = _next[rows[i]];

        int lowest = 0;
        foreach (int found in next) lowest = Math.Min(lowest, found);
        return lowest;
    }

    private static void Decode(double[] values, int shift, ReadOnlySpan<ulong> words, Span<double> paid)
    {
        var table = values.AsSpan(0, Values);
        for (int i = 0; i < paid.Length; i++) paid[i] = table[(byte)(words[i] >> shift)];
    }

    private static void Look(ReadOnlySpan<double> rewards, int width, ReadOnlySpan<int> rows, Span<double> paid)
    {
        for (int i = 0; i < paid.Length; i++) paid[i] = rewards[rows[i] * width];
    }

    private static void Look(ReadOnlySpan<double> rewards, ReadOnlySpan<int> rows, Span<double> paid)
    {
        for (int i = 0; i < paid.Length; i++) paid[i] = rewards[rows[i]];
    }

    private static int[] NextStates(StochasticGame game)
    {
        var next = new int[game.RowStarts.Length - 1];
        for (int row = 0; row < next.Length; row++)
        {
            int start = game.RowStarts[row], length = game.RowStarts[row + 1] - start;
            next[row] = length == 0 ? Ends : length == 1 ? game.NextStates[start] : Draws;
        }

        return next;
    }

    private static double[] SideBySide(StochasticGame game, int[] next)
    {
        int players = game.PlayerCount, width = players + 1;
        var side = new double[next.Length * width];
        for (int p = 0; p < players; p++)
        {
            var rewards = game.Rewards(p);
            for (int row = 0; row < rewards.Length; row++) side[(row * width) + p] = rewards[row];
        }

        for (int row = 0; row < next.Length; row++) side[(row * width) + players] = next[row];
        return side;
    }

    /// <summary>The words and what their bytes stand for; null where a player is paid too many different numbers, or the players are too many.</summary>
    private static (ulong[] Words, double[][] Values)? Encode(StochasticGame game, int[] next)
    {
        if (StateBits + (8 * game.PlayerCount) > 8 * sizeof(ulong)) return null;
        var words = new ulong[next.Length];
        for (int row = 0; row < words.Length; row++) words[row] = (uint)next[row];
        double[][] values = [.. Enumerable.Range(0, game.PlayerCount).Select(_ => new double[Values])];
        for (int p = 0; p < values.Length; p++)
            if (!TryEncode(MemoryMarshal.Cast<double, ulong>(game.Rewards(p)), StateBits + (8 * p), words, values[p])) return null;
        return (words, values);
    }

    /// <summary>Numbers are told apart by their bits, so that 0 and -0 are two.</summary>
    private static bool TryEncode(ReadOnlySpan<ulong> rewards, int shift, ulong[] words, double[] values)
    {
        var codes = new Dictionary<ulong, int>(Values);
        for (int row = 0; row < words.Length; row++)
        {
            if (!codes.TryGetValue(rewards[row], out int code))
            {
                if (codes.Count == Values) return false;
                codes.Add(rewards[row], code = codes.Count);
                values[code] = BitConverter.UInt64BitsToDouble(rewards[row]);
            }

            words[row] |= (ulong)code << shift;
        }

        return true;
    }
}
