namespace VsgGym.Core.Tests;

public sealed class VectorEnvironmentTests
{
    private static readonly byte[] Zero = Play.Discrete(0);

    [Fact]
    public void Step_BeforeReset_IsOutOfOrder()
    {
        var batch = new VectorEnvironment(new CountdownEnvironment([2]), new VectorOptions(), 0);
        var error = Assert.Throws<VsgGymException>(() => batch.Step(Zero));
        Assert.Equal((ErrorKind.FailedPrecondition, "step", "step_before_reset"), (error.Kind, error.Faults[0].Path, error.Faults[0].Reason));
    }

    [Fact]
    public void Step_WithNextStepAutoreset_ResetsOneStepLater()
    {
        var batch = Play.Start(new CountdownEnvironment([2]), new VectorOptions());
        Expect(batch, time: 0, reward: 0);
        batch.Step(Play.Discrete(1));
        Expect(batch, time: 1, reward: 11);
        batch.Step(Play.Discrete(2));
        Expect(batch, time: 2, reward: 22, terminated: true, live: false);
        batch.Step(Play.Discrete(99)); // ignored: this step resets
        Expect(batch, time: 0, reward: 0);
        batch.Step(Zero);
        Expect(batch, time: 1, reward: 10);
    }

    [Fact]
    public void Step_WithSameStepAutoreset_KeepsTheFinalObservation()
    {
        var batch = Play.Start(new CountdownEnvironment([2]), new VectorOptions { Autoreset = AutoresetMode.SameStep });
        int first = batch.Worlds.DiscreteObservations(0)[0];
        batch.Step(Zero);
        batch.Step(Zero);
        Expect(batch, time: 0, reward: 20, terminated: true, live: true);
        var final = batch.Worlds.WireFields.Single(field => field.Kind == FieldKind.FinalObservation);
        Assert.Equal(first + 2, BitConverter.ToInt32(batch.Worlds.Wire.Span[final.Offset..]));
        batch.Step(Zero);
        Expect(batch, time: 1, reward: 10);
    }

    [Fact]
    public void Step_WithAutoresetDisabled_RefusesEndedCopies()
    {
        var batch = Play.Start(new CountdownEnvironment([1]), new VectorOptions { Copies = 2, Autoreset = AutoresetMode.Disabled });
        batch.Step(Play.Discrete(0, 0));
        Expect(batch, time: 1, reward: 10, terminated: true, live: false);
        var error = Assert.Throws<VsgGymException>(() => batch.Step(Play.Discrete(0, 0)));
        Assert.Equal((ErrorKind.FailedPrecondition, "step[0]", "step_after_end"), (error.Kind, error.Faults[0].Path, error.Faults[0].Reason));
        batch.Reset(default, [true, false]);
        Expect(batch, time: 0, reward: 0);
        Assert.Equal("step[1]", Assert.Throws<VsgGymException>(() => batch.Step(Play.Discrete(0, 0))).Faults[0].Path);
        batch.Reset(default, [false, true]);
        batch.Step(Play.Discrete(1, 2));
        Assert.Equal([11.0, 12.0], batch.Worlds.Rewards(0).ToArray());
    }

