using VsgGym.TestKit;

namespace VsgGym.Numerics.Tests;

public sealed class RandomBatchTests
{
    private const uint Domain = 3;

    public static TheoryData<int, uint> Sizes => new() { { 0, 0 }, { 1, 1 }, { 3, 1 }, { 4, 0 }, { 257, 1 }, { 1023, 1 }, { 5000, 0 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void NextUInt64_OfManyStreams_IsWhatEachStreamGives(int count, uint firstStep)
    {
        var (seeds, episodes, times) = Worlds(count);
        var words = new ulong[count];
        RandomBatch.NextUInt64(seeds, Domain, episodes, times, firstStep, words);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(RandomStream.At(seeds[i], Domain, episodes[i], (uint)times[i] + firstStep).NextUInt64(), words[i]);
            Assert.Equal(RandomStream.At(seeds[i], Domain, episodes[i], (uint)times[i] + firstStep).NextDouble(), RandomBatch.ToDouble(words[i]));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void UInt64At_OfManyStreams_PassesOverTheNumbersBefore(int count, uint firstStep)
    {
        var (seeds, episodes, times) = Worlds(count);
        var words = new ulong[count];
        for (int number = 0; number < 5; number++)
        {
            RandomBatch.UInt64At(number, seeds, Domain, episodes, times, firstStep, words);
            for (int i = 0; i < count; i++)
            {
                var stream = RandomStream.At(seeds[i], Domain, episodes[i], (uint)times[i] + firstStep);
                for (int passed = 0; passed < number; passed++) stream.NextUInt64();
                Assert.Equal(stream.NextUInt64(), words[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void UInt64PairsAt_OfManyStreams_AreTheNumbersOneByOne(int count, uint firstStep)
    {
        var (seeds, episodes, times) = Worlds(count);
        ulong[] first = new ulong[count], second = new ulong[count], expected = new ulong[count];
        for (int pair = 0; pair < 3; pair++)
        {
            RandomBatch.UInt64PairsAt(pair, seeds, Domain, episodes, times, firstStep, first, second);
            RandomBatch.UInt64At(2 * pair, seeds, Domain, episodes, times, firstStep, expected);
            Assert.Equal(expected, first);
            RandomBatch.UInt64At((2 * pair) + 1, seeds, Domain, episodes, times, firstStep, expected);
            Assert.Equal(expected, second);
        }
    }

    // 1 + 5 * 2^28 makes the stream draw again for more than a tenth of the words.
    [Theory]
    [MemberData(nameof(Sizes))]
    public void NextInt32_OfManyStreams_IsWhatEachStreamGives(int count, uint firstStep)
    {
        var (seeds, episodes, times) = Worlds(count);
        int[] maxima = [.. Enumerable.Range(0, count).Select(i => (i % 5) switch { 0 => 1, 1 => 5, 2 => int.MaxValue, 3 => 1 + (5 << 28), _ => 1 + i })];
        var values = new int[count];
        RandomBatch.NextInt32(seeds, Domain, episodes, times, firstStep, maxima, values);
        for (int i = 0; i < count; i++)
            Assert.Equal(RandomStream.At(seeds[i], Domain, episodes[i], (uint)times[i] + firstStep).NextInt32(maxima[i]), values[i]);
    }

    [Fact]
    public void NextInt32_WithMaximumZero_GivesZero()
    {
        var (seeds, episodes, times) = Worlds(6);
        int[] values = [9, 9, 9, 9, 9, 9];
        RandomBatch.NextInt32(seeds, Domain, episodes, times, 1, new int[6], values);
        Assert.Equal(new int[6], values);
    }

    [Fact]
    public void NextInt32_OfManyStreams_AllocatesNothing()
    {
        var (seeds, episodes, times) = Worlds(1000);
        int[] maxima = [.. Enumerable.Repeat(7, 1000)], values = new int[1000];
        RandomBatch.NextInt32(seeds, Domain, episodes, times, 1, maxima, values);
        Assert.Equal(0, SteadyState.Bytes(() => RandomBatch.NextInt32(seeds, Domain, episodes, times, 1, maxima, values)));
    }

    [Fact]
    public void Batch_OfUnequalLengths_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => RandomBatch.NextUInt64(new ulong[2], 0, new uint[2], new int[3], 0, new ulong[2]));
        Assert.Throws<ArgumentException>(() => RandomBatch.NextInt32(new ulong[2], 0, new uint[2], new int[2], 0, new int[1], new int[2]));
    }

    private static (ulong[] Seeds, uint[] Episodes, int[] Times) Worlds(int count)
    {
        var random = RandomStream.Create(11);
        var (seeds, episodes, times) = (new ulong[count], new uint[count], new int[count]);
        for (int i = 0; i < count; i++)
        {
            seeds[i] = i % 2 == 0 ? random.NextUInt64() : (ulong)i;
            episodes[i] = i % 3 == 0 ? random.NextUInt32() : (uint)i;
            times[i] = i % 7 == 0 ? int.MaxValue : random.NextInt32(1000);
        }

        return (seeds, episodes, times);
    }
}
