using System.Collections.Immutable;

namespace VsgGym.Core.Tests;

/// <summary>The occupants of seats that the caller leaves to others.</summary>
public sealed class PolicyTests
{
    [Fact]
    public void Uniform_InADiscreteSeat_PlaysEveryLegalActionEquallyOften()
    {
        const int copies = 3000;
        var batch = Play.Start(new CountdownEnvironment([9, 9], masks: true), new VectorOptions { Copies = copies, OwnSeats = [0] });
        batch.Step(Play.Discrete([.. Enumerable.Repeat(1, copies)]));
        var counts = batch.Worlds.DiscreteActions(1).ToArray().CountBy(action => action).ToDictionary();
        Assert.Equal([1, 2], counts.Keys.Order()); // 0 is illegal at time 0
        Assert.InRange(counts[1], (copies / 2) - 110, (copies / 2) + 110); // 4 standard deviations
    }

    [Fact]
    public void Uniform_InABoxSeat_StaysWithinBoundsAndFillsThem()
    {
        const int copies = 3000;
        var batch = Play.Start(new DriftEnvironment(), new VectorOptions { Copies = copies, OwnSeats = [0] });
        batch.Step(new byte[batch.ActionBytes]);
        var first = batch.Worlds.BoxActions(1).ToArray().Where((_, i) => i % 2 == 0).ToArray();
        var second = batch.Worlds.BoxActions(1).ToArray().Where((_, i) => i % 2 == 1).ToArray();
        Assert.True(first.Min() is >= -1 and < -0.99f && first.Max() is <= 1 and > 0.99f);
        Assert.True(second.Min() is >= 0 and < 0.001f && second.Max() is <= 0.1f and > 0.099f);
        Assert.Equal(0.0, first.Average(), 0.05);
    }

    [Fact]
    public void Uniform_InASeatThatHasLeft_DoesNotDisturbTheStep()
    {
        var batch = Play.Start(new CountdownEnvironment([4, 1], masks: true), new VectorOptions { OwnSeats = [0], IllegalActions = IllegalActionRule.FirstLegal });
        for (int t = 0; t < 4; t++) batch.Step(Play.Discrete(0));
        Assert.True(batch.Worlds.Terminated(0)[0]);
    }

    [Fact]
    public void Table_OfTimesAndStates_PlaysItsRows()
    {
        var game = Play.Table();
        double[] table = new double[5 * 3 * 3];
        for (int t = 0; t < 5; t++)
            for (int s = 0; s < 3; s++)
                table[(((t * 3) + s) * 3) + (t % 2)] = 1; // action t mod 2, legal everywhere
        var batch = Occupied(game, new TabularPolicy(table, 5, 3, 3));
        for (int t = 0; t < 5; t++)
        {
            batch.Step(new byte[batch.ActionBytes]);
            Assert.All(batch.Worlds.DiscreteActions(1).ToArray(), action => Assert.Equal(t % 2, action));
        }
    }

    [Fact]
    public void Table_WithWeightOnAnIllegalAction_PlaysTheFirstLegalOneInstead()
    {
        var batch = Occupied(Play.Table(), new TabularPolicy([0, 0, 1, 0, 0, 1, 0, 0, 1], 1, 3, 3));
        int[] states = batch.Worlds.DiscreteObservations(1).ToArray();
        batch.Step(new byte[batch.ActionBytes]);
        Assert.Equal(states.Select(state => state == 1 ? 0 : 2), batch.Worlds.DiscreteActions(1).ToArray());
        Assert.Contains(1, states);
    }

    [Fact]
    public void Table_OfFaultyRows_ListsEachRow()
    {
        var error = Assert.Throws<VsgGymException>(() => new TabularPolicy([0.5, 0.4, 1, 0, double.NaN, 1], 1, 3, 2));
        Assert.Equal(["policy[0, 0]", "policy[0, 2]"], error.Faults.Select(fault => fault.Path));
        Assert.Equal("policy", Assert.Throws<VsgGymException>(() => new TabularPolicy([1], 1, 1, 2)).Faults[0].Path);
    }

    [Fact]
    public void Table_OfRowsOffByMoreThanRounding_IsScaledOnACopy()
    {
        double[] rough = [0.25, 0.75 + 5e-7, 0.5, 0.5], fine = [0.25, 0.75 + 1e-13];
        var scaled = new TabularPolicy(rough, 1, 2, 2);
        Assert.Equal(1, scaled.Row(0, 0)[0] + scaled.Row(0, 0)[1], 15);
        Assert.Equal([0.5, 0.5], scaled.Row(0, 1).ToArray());
        Assert.Equal(0.75 + 5e-7, rough[1]);
        Assert.Equal(fine, new TabularPolicy(fine, 1, 1, 2).Probabilities.ToArray());
        Assert.Throws<VsgGymException>(() => new TabularPolicy([0.25, 0.75 + 2e-6], 1, 1, 2));
    }

    [Fact]
    public void Table_ThatDoesNotFit_IsRefusedWhenTheBatchIsMade()
    {
        var wide = new TabularPolicy([1, 0, 0, 0], 1, 1, 4);
        var options = new VectorOptions { OwnSeats = [0], Others = ImmutableDictionary<int, IPolicy>.Empty.Add(1, wide).Add(2, wide) };
        var error = Assert.Throws<VsgGymException>(() => new VectorEnvironment(new CountdownEnvironment([1, 1, 1]), options, 0));
        Assert.Equal(["others.player_1", "others.player_2"], error.Faults.Select(fault => fault.Path));
        options = options with { Others = ImmutableDictionary<int, IPolicy>.Empty.Add(1, wide) };
        error = Assert.Throws<VsgGymException>(() => new VectorEnvironment(new DriftEnvironment(), options, 0));
        Assert.Equal("wrong_space", Assert.Single(error.Faults).Reason);
    }

    private static VectorEnvironment Occupied(StochasticGame game, IPolicy policy) => Play.Start(
        new TabularEnvironment(game),
        new VectorOptions { Copies = 20, OwnSeats = [0], Others = ImmutableDictionary<int, IPolicy>.Empty.Add(1, policy) });
}
