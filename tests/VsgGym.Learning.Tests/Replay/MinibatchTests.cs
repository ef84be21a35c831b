using VsgGym.Numerics;

namespace VsgGym.Learning.Tests;

public sealed class MinibatchTests
{
    private static readonly TransitionLayout Layout = new(Observation: 1, Own: 1, Others: 2, Mask: 2);

    [Fact]
    public void Layout_PutsEveryPartSomewhereElse()
    {
        Assert.Equal(11, Layout.Width);
        int[] places = [.. Enumerable.Range(0, 11)];
        int[] parts = [.. places[Layout.StateAt], .. places[Layout.OwnAt], .. places[Layout.OthersAt], .. places[Layout.NextStateAt], Layout.RewardAt, Layout.GoesOnAt];
        Assert.Equal(places, parts);
        int[] state = [.. places[Layout.ObservationAt], .. places[Layout.MaskAt]];
        Assert.Equal(places[Layout.StateAt], state);
    }

    [Fact]
    public void Latest_TakesRowsApart_AndGroupsEqualStates()
    {
        var batch = Minibatch.Latest(Rows(6), Layout, 4); // rows 5, 4, 3, 2; row i is in state i mod 2 and ends an episode where i mod 3 = 0
        Assert.Equal([5f, 4f, 3f, 2f], batch.Own);
        Assert.Equal([50f, 500f, 40f, 400f, 30f, 300f, 20f, 200f], batch.Others);
        Assert.Equal([1f, 1f, 0f, 1f], batch.GoesOn);
        Assert.Equal((2, 0, 1, 0), (batch.States.Count, batch.States.GroupOf[0], batch.States.GroupOf[1], batch.States.GroupOf[2]));
        Assert.Equal([1f, 1f, 0f], batch.States.State(0).ToArray());
        Assert.Equal(0.5f, batch.States.Weight(1));
        Assert.Equal(2, batch.NextStates!.Count);
    }

    [Fact]
    public void Draw_IsUniformOverTheWindow_AndScalesRewards()
    {
        var random = RandomStream.Create(3);
        var batch = Minibatch.Draw(Rows(40), Layout, 4000, 10, 0.5, ref random);
        var counts = batch.Own.GroupBy(own => own).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal([.. Enumerable.Range(30, 10).Select(i => (float)i)], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 320, 480)); // 400 expected, standard deviation 19
        for (int b = 0; b < 4000; b++) Assert.Equal(0.5f * batch.Own[b], batch.Rewards[b]);
        Assert.Equal(10, Minibatch.Draw(Rows(5), Layout, 10, 0, 1, ref random).Rows); // fewer rows than asked for: with replacement
    }

    [Fact]
    public void WhereEveryEpisodeEnded_ThereAreNoNextStates()
    {
        var ring = Rows(1); // row 0 ends its episode
        Assert.Null(Minibatch.Latest(ring, Layout, 8).NextStates);
    }

    [Fact]
    public void Latest_Padded_FillsTheWindowWithZeros()
    {
        var batch = Minibatch.Latest(Rows(2), Layout, 5, isPadded: true); // rows 1 and 0, then three of zeros
        Assert.Equal((5, 3), (batch.Rows, batch.States.Count)); // the states of both rows, and the one of zeros
        Assert.Equal([1f, 0f, 0f, 0f, 0f], batch.Own);
        Assert.Equal([10f, 100f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f], batch.Others);
        Assert.Equal([0f, 0f, 0f], batch.States.State(2).ToArray());
        Assert.Equal(0.6f, batch.States.Weight(2));
        Assert.Equal([3f, 2f], Minibatch.Latest(Rows(4), Layout, 2, isPadded: true).Own); // nothing to fill
    }

    private static ReplayBuffer Rows(int count)
    {
        var ring = new ReplayBuffer(Layout.Width, 100);
        for (int i = 0; i < count; i++)
        {
            int state = i % 2, next = (i + 1) % 2;
            ((float[])[state, 1, 0, i, 10 * i, 100 * i, next, 1, 0, i, i % 3 == 0 ? 0 : 1]).CopyTo(ring.Add());
        }

        return ring;
    }
}
