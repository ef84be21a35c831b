namespace VsgGym.Core.Tests;

public sealed class StochasticGameBuilderTests
{
    [Theory]
    [InlineData(new string[0], 1, new int[0], "players")]
    [InlineData(new[] { "a", "a" }, 1, new[] { 1, 1 }, "players")]
    [InlineData(new[] { "a", " " }, 1, new[] { 1, 1 }, "players[1]")]
    [InlineData(new[] { "a" }, 0, new[] { 1 }, "states")]
    [InlineData(new[] { "a" }, 1, new[] { 1, 2 }, "actions")]
    [InlineData(new[] { "a", "b" }, 1, new[] { 2, 0 }, "actions[1]")]
    public void Sizes_OfOneFault_NameItsPath(string[] players, int states, int[] actions, string path)
    {
        var error = Assert.Throws<VsgGymException>(() => new StochasticGameBuilder(players, states, actions));
        Assert.Equal((ErrorKind.InvalidArgument, path), (error.Kind, Assert.Single(error.Faults).Path));
    }

    [Fact]
    public void Sizes_OfManyFaults_AreListedAtOnce()
    {
        var error = Assert.Throws<VsgGymException>(() => new StochasticGameBuilder(["a", "a", ""], -1, [0, 1]));
        Assert.Equal(["states", "actions", "players[2]", "players", "actions[0]"], error.Faults.Select(fault => fault.Path));
    }

    [Theory]
    [InlineData(2, new[] { 8192, 8192 })]
    [InlineData(int.MaxValue, new[] { int.MaxValue, 1 })]
    public void Sizes_OfTooLargeATable_AreOverTheLimit(int states, int[] actions)
    {
        var error = Assert.Throws<VsgGymException>(() => new StochasticGameBuilder(["a", "b"], states, actions));
        Assert.Equal((ErrorKind.ResourceExhausted, "actions", "game_too_large"), (error.Kind, error.Faults[0].Path, error.Faults[0].Reason));
    }

