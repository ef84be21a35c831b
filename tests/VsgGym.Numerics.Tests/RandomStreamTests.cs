using System.Reflection;

namespace VsgGym.Numerics.Tests;

public sealed class RandomStreamTests
{
    [Fact]
    public void NextUInt32_OfSeedZero_IsThePhiloxSequence()
    {
        var stream = RandomStream.Create(0);
        Assert.Equal([0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u], Draw(ref stream, 4));
    }

    [Fact]
    public void NextUInt64_JoinsTwoWordsLowFirst()
    {
        var stream = RandomStream.Create(0);
        Assert.Equal(0xe169c58d6627e8d5UL, stream.NextUInt64());
    }

    [Fact]
    public void Copy_OfAStream_ReplaysIt()
    {
        var stream = RandomStream.Create(42);
        _ = Draw(ref stream, 7); // in the middle of a block
        var copy = stream;
        uint[] first = Draw(ref stream, 50);
        Assert.Equal(first, Draw(ref copy, 50));
    }

    [Fact]
    public void NextDouble_OverManyDraws_IsUniform()
    {
        const int bins = 64, draws = 640_000;
        var stream = RandomStream.Create(2024);
        var counts = new int[bins];
        for (int i = 0; i < draws; i++)
        {
            double x = stream.NextDouble();
            Assert.InRange(x, 0.0, 1.0 - 1e-16);
            counts[(int)(x * bins)]++;
        }

        // 63 degrees of freedom: mean 63, standard deviation 11.2; 103.4 is the 99.9th percentile, 32.7 the 0.1th.
        Assert.InRange(ChiSquare(counts, draws), 32.7, 103.4);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void NextInt32_OverManyDraws_IsUniform(int bound)
    {
        var stream = RandomStream.Create(7);
        int draws = 300 * bound;
        var counts = new int[bound];
        for (int i = 0; i < draws; i++) counts[stream.NextInt32(bound)]++;
        double freedom = bound - 1;
        Assert.InRange(ChiSquare(counts, draws), 0, freedom + (4 * Math.Sqrt(2 * freedom)));
    }

    [Fact]
    public void NextInt32_OfALargeBound_HasNoBias()
    {
        // The bound is 3/8 of 2^32: without rejection, the results modulo 3 would come up with frequencies 3/8, 3/8 and 2/8.
        const int bound = 3 << 29;
        const int draws = 300_000;
        var stream = RandomStream.Create(11);
        var counts = new int[3];
        for (int i = 0; i < draws; i++) counts[stream.NextInt32(bound) % 3]++;
        Assert.InRange(ChiSquare(counts, draws), 0, 13.8); // 99.9th percentile, 2 degrees of freedom
    }

    [Fact]
    public void NextInt32_OfOne_IsZero()
    {
        var stream = RandomStream.Create(3);
        Assert.Equal(0, stream.NextInt32(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void NextInt32_BelowOne_IsRefused(int bound)
    {
        var stream = RandomStream.Create(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt32(bound));
    }

    [Fact]
    public void Fork_DoesNotDependOnWhatWasDrawn()
    {
        var parent = RandomStream.Create(9);
        var early = parent.Fork("env/3");
        _ = Draw(ref parent, 100);
        var late = parent.Fork("env/3");
        Assert.Equal(Draw(ref early, 20), Draw(ref late, 20));
    }

    [Fact]
    public void Fork_LeavesTheParentAndItsSiblingsAlone()
    {
        var alone = RandomStream.Create(9);
        var parent = RandomStream.Create(9);
        var first = parent.Fork("a");
        var second = parent.Fork("b");
        _ = Draw(ref second, 33);
        Assert.Equal(Draw(ref alone, 20), Draw(ref parent, 20));
        var again = RandomStream.Create(9).Fork("a");
        Assert.Equal(Draw(ref again, 20), Draw(ref first, 20));
    }

    [Fact]
    public void Fork_OfManyNamesAndNumbers_NeverRepeatsAStream()
    {
        var parent = RandomStream.Create(1);
        var seen = new HashSet<ulong>();
        Assert.True(seen.Add(parent.NextUInt64()));
        for (ulong i = 0; i < 10_000; i++)
        {
            var byNumber = parent.Fork(i);
            var byName = parent.Fork($"env/{i}");
            Assert.True(seen.Add(byNumber.NextUInt64()));
            Assert.True(seen.Add(byName.NextUInt64()));
        }
    }

    [Fact]
    public void Fork_AgainstItsParent_IsUncorrelated()
    {
        const int draws = 100_000;
        var parent = RandomStream.Create(5);
        var child = parent.Fork("child");
        double sum = 0;
        for (int i = 0; i < draws; i++) sum += (parent.NextDouble() - 0.5) * (child.NextDouble() - 0.5);
        double correlation = sum / draws * 12;
        Assert.InRange(correlation, -4 / Math.Sqrt(draws), 4 / Math.Sqrt(draws));
    }

    [Fact]
    public void At_OfDifferentPlaces_GivesDifferentNumbers()
    {
        var seen = new HashSet<ulong>();
        foreach (ulong seed in (ulong[])[0, 1, ulong.MaxValue])
            for (uint domain = 0; domain < 5; domain++)
                for (uint episode = 0; episode < 5; episode++)
                    for (uint step = 0; step < 5; step++)
                    {
                        var stream = RandomStream.At(seed, domain, episode, step);
                        Assert.True(seen.Add(stream.NextUInt64()));
                    }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void NextSimplex_SumsToOne(int size)
    {
        var stream = RandomStream.Create(17);
        var point = new double[size];
        for (int i = 0; i < 1000; i++)
        {
            stream.NextSimplex(point);
            Assert.True(Simplex.IsDistribution(point, 1e-12));
        }
    }

    [Fact]
    public void NextSimplex_OverManyDraws_HasTheMomentsOfTheFlatDirichlet()
    {
        const int draws = 100_000;
        var stream = RandomStream.Create(23);
        var point = new double[4];
        double mean = 0, square = 0;
        for (int i = 0; i < draws; i++)
        {
            stream.NextSimplex(point);
            mean += point[2] / draws;
            square += point[2] * point[2] / draws;
        }

        Assert.Equal(0.25, mean, 0.003); // Beta(1, 3): mean 1/4, second moment 1/10
        Assert.Equal(0.1, square, 0.003);
    }

    [Fact]
    public void Stream_AtTheEndOfItsBlocks_GoesOnWithNewNumbers()
    {
        // 2^32 blocks cannot be drawn here, so the counter is put before its last ones.
        object boxed = RandomStream.Create(3);
        typeof(RandomStream).GetField("_block", BindingFlags.NonPublic | BindingFlags.Instance)!.SetValue(boxed, uint.MaxValue - 1);
        var stream = (RandomStream)boxed;
        var start = RandomStream.Create(3);
        var fork = RandomStream.Create(3).Fork("continued");
        uint[] drawn = Draw(ref stream, 12), first = Draw(ref start, 8);
        Assert.Equal(12, drawn.Distinct().Count());
        Assert.Empty(drawn.Intersect(first)); // without a new key the blocks would start over
        Assert.Equal(Draw(ref fork, 8), drawn[4..]);
    }

    private static uint[] Draw(ref RandomStream stream, int count)
    {
        var words = new uint[count];
        for (int i = 0; i < count; i++) words[i] = stream.NextUInt32();
        return words;
    }

    private static double ChiSquare(int[] counts, int draws)
    {
        double expected = (double)draws / counts.Length;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