    [Fact]
    public void Step_WhereOneSeatLeavesFirst_MarksWhoIsLive()
    {
        var batch = Play.Start(new CountdownEnvironment([1, 3]), new VectorOptions());
        batch.Step(Play.Discrete(0, 0));
        Assert.Equal((true, false, 10.0), Seat(batch, 0));
        Assert.Equal((false, true, 10.0), Seat(batch, 1));
        batch.Step(Play.Discrete(-77, 1)); // what a seat that has left sends is ignored, and never reaches the rules
        Assert.Equal((false, false, 0.0), Seat(batch, 0));
        Assert.Equal((false, true, 21.0), Seat(batch, 1));
        batch.Step(Play.Discrete(0, 0));
        Assert.Equal((false, false, 0.0), Seat(batch, 0));
        Assert.Equal((true, false, 30.0), Seat(batch, 1));
        batch.Step(Play.Discrete(0, 0));
        Assert.Equal((false, true, 0.0), Seat(batch, 0));
        Assert.Equal((false, true, 0.0), Seat(batch, 1));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    public void Step_OfOneOwnSeat_EndsTheEpisodeWhenItLeaves(int seat, int length)
    {
        var batch = Play.Start(new CountdownEnvironment([1, 3], masks: true), new VectorOptions { OwnSeats = [seat], IllegalActions = IllegalActionRule.FirstLegal });
        for (int t = 1; t <= length; t++)
        {
            Assert.True(batch.Worlds.Live(seat)[0]);
            batch.Step(Zero);
        }

        Assert.False(batch.Worlds.Live(seat)[0]);
        batch.Step(Zero);
        Assert.True(batch.Worlds.Live(seat)[0]);
        Assert.Equal(0, batch.Worlds.TimeOf(0));
    }

    [Fact]
    public void Step_PastTheTimeLimit_Truncates()
    {
        var batch = Play.Start(new CountdownEnvironment([2, 5]), new VectorOptions { TimeLimit = 3 });
        batch.Step(Play.Discrete(0, 0));
        batch.Step(Play.Discrete(0, 0));
        Assert.Equal([true], batch.Worlds.Terminated(0).ToArray());
        batch.Step(Play.Discrete(0, 0));
        Assert.Equal((false, false), (batch.Worlds.Truncated(0)[0], batch.Worlds.Terminated(0)[0]));
        Assert.Equal((true, false, false), (batch.Worlds.Truncated(1)[0], batch.Worlds.Terminated(1)[0], batch.Worlds.Live(1)[0]));
        batch.Step(Play.Discrete(0, 0));
        Assert.Equal((0, false, true), (batch.Worlds.TimeOf(0), batch.Worlds.Truncated(1)[0], batch.Worlds.Live(1)[0]));
    }

    [Fact]
    public void Step_WhereTheRulesEndAtTheTimeLimit_TerminatesOnly()
    {
        var batch = Play.Start(new CountdownEnvironment([3]), new VectorOptions { TimeLimit = 3 });
        for (int t = 0; t < 3; t++) batch.Step(Zero);
        Assert.Equal((true, false), (batch.Worlds.Terminated(0)[0], batch.Worlds.Truncated(0)[0]));
    }

    [Fact]
    public void Reset_OfSomeCopies_LeavesTheOthers()
    {
        var batch = Play.Start(new CountdownEnvironment([5]), new VectorOptions { Copies = 3 });
        batch.Step(Play.Discrete(0, 1, 2));
        byte[] first = Play.BytesOf(batch, 0), last = Play.BytesOf(batch, 2);
        batch.Reset([50], [false, true, false]);
        Assert.Equal((first, last), (Play.BytesOf(batch, 0), Play.BytesOf(batch, 2)), EqualBytes);
        Assert.Equal((0UL, 51UL, 2UL), (batch.Worlds.SeedOf(0), batch.Worlds.SeedOf(1), batch.Worlds.SeedOf(2)));
        Assert.Equal((1, 0, 1), (batch.Worlds.TimeOf(0), batch.Worlds.TimeOf(1), batch.Worlds.TimeOf(2)));
        Assert.Equal([10.0, 0.0, 12.0], batch.Worlds.Rewards(0).ToArray());
        batch.Step(Play.Discrete(0, 0, 0));
        Assert.Equal([20.0, 10.0, 20.0], batch.Worlds.Rewards(0).ToArray());
    }

    [Fact]
    public void Reset_OfTheWrongShape_IsRefusedAndChangesNothing()
    {
        var batch = new VectorEnvironment(new CountdownEnvironment([5]), new VectorOptions { Copies = 3 }, 0);
        Refused("reset_mask", "reset_before_start", () => batch.Reset(default, [true, false, true]));
        batch.Reset();
        batch.Step(Play.Discrete(0, 1, 2));
        byte[] before = batch.Worlds.Wire.ToArray();
        Refused("seeds", "wrong_shape", () => batch.Reset([1, 2]));
        Refused("reset_mask", "wrong_shape", () => batch.Reset(default, [true]));
        Refused("reset_mask", "empty", () => batch.Reset([9], [false, false, false]));
        Assert.Equal(before, batch.Worlds.Wire.ToArray());
        Assert.Equal(0UL, batch.Worlds.SeedOf(0));
    }

    [Fact]
    public void Make_OfEveryFault_ListsAllAtOnce()
    {
        var options = new VectorOptions
        {
            Copies = 0,
            TimeLimit = 0,
            OwnSeats = [0, 5, 0],
            Others = System.Collections.Immutable.ImmutableDictionary<int, IPolicy>.Empty.Add(0, UniformPolicy.Instance).Add(7, UniformPolicy.Instance),
        };
        var error = Assert.Throws<VsgGymException>(() => new VectorEnvironment(new CountdownEnvironment([1, 1]), options, 0));
        Assert.Equal(["num_envs", "others", "others", "seats", "seats", "time_limit"], error.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(100_000_000)]
    public void Make_OfTooLargeABatch_IsOverTheLimit(int copies)
    {
        var error = Assert.Throws<VsgGymException>(() => new VectorEnvironment(new DriftEnvironment(), new VectorOptions { Copies = copies }, 0));
        Assert.Equal((ErrorKind.ResourceExhausted, "num_envs"), (error.Kind, error.Faults[0].Path));
    }

    private static bool EqualBytes((byte[] First, byte[] Last) a, (byte[] First, byte[] Last) b) =>
        a.First.AsSpan().SequenceEqual(b.First) && a.Last.AsSpan().SequenceEqual(b.Last);

    private static (bool Terminated, bool Live, double Reward) Seat(VectorEnvironment batch, int seat) =>
        (batch.Worlds.Terminated(seat)[0], batch.Worlds.Live(seat)[0], batch.Worlds.Rewards(seat)[0]);

    private static void Refused(string path, string reason, Action act)
    {
        var fault = Assert.Single(Assert.Throws<VsgGymException>(act).Faults);
        Assert.Equal((path, reason), (fault.Path, fault.Reason));
    }

    private static void Expect(VectorEnvironment batch, int time, double reward, bool terminated = false, bool live = true)
    {
        var worlds = batch.Worlds;
        Assert.Equal(
            (time, reward, terminated, false, live),
            (worlds.DiscreteObservations(0)[0] % 100, worlds.Rewards(0)[0], worlds.Terminated(0)[0], worlds.Truncated(0)[0], worlds.Live(0)[0]));
    }
}
