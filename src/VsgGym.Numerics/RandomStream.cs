using System.Runtime.CompilerServices;

namespace VsgGym.Numerics;

/// <summary>A counter-based random stream: the numbers depend only on its key and its position, never on who drew before.</summary>
/// <remarks>
/// Generator: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). The 64-bit key is the seed; the
/// 128-bit counter is (block, step, episode, domain), so a world's numbers at (seed, episode, step) are the same on every machine,
/// thread count and batch split. The struct is mutable: pass it by reference, or copy it to replay it.
/// </remarks>
public struct RandomStream
{
    private const double InverseTwoTo53 = 1.0 / (1UL << 53);

    private readonly ulong _key;
    private readonly uint _step;
    private readonly uint _episode;
    private readonly uint _domain;
    private uint _block;
    private int _unused;
    private PhiloxBlock _buffer;

    private RandomStream(ulong key, uint domain, uint episode, uint step)
    {
        _key = key;
        _domain = domain;
        _episode = episode;
        _step = step;
    }

    /// <summary>The stream of a run seed.</summary>
    /// <param name="seed">Any 64-bit value.</param>
    public static RandomStream Create(ulong seed) => new(seed, 0, 0, 0);

    /// <summary>The stream of one step of one world.</summary>
    /// <param name="seed">The world's seed.</param>
    /// <param name="domain">What the numbers are for (0: the rules; 1 + p: the occupant of seat p).</param>
    /// <param name="episode">Episodes since the seed was set, from 0.</param>
    /// <param name="step">0 for the reset, t + 1 for the decision at time t.</param>
    public static RandomStream At(ulong seed, uint domain, uint episode, uint step) => new(seed, domain, episode, step);

    /// <summary>An independent stream with a name, for example "init" or "env/3"; adding a consumer shifts nobody else.</summary>
    /// <param name="name">The consumer's name.</param>
    public readonly RandomStream Fork(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ulong hash = 14695981039346656037UL; // FNV-1a, 64 bit
        foreach (char c in name) hash = (hash ^ c) * 1099511628211UL;
        return Fork(hash);
    }

    /// <summary>An independent stream with a number.</summary>
    /// <param name="index">Which of the streams.</param>
    public readonly RandomStream Fork(ulong index)
    {
        // Domain uint.MaxValue is kept for deriving keys, so a fork never repeats numbers its parent draws.
        var block = Philox.Block(_key, (uint)index, (uint)(index >> 32), _episode, uint.MaxValue);
        if (_step != 0) block = Philox.Block(((ulong)block[1] << 32) | block[0], _step, 0, 0, uint.MaxValue);
        return new(((ulong)block[1] << 32) | block[0], _domain, 0, 0);
    }

    /// <summary>The next 32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextUInt32()
    {
        if (_unused == 0) Refill();
        return _buffer[4 - _unused--];
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64() => NextUInt32() | ((ulong)NextUInt32() << 32);

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * InverseTwoTo53;

    /// <summary>A whole number in [0, <paramref name="exclusiveMaximum"/>), without bias (Lemire 2019).</summary>
    /// <param name="exclusiveMaximum">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is below 1.</exception>
    public int NextInt32(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMaximum, 1);
        uint bound = (uint)exclusiveMaximum;
        ulong product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            uint threshold = (0u - bound) % bound;
            while ((uint)product < threshold) product = (ulong)NextUInt32() * bound;
        }

        return (int)(product >> 32);
    }

    /// <summary>Fills a span with a point drawn uniformly from the probability simplex, Dirichlet(1, ..., 1).</summary>
    /// <param name="probabilities">[n], n at least 1; overwritten.</param>
    public void NextSimplex(Span<double> probabilities)
    {
        double sum = 0;
        for (int i = 0; i < probabilities.Length; i++)
            sum += probabilities[i] = -Math.Log(1.0 - NextDouble());
        if (sum > 0)
            foreach (ref double p in probabilities) p /= sum;
        else
            probabilities.Fill(1.0 / probabilities.Length);
    }

    private void Refill()
    {
        // Before the 32-bit counter of blocks starts over, the stream goes on as one of its own forks, so that no number comes twice.
        if (_block == uint.MaxValue) this = Fork("continued");
        _buffer = Philox.Block(_key, _block++, _step, _episode, _domain);
        _unused = 4;
    }
}
