using VsgGym.Numerics;

namespace VsgGym.Core.Tests;

public sealed class FlagsTests
{
    public static TheoryData<int> Lengths => [0, 1, 7, 31, 32, 33, 64, 100];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Not_OfAnyLength_TurnsEveryFlag(int length)
    {
        var source = Random(length, 1);
        var target = new bool[length];
        Flags.Not(source, target);
        Assert.Equal(source.Select(flag => !flag), target);
        Assert.All(target, flag => Assert.True(Convert.ToByte(flag) is 0 or 1));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Remove_OfAnyLength_ClearsWhereTheOtherIsSet(int length)
    {
        bool[] target = Random(length, 2), other = Random(length, 3);
        var expected = target.Zip(other, (a, b) => a && !b).ToArray();
        Flags.Remove(target, other);
        Assert.Equal(expected, target);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AddAndKeep_OfAnyLength_AreOrAndAnd(int length)
    {
        bool[] first = Random(length, 5), other = Random(length, 6), sum = [.. first], common = [.. first];
        Flags.Add(sum, other);
        Flags.Keep(common, other);
        Assert.Equal(first.Zip(other, (a, b) => a || b), sum);
        Assert.Equal(first.Zip(other, (a, b) => a && b), common);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void ClearUnless_OfAnyLength_LeavesTheMarkedOnly(int length)
    {
        bool[] marked = Random(length, 7);
        int[] counts = [.. Enumerable.Range(-3, length)];
        double[] numbers = [.. counts.Select(count => count - 0.5)];
        int[] expected = [.. counts.Select((count, i) => marked[i] ? count : 0)];
        double[] expectedNumbers = [.. numbers.Select((number, i) => marked[i] ? number : 0)];
        Flags.ClearUnless(counts, marked);
        Flags.ClearUnless(numbers, marked);
        Assert.Equal(expected, counts);
        Assert.Equal(expectedNumbers, numbers);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Count_OfAnyLength_AddsToTheMarked(int length)
    {
        var marked = Random(length, 4);
        int[] counts = [.. Enumerable.Range(10, length)], expected = [.. counts.Select((count, i) => marked[i] ? count + 1 : count)];
        Flags.Count(counts, marked);
        Assert.Equal(expected, counts);
        Flags.Count(counts, Enumerable.Repeat(true, length).ToArray());
        Assert.Equal(expected.Select(count => count + 1), counts);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AllBelow_OfAnyLength_FindsOneAnywhere(int length)
    {
        int[] numbers = [.. Enumerable.Range(0, length).Select(i => i % 3)];
        Assert.True(Flags.AllBelow(numbers, 3));
        foreach (int wrong in (int[])[3, -1, int.MinValue])
            for (int i = 0; i < length; i++)
            {
                (int kept, numbers[i]) = (numbers[i], wrong);
                Assert.False(Flags.AllBelow(numbers, 3));
                numbers[i] = kept;
            }
    }

    private static bool[] Random(int length, ulong seed)
    {
        var stream = RandomStream.Create(seed);
        var flags = new bool[length];
        foreach (ref bool flag in flags.AsSpan()) flag = stream.NextInt32(2) == 1;
        return flags;
    }
}
