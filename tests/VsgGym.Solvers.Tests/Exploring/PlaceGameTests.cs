using VsgGym.Core;
using VsgGym.Games;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Tables that are no games of players on places of their own, refused with what shows it.</summary>
public sealed class PlaceGameTests
{
    [Fact]
    public void GamesWhosePlayersMeetInTheirMoves_AreRefusedWithThePremise()
    {
        foreach (var game in (StochasticGame[])[new GridCrossing(new GridCrossing.Options()).Table, new RabbitHole(new RabbitHole.Options()).Table, RandomGames.Create(new RandomGameShape(2, 4, 2, 3), 1)])
            Assert.Contains("every numbering has a player whose move depends on more than its place and action", Refusal(game), StringComparison.Ordinal);
    }

    [Fact]
    public void MovesThatDoNotTellWhoseTheyAre_NeedTheirPlacesNamed()
    {
        var builder = new StochasticGameBuilder(["a", "b"], 2, [2, 2]);
        for (int s = 0; s < 2; s++)
            for (int joint = 0; joint < 4; joint++) builder.AddTransition(s, joint, s, 1);
        Assert.Contains("the states fit several numbers of places, 1 x 2 and 2 x 1", Refusal(builder.BuildFiniteHorizon(2)), StringComparison.Ordinal);
    }

    [Fact]
    public void RewardOfThreeTogether_IsRefusedWithTheStateAndJointAction()
    {
        var builder = new StochasticGameBuilder(["a", "b", "c"], 1, [2, 2, 2]);
        builder.SetReward(1, 0, 7, 3);
        Assert.Contains("b's reward must be a sum of what it gets on its own and for meeting each other player, and is not in state 0 with joint action (1, 1, 1): 3 is not 0", Refusal(builder.BuildFiniteHorizon(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void StartsThatDependOnEachOther_AreRefused()
    {
        var builder = new StochasticGameBuilder(["a", "b"], 4, [2, 2]).WithInitial([.5, 0, 0, .5]);
        for (int s = 0; s < 4; s++)
            for (int joint = 0; joint < 4; joint++) builder.AddTransition(s, joint, joint, 1);
        Assert.Contains("must start independently: state 0 has probability 0.5, the product of the own places' is 0.25", Refusal(builder.BuildFiniteHorizon(2)), StringComparison.Ordinal);
    }

    private static string Refusal(StochasticGame game)
    {
        var error = Assert.Throws<VsgGymException>(() => new MgeFb(game, new MgeFb.Options()));
        Assert.Equal("not_factored", error.Faults[0].Reason);
        return error.Message;
    }
}
