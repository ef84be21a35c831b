namespace VsgGym.Learning.Tests;

public sealed class ReplayBufferTests
{
    [Fact]
    public void FullRing_DropsTheOldest_AndCountsAgesFromTheNewest()
    {
        var ring = new ReplayBuffer(2, 3);
        for (int i = 0; i < 5; i++) Fill(ring, i);
        Assert.Equal(3, ring.Count);
        Assert.Equal([4f, 3f, 2f], Enumerable.Range(0, 3).Select(age => ring.Latest(age)[0]));
        Assert.Equal(-3f, ring.Latest(1)[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Latest(3).Length);
    }

    [Fact]
    public void ManyRows_CrossTheBlocks()
    {
        var ring = new ReplayBuffer(2, 2500);
        for (int i = 0; i < 4000; i++) Fill(ring, i);
        for (int age = 0; age < 2500; age++) Assert.Equal(3999 - age, ring.Latest(age)[0]);
    }

    [Fact]
    public void Load_GoesOnWhereSaveStopped()
    {
        var first = new ReplayBuffer(2, 1500);
        for (int i = 0; i < 2000; i++) Fill(first, i);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        first.Save(writer);
        writer.Flush();
        stream.Position = 0;
        var second = new ReplayBuffer(2, 1500);
        second.Load(new BinaryReader(stream));
        foreach (var ring in (ReplayBuffer[])[first, second]) Fill(ring, 7777);
        for (int age = 0; age < 1500; age++) Assert.Equal(first.Latest(age).ToArray(), second.Latest(age).ToArray());
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => new ReplayBuffer(3, 1500).Load(new BinaryReader(stream)));
    }

    private static void Fill(ReplayBuffer ring, int i)
    {
        var row = ring.Add();
        (row[0], row[1]) = (i, -i);
    }
}