    [Fact]
    public void Build_OfEveryFault_ListsAllWithTheirPaths()
    {
        var builder = new StochasticGameBuilder(["a", "b"], 2, [2, 3])
            .SetReward(0, 1, 5, double.NaN)
            .SetReward(1, 0, 1, double.PositiveInfinity)
            .SetTerminalReward(1, 1, 4)
            .AddTransition(0, 0, 2, 1)
            .AddTransition(0, 1, 0, -0.5)
            .AddTransition(1, 4, 0, 0.5)
            .AddTransition(1, 5, 1, double.NaN)
            .Forbid(1, 1, 0).Forbid(1, 1, 1).Forbid(1, 1, 2)
            .WithInitial([0.5, double.NaN]);
        var error = Assert.Throws<VsgGymException>(() => builder.BuildDiscounted(1));
        string[] expected =
        [
            "discount", "initial[1]", "rewards[0, 1, 1, 2]", "rewards[1, 0, 0, 1]", "terminal_rewards[1, 1]", "legal_actions.b[1]",
            "transitions[0, 0, 0, 2]", "transitions[0, 0, 1, 0]", "transitions[1, 1, 1]", "transitions[1, 1, 2, 1]",
        ];
        Assert.Equal(expected, error.Faults.Select(fault => fault.Path));
        Assert.Equal(
            ["out_of_range", "bad_probability", "not_finite", "not_finite", "no_horizon", "empty", "out_of_range", "bad_probability", "bad_sum", "bad_probability"],
            error.Faults.Select(fault => fault.Reason));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void BuildDiscounted_OutsideTheOpenInterval_IsRefused(double discount)
    {
        var error = Assert.Throws<VsgGymException>(() => new StochasticGameBuilder(["a"], 1, [1]).BuildDiscounted(discount));
        Assert.Equal("discount", Assert.Single(error.Faults).Path);
    }

    [Fact]
    public void BuildFiniteHorizon_BelowOne_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => new StochasticGameBuilder(["a"], 1, [1]).BuildFiniteHorizon(0));
        Assert.Equal("horizon = 0: must be at least 1", error.Message);
    }

    [Fact]
    public void BuildFiniteHorizon_BeyondTheLimit_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => new StochasticGameBuilder(["a"], 1, [1]).BuildFiniteHorizon(int.MaxValue));
        Assert.Equal(("horizon", "out_of_range"), (error.Faults[0].Path, Assert.Single(error.Faults).Reason));
        Assert.Equal(1_000_000, new StochasticGameBuilder(["a"], 1, [1]).BuildFiniteHorizon(1_000_000).Horizon);
    }

    [Fact]
    public void Build_OfAnInitialThatMissesOne_NamesTheSum()
    {
        var error = Assert.Throws<VsgGymException>(() => new StochasticGameBuilder(["a"], 2, [1]).WithInitial([0.5, 0.25]).BuildFiniteHorizon(1));
        Assert.Equal("initial = 0.75: must sum to 1 within 1e-9", error.Message);
    }

    [Fact]
    public void With_OfTheWrongLength_IsRefused()
    {
        var builder = new StochasticGameBuilder(["a", "b"], 2, [2, 3]);
        Assert.Equal("action_labels.b", Assert.Throws<VsgGymException>(() => builder.WithActionLabels(1, "x", "y")).Faults[0].Path);
        Assert.Equal("state_labels", Assert.Throws<VsgGymException>(() => builder.WithStateLabels(["x"])).Faults[0].Path);
        Assert.Equal("initial", Assert.Throws<VsgGymException>(() => builder.WithInitial([1])).Faults[0].Path);
    }

    [Fact]
    public void Build_OfRepeatedTransitions_MergesAndSortsThem()
    {
        var game = new StochasticGameBuilder(["a"], 3, [2])
            .AddTransition(0, 1, 2, 0.25).AddTransition(0, 1, 0, 0.5).AddTransition(0, 1, 2, 0.25).AddTransition(0, 1, 1, 0.0)
            .AddTransition(2, 0, 1, 1.0)
            .BuildDiscounted(0.9);
        Assert.Equal([0, 0, 2, 2, 2, 3, 3], game.RowStarts.ToArray());
        Assert.Equal([0, 2, 1], game.NextStates.ToArray());
        Assert.Equal([0.5, 0.5, 1.0], game.Probabilities.ToArray());
        Assert.Equal((3, 0.9, (int?)null), (game.TransitionCount, game.Discount, game.Horizon));
    }

    [Fact]
    public void Build_OfThreePlayers_NumbersJointActionsInRowMajorOrder()
    {
        var game = new StochasticGameBuilder(["a", "b", "c"], 1, [2, 3, 4]).SetReward(2, 0, 17, 5).BuildFiniteHorizon(1);
        Assert.Equal([12, 4, 1], game.Strides.ToArray());
        Assert.Equal(24, game.JointActionCount);
        Assert.Equal(17, game.JointAction([1, 1, 1]));
        Assert.Equal((1, 1, 1), (game.ActionOf(0, 17), game.ActionOf(1, 17), game.ActionOf(2, 17)));
        Assert.Equal(5.0, game.Rewards(2)[17]);
        Assert.Equal((1, 1.0), (game.Horizon, game.Discount));
    }

    [Fact]
    public void Build_OfForbiddenActions_ClearsTheirRows()
    {
        var builder = new StochasticGameBuilder(["a", "b"], 2, [2, 2]).Forbid(1, 1, 0);
        for (int state = 0; state < 2; state++)
            for (int joint = 0; joint < 4; joint++)
                builder.SetReward(0, state, joint, 1 + joint).AddTransition(state, joint, 0, 1);
        var game = builder.BuildDiscounted(0.5);
        Assert.True(game.HasIllegalActions);
        Assert.Equal((true, false, true), (game.IsLegal(1, 0, 0), game.IsLegal(1, 1, 0), game.IsLegal(1, 1, 1)));
        Assert.Equal([true, true], game.LegalActions(0, 1).ToArray());
        Assert.Equal([false, true], game.LegalActions(1, 1).ToArray());
        Assert.Equal((true, false, true), (game.IsLegalJoint(0, 2), game.IsLegalJoint(1, 2), game.IsLegalJoint(1, 3)));
        Assert.Equal([1, 2, 3, 4, 0, 2, 0, 4], game.Rewards(0).ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 4, 5, 5, 6], game.RowStarts.ToArray());
    }

    [Fact]
    public void Build_WithoutMore_NamesAndStartsByDefault()
    {
        var game = new StochasticGameBuilder(["a"], 2, [2]).BuildDiscounted(0.5);
        Assert.Equal(["0", "1"], game.ActionLabels[0].ToArray());
        Assert.Empty(game.StateLabels);
        Assert.Equal([1.0, 0.0], game.Initial.ToArray());
        Assert.False(game.HasIllegalActions);
        Assert.False(game.HasTerminalRewards);
        Assert.True(game.LegalActions(0, 1).IsEmpty);
    }

    [Fact]
    public void Set_OfNumbersOutsideTheSizes_IsRefused()
    {
        var builder = new StochasticGameBuilder(["a"], 2, [3]);
        Assert.Throws<ArgumentOutOfRangeException>("jointAction", () => builder.SetReward(0, 0, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>("state", () => builder.SetReward(0, 2, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("player", () => builder.SetReward(1, 0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("jointAction", () => builder.AddTransition(0, -1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("action", () => builder.Forbid(0, 0, 3));
        Assert.Throws<ArgumentOutOfRangeException>("state", () => builder.SetTerminalReward(0, 2, 1));
    }

    [Fact]
    public void Builder_AfterItsGame_ChangesNothingAnymore()
    {
        var builder = new StochasticGameBuilder(["a"], 1, [1]);
        _ = builder.BuildDiscounted(0.5);
        Assert.Throws<InvalidOperationException>(() => builder.SetReward(0, 0, 0, 1));
        Assert.Throws<InvalidOperationException>(() => builder.BuildDiscounted(0.5));
    }

    [Fact]
    public void PlayerIndex_OfAnUnknownName_IsNotFound()
    {
        var game = new StochasticGameBuilder(["hunter", "prey"], 1, [1, 1]).BuildDiscounted(0.5);
        Assert.Equal(1, game.PlayerIndex("prey"));
        var error = Assert.Throws<VsgGymException>(() => game.PlayerIndex("fox"));
        Assert.Equal((ErrorKind.NotFound, "player = fox: must be one of hunter, prey"), (error.Kind, error.Message));
    }
}
