using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class UploadedGameTests
{
    [Fact]
    public void NormalForm_IsOneStateOfHorizonOne()
    {
        var game = UploadedGame.FromNormalForm(new ShapedArray([3, 0, 5, 1, 3, 5, 0, 1], 2, 2, 2), ["row", "column"], [["c", "d"], []]);
        Assert.Equal((1, 1, 4, 0), (game.Table.StateCount, game.Table.Horizon, game.Table.JointActionCount, game.Table.TransitionCount));
        Assert.Equal([3, 5, 0, 1], game.Table.Rewards(1));
        Assert.Equal("c d 0 1", string.Join(' ', game.Table.ActionLabels.SelectMany(labels => labels)));
        var play = Play.Start(game);
        play.Step(1, 0);
        Assert.Equal([5, 0], play.Rewards());
        Assert.True(play.Worlds.Terminated(0)[0]);
    }

    [Fact]
    public void NormalForm_OfThreePlayers_DrawsTheSliceThatWasPlayed()
    {
        var game = UploadedGame.FromNormalForm(new ShapedArray([.. Enumerable.Range(0, 24).Select(i => (double)i)], 3, 2, 2, 2));
        var play = Play.Start(game);
        play.Step(1, 0, 1);
        string text = game.Draw(new World(play.Worlds, 0)).ToText();
        Assert.Contains("payoffs where player_2 plays 1", text, StringComparison.Ordinal);
        Assert.Contains("[5, 13, 21]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void NormalForm_OfManyActions_SaysThatTheyAreTooMany()
    {
        var game = UploadedGame.FromNormalForm(new ShapedArray(new double[800], 2, 20, 20));
        Assert.Contains("20 x 20 actions", game.Draw(new World(Play.Start(game).Worlds, 0)).ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new int[0], "wrong_shape")]
    [InlineData(new[] { 0, 2, 2 }, "empty")]
    [InlineData(new[] { 2, 2 }, "wrong_shape")]
    [InlineData(new[] { 2, 2, 2, 2 }, "wrong_shape")]
    [InlineData(new[] { 2, 2, 0 }, "empty")]
    [InlineData(new[] { 17, 1 }, "out_of_range")]
    public void NormalForm_OfAWrongShape_NamesIt(int[] shape, string reason)
    {
        int size = shape.Aggregate(1, (product, extent) => product * extent);
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromNormalForm(new ShapedArray(new double[size], [.. shape])));
        var fault = Assert.Single(error.Faults);
        Assert.Equal(("payoffs", $"[{string.Join(", ", shape)}]", reason), (fault.Path, fault.Value, fault.Reason));
    }

    [Fact]
    public void NormalForm_OfManyFaults_ListsAllAtOnce()
    {
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromNormalForm(
            new ShapedArray([1, double.NaN, 3, 4, 5, 6, double.NegativeInfinity, 8], 2, 2, 2), ["a", "a", " "], [["x"], ["y", "z"]]));
        Assert.Equal(["players", "players[2]", "players", "actions[0]", "payoffs[0, 0, 1]", "payoffs[1, 1, 0]"], error.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Table_PlaysAsGiven()
    {
        var game = UploadedGame.FromTable(Sound() with { TerminalRewards = new ShapedArray([0, 10], 1, 2), States = ["left", "right"], Title = "walk" });
        var play = Play.Start(game);
        play.Step(1);
        Assert.Equal((1, 2.0), (play.Worlds.DiscreteObservations(0)[0], play.Rewards()[0]));
        Assert.Contains("state right", game.Draw(new World(play.Worlds, 0)).ToText(), StringComparison.Ordinal);
        play.Step(0);
        Assert.Equal(13, play.Rewards()[0]);
        Assert.True(play.Worlds.Terminated(0)[0]);
    }

    [Fact]
    public void Table_WithDiscount_HasNoHorizon()
    {
        var table = UploadedGame.FromTable(Sound() with { Horizon = null, Discount = 0.5, Initial = new ShapedArray([0.25, 0.75], 2) }).Table;
        Assert.Equal((null, 0.5, 0.75), (table.Horizon, table.Discount, table.Initial[1]));
    }

    [Fact]
    public void Table_OfMismatchedShapes_NamesBothShapes()
    {
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromTable(Sound() with
        {
            Transitions = new ShapedArray(new double[6], 2, 3, 1),
            Initial = new ShapedArray([1.0], 1),
            TerminalRewards = new ShapedArray([0, 0], 2, 1),
        }));
        Assert.Equal(
            "3 faults:\n"
            + "  transitions = shape [2, 3, 1]: must have shape [2, 2, 2] beside rewards of shape [1, 2, 2]\n"
            + "  initial = shape [1]: must have shape [2] beside rewards of shape [1, 2, 2]\n"
            + "  terminal_rewards = shape [2, 1]: must have shape [1, 2] beside rewards of shape [1, 2, 2]",
            error.Message);
    }

    [Fact]
    public void Table_OfEveryOtherFault_ListsAllAtOnce()
    {
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromTable(new TableUpload
        {
            Rewards = new ShapedArray([1, double.NaN, 3, 4], 1, 2, 2),
            Transitions = new ShapedArray([0.5, 0.4, -1, 2, double.NaN, 0, 0, 0], 2, 2, 2),
            Initial = new ShapedArray([0.5, 0.6], 2),
            Discount = 0.9,
            Horizon = 3,
            Players = [""],
            States = ["one"],
        }));
        Assert.Equal(
            ["players[0]", "states", "discount, horizon", "initial", "rewards[0, 0, 1]", "transitions[0, 0]", "transitions[0, 1, 0]", "transitions[1, 0, 0]"],
            error.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Table_WithoutDiscountAndHorizon_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromTable(Sound() with { Horizon = null }));
        Assert.Equal(("discount, horizon", "neither_given"), (Assert.Single(error.Faults).Path, error.Faults[0].Reason));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void Table_OfADiscountOutOfRange_IsRefused(double discount)
    {
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromTable(Sound() with { Horizon = null, Discount = discount }));
        Assert.Equal(("discount", "out_of_range"), (Assert.Single(error.Faults).Path, error.Faults[0].Reason));
    }

    [Fact]
    public void Table_WithTerminalRewardsButNoHorizon_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => UploadedGame.FromTable(
            Sound() with { Horizon = null, Discount = 0.5, TerminalRewards = new ShapedArray([0, 1], 1, 2) }));
        Assert.Equal("terminal_rewards[0, 1]", Assert.Single(error.Faults).Path);
    }

    [Fact]
    public void Table_OfAMillionRows_IsBuilt()
    {
        const int States = 4, Actions = 500;
        var transitions = new double[States * Actions * Actions * States];
        transitions.AsSpan().Fill(1.0 / States);
        var table = UploadedGame.FromTable(new TableUpload
        {
            Rewards = new ShapedArray(new double[2 * States * Actions * Actions], 2, States, Actions, Actions),
            Transitions = new ShapedArray(transitions, States, Actions, Actions, States),
            Discount = 0.9,
        }).Table;
        Assert.Equal(4_000_000, table.TransitionCount);
        Assert.Equal((3, 0.25), (table.NextStates[^1], table.Probabilities[^1]));
    }

    /// <summary>One player, two states; action 0 stays, action 1 goes to the other state.</summary>
    private static TableUpload Sound() => new()
    {
        Rewards = new ShapedArray([1, 2, 3, 4], 1, 2, 2),
        Transitions = new ShapedArray([1, 0, 0, 1, 0, 1, 1, 0], 2, 2, 2),
        Horizon = 2,
    };
}
