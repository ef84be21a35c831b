using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class PublicGoodsTests
{
    [Theory]
    [InlineData(2, 1.5, 1)]
    [InlineData(4, 2, 1)]
    [InlineData(3, 2.5, 4)]
    public void Reward_IsTheShareOfThePotLessTheOwnContribution(int players, double multiplier, int levels)
    {
        var table = new PublicGoods(new PublicGoods.Options { Players = players, Multiplier = multiplier, Levels = levels }).Table;
        Assert.Equal((int)Math.Pow(levels + 1, players), table.JointActionCount);
        for (int joint = 0; joint < table.JointActionCount; joint++)
        {
            int[] given = [.. Enumerable.Range(0, players).Select(p => int.Parse(table.ActionLabels[p][table.ActionOf(p, joint)]))];
            for (int p = 0; p < players; p++) Assert.Equal((multiplier * given.Sum() / players) - given[p], table.Rewards(p)[joint], 1e-12);
        }
    }

    [Fact]
    public void Dilemma_HasGivingNothingAsItsOnlyPureEquilibrium_AndGivingAllPaysMore()
    {
        var table = new PublicGoods(new PublicGoods.Options()).Table;
        Assert.Equal(["0,0,0,0"], Equilibria.Pure(table));
        Assert.Equal(0, table.Rewards(3)[0]);
        Assert.Equal(1, table.Rewards(3)[^1]);
    }

    [Fact]
    public void MultiplierAboveTheNumberOfPlayers_MakesGivingAllTheOnlyPureEquilibrium() =>
        Assert.Equal(["2,2,2"], Equilibria.Pure(new PublicGoods(new PublicGoods.Options { Players = 3, Multiplier = 3.5, Levels = 2 }).Table));

    [Fact]
    public void Play_PaysTheFreeRiderMost()
    {
        var play = Play.Start(new PublicGoods(new PublicGoods.Options()));
        play.Step(1, 1, 0, 1);
        Assert.Equal([0.5, 0.5, 1.5, 0.5], play.Rewards());
    }

    [Theory]
    [InlineData("""{"players": 20, "levels": 1}""", null)]
    [InlineData("""{"players": 20, "levels": 2}""", "game.options.players = 20 players of 3 actions: the joint actions, 3^20, must not exceed 1048576")]
    [InlineData("""{"players": 20, "levels": 100}""", "game.options.players = 20 players of 101 actions: the joint actions, 101^20, must not exceed 1048576")]
    public void JointActions_AreCountedBeforeTheTableIsMade(string options, string? message)
    {
        var error = Record.Exception(() => Catalog.Scan([typeof(PublicGoods).Assembly]).CreateGame("public_goods-v0", options));
        Assert.Equal(message, error?.Message);
    }
}
