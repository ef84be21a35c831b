using VsgGym.Numerics;

namespace VsgGym.Core.Tests;

public sealed class ActionReaderTests
{
    public static TheoryData<byte[], string, string, string> DiscreteFaults => new()
    {
        { Play.Discrete(1, 1, 1), "actions", "wrong_shape", "actions = 12 bytes: must have 16 bytes: player_0: int32 [2], player_1: int32 [2]" },
        { [], "actions", "wrong_shape", "actions = 0 bytes: must have 16 bytes: player_0: int32 [2], player_1: int32 [2]" },
        { Play.Discrete(1, 1, 1, 3), "actions.player_1[1]", "out_of_range", "actions.player_1[1] = 3: must be in [0, 2]" },
        { Play.Discrete(-1, 1, 1, 1), "actions.player_0[0]", "out_of_range", "actions.player_0[0] = -1: must be in [0, 2]" },
        { Play.Discrete(1, 0, 1, 2), "actions.player_0[1]", "illegal_action", "actions.player_0[1] = 0: is illegal in this state; legal: 1, 2" },
    };

    public static TheoryData<float, string> BoxFaults => new()
    {
        { 0.10000001f, "actions.right[1, 1] = 0.10000001: must be in [0, 0.1]" },
        { -1e-9f, "actions.right[1, 1] = -1E-09: must be in [0, 0.1]" },
        { float.NaN, "actions.right[1, 1] = NaN: must be in [0, 0.1]" },
        { float.PositiveInfinity, "actions.right[1, 1] = Infinity: must be in [0, 0.1]" },
    };

    [Theory]
    [MemberData(nameof(DiscreteFaults))]
    public void Step_OfAFaultyDiscreteAction_IsRefusedAndChangesNothing(byte[] actions, string path, string reason, string message)
    {
        var (batch, twin) = (Countdown(), Countdown());
        var error = Refuse(batch, twin, actions);
        Assert.Equal((path, reason, message), (error.Faults[0].Path, error.Faults[0].Reason, error.Message));
    }

    [Theory]
    [MemberData(nameof(BoxFaults))]
    public void Step_OfAFaultyBoxAction_IsRefusedAndChangesNothing(float value, string message)
    {
        var (batch, twin) = (Drift(), Drift());
        Assert.Equal(message, Refuse(batch, twin, Play.Box(0, 0, 0, 0, 0, 0, 0, value)).Message);
    }

    [Fact]
    public void Step_OfManyFaultyActions_ShowsTenAndCountsTheRest()
    {
        var batch = Play.Start(new CountdownEnvironment([3]), new VectorOptions { Copies = 25 });
        var error = Assert.Throws<VsgGymException>(() => batch.Step(Play.Discrete([.. Enumerable.Repeat(9, 25)])));
        Assert.Equal((11, "actions.player_0[9]", "and 15 more faults"), (error.Faults.Count, error.Faults[9].Path, error.Faults[10].Rule));
    }

    [Fact]
    public void Step_RefusedAfterAnEnd_StillResetsTheEndedCopy()
    {
        var batch = Play.Start(new CountdownEnvironment([1]), new VectorOptions { Copies = 2 });
        batch.Step(Play.Discrete(0, 0));
        batch.Reset(default, [true, false]); // copy 0 plays, copy 1 waits for its reset
        Assert.Throws<VsgGymException>(() => batch.Step(Play.Discrete(7, 0)));
        batch.Step(Play.Discrete(1, 7));
        Assert.Equal([11.0, 0.0], batch.Worlds.Rewards(0).ToArray());
        Assert.Equal([false, true], batch.Worlds.Live(0).ToArray());
    }

