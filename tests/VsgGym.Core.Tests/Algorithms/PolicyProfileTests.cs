namespace VsgGym.Core.Tests;

public sealed class PolicyProfileTests
{
    private static readonly StochasticGame Game = Play.Table();

    [Fact]
    public void Uniform_OfATableWithForbiddenActions_SpreadsOverTheLegalOnes()
    {
        var profile = PolicyProfile.Uniform(Game);
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 1, 0], profile[0].Probabilities.ToArray());
        Assert.Equal([0.5, 0.5, 0], profile[1].Row(3, 1).ToArray());
    }

    [Fact]
    public void Profile_OfTheWrongCount_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => new PolicyProfile(Game, PolicyProfile.Uniform(Game)[0]));
        Assert.Equal("policies = 1: one policy per player is needed: row, column", error.Message);
    }

    [Fact]
    public void Profile_OfEveryFault_ListsAllAtOnce()
    {
        var illegal = new TabularPolicy([1, 0, 1, 0, 0.5, 0.5], 1, 3, 2);
        var wrong = new TabularPolicy([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0], 2, 3, 3);
        var error = Assert.Throws<VsgGymException>(() => new PolicyProfile(Game, illegal, wrong));
        Assert.Equal(
            [
                "policies.row[0, 2, 1] = 0.5: an illegal action must have probability 0",
                "policies.column = [2, 3, 3]: must have shape [3, 3] or [5, 3, 3]",
            ],
            error.Faults.Select(fault => fault.ToString()));
    }
}