    [Fact]
    public void Step_WithTheFirstLegalRule_ReplacesOnlyIllegalActions()
    {
        var options = new VectorOptions { Copies = 3, IllegalActions = IllegalActionRule.FirstLegal };
        var batch = Play.Start(new CountdownEnvironment([5], masks: true), options);
        batch.Step(Play.Discrete(0, 1, 2)); // 0 is illegal at time 0
        Assert.Equal([11.0, 11.0, 12.0], batch.Worlds.Rewards(0).ToArray());
        batch.Step(Play.Discrete(0, 1, 2)); // 1 is illegal at time 1
        Assert.Equal([20.0, 20.0, 22.0], batch.Worlds.Rewards(0).ToArray());
        var error = Assert.Throws<VsgGymException>(() => batch.Step(Play.Discrete(0, 1, 3)));
        Assert.Equal("actions.player_0[2] = 3: must be in [0, 2]", error.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(12)]
    public void Step_WithTheFirstLegalRule_OfManyCopies_DoesWhatTheMasksSay(int actions)
    {
        const int copies = 43; // masks end inside a word, and copies inside a vector
        var random = RandomStream.Create((ulong)actions);
        var batch = Play.Start(new TabularEnvironment(Masked(actions, ref random)), new VectorOptions { Copies = copies, IllegalActions = IllegalActionRule.FirstLegal }, 8);
        int replaced = 0;
        for (int round = 0; round < 60; round++)
        {
            int[] chosen = new int[copies], expected = new int[copies];
            for (int b = 0; b < copies; b++)
            {
                chosen[b] = random.NextInt32(actions);
                var mask = batch.Worlds.LegalActions(0).Slice(b * actions, actions);
                if (batch.Worlds.Live(0)[b]) expected[b] = mask[chosen[b]] ? chosen[b] : mask.IndexOf(true);
                replaced += expected[b] == chosen[b] ? 0 : 1;
            }

            batch.Step(Play.Discrete(chosen));
            Assert.Equal(expected.Select(action => (double)action), batch.Worlds.Rewards(0).ToArray());
            if (round % 5 == 0) batch.Reset(default, [.. chosen.Select((action, b) => (action + b) % 3 == 0)]); // so that not all end at once
        }

        Assert.True(replaced > 200, $"{replaced} replaced");
    }

    [Fact]
    public void Step_OfADiscreteSeatBesideABoxSeat_ReadsBoth()
    {
        var options = new VectorOptions { Copies = 2, IllegalActions = IllegalActionRule.FirstLegal };
        var batch = Play.Start(new MixedEnvironment(), options);
        batch.Step([.. Play.Discrete(0, 1), .. Play.Box(0.25f, 0.75f)]); // 0 is illegal
        Assert.Equal([1.25, 1.75], batch.Worlds.Rewards(0).ToArray());
        var error = Assert.Throws<VsgGymException>(() => batch.Step([.. Play.Discrete(2, 1), .. Play.Box(0.25f, 1.5f)]));
        Assert.Equal(["actions.pick[0]", "actions.push[1, 0]"], error.Faults.Select(fault => fault.Path));
        Assert.Equal(16, batch.ActionBytes);
    }

    [Fact]
    public void Step_OfBoxActionsOnTheirBounds_IsPlayed()
    {
        var batch = Drift();
        batch.Step(Play.Box(-1, 0, 1, 0.1f, 1, 0, -1, 0.1f));
        Assert.Equal([-1.0, 1 + (double)0.1f], batch.Worlds.Rewards(0).ToArray(), Close);
        Assert.Equal([1.0, -1 + (double)0.1f], batch.Worlds.Rewards(1).ToArray(), Close);
    }

    /// <summary>Six states with a mask each; an action pays its number.</summary>
    private static StochasticGame Masked(int actions, ref RandomStream random)
    {
        const int states = 6;
        var builder = new StochasticGameBuilder(["a"], states, [actions]);
        for (int s = 0; s < states; s++)
        {
            int kept = random.NextInt32(actions);
            for (int a = 0; a < actions; a++)
            {
                if (a != kept && random.NextInt32(2) == 0) builder.Forbid(0, s, a);
                builder.SetReward(0, s, a, a).AddTransition(s, a, random.NextInt32(states), 1);
            }
        }

        return builder.BuildFiniteHorizon(6);
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-6;

    private static VectorEnvironment Countdown() => Play.Start(new CountdownEnvironment([3, 3], masks: true), new VectorOptions { Copies = 2 }, 8);

    private static VectorEnvironment Drift() => Play.Start(new DriftEnvironment(), new VectorOptions { Copies = 2 }, 8);

    private static VsgGymException Refuse(VectorEnvironment batch, VectorEnvironment twin, byte[] actions)
    {
        var error = Assert.Throws<VsgGymException>(() => batch.Step(actions));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        for (int round = 0; round < 8; round++)
        {
            Assert.Equal(twin.Worlds.Wire.ToArray(), batch.Worlds.Wire.ToArray());
            Assert.Equal(twin.Worlds.States.ToArray(), batch.Worlds.States.ToArray());
            batch.Step(Play.ScriptedActions(batch, round));
            twin.Step(Play.ScriptedActions(twin, round));
        }

        return error;
    }
}
