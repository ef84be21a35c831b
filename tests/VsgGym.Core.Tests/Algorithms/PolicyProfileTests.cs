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

    [Fact]
    public void Correlated_HasTheMarginalsAsPolicies()
    {
        var game = new StochasticGameBuilder(["row", "column"], 1, [2, 2]).BuildFiniteHorizon(1);
        var profile = PolicyProfile.Correlated(game, new TabularPolicy([.5, .25, .25, 0], 1, 1, 4)); // chicken's best correlated equilibrium
        Assert.Equal([.75, .25], profile[0].Probabilities.ToArray());
        Assert.Equal([.75, .25], profile[1].Probabilities.ToArray());
        Assert.Equal([.5, .25, .25, 0], profile.Joint!.Probabilities.ToArray());
        Assert.Null(PolicyProfile.Uniform(game).Joint);
    }

    [Fact]
    public void Correlated_OfAnIllegalJointAction_NamesIt()
    {
        double[] table = [.. Enumerable.Range(0, 3).SelectMany(_ => (double[])[1, 0, 0, 0, 0, 0])];
        table[12] = 0;
        table[17] = 1; // in state 2 the row player's second action is forbidden
        var error = Assert.Throws<VsgGymException>(() => PolicyProfile.Correlated(Game, new TabularPolicy(table, 1, 3, 6)));
        Assert.Equal("joint_policy[0, 2, 5] = 1: an illegal joint action must have probability 0", error.Message);
    }

    [Fact]
    public void Correlated_OfTheWrongShape_NamesTheRightOne()
    {
        var error = Assert.Throws<VsgGymException>(() => PolicyProfile.Correlated(Game, new TabularPolicy([1, 0], 1, 1, 2)));
        Assert.Equal("joint_policy = [1, 1, 2]: must have shape [3, 2, 3] or [5, 3, 2, 3], with all joint actions", error.Message);
    }

    [Fact]
    public void Graph_TakesAnyRowWhereAPlayerDoesNotMove()
    {
        var graph = new FlowGraph(new FlowTables
        {
            Edges = [new FlowEdge(0, 1), new FlowEdge(0, 2), new FlowEdge(1, 3), new FlowEdge(2, 3)],
            Returns = new ShapedArray([0, 0, 0, 1, 0, 0, 0, 2], 2, 4),
            Owners = [0, 1, 0, 0],
        });
        var profile = PolicyProfile.Uniform(graph);
        Assert.Equal([.5, .5, .5, .5, 1, 0, .5, .5], profile[0].Probabilities.ToArray()); // node 1 is the other's, node 3 is terminal
        var error = Assert.Throws<VsgGymException>(() => new PolicyProfile(graph, profile[0], new TabularPolicy([.5, .5, .5, .5, .5, .5, .5, .5], 1, 4, 2)));
        Assert.Equal("policies.player_1[0, 1, 1] = 0.5: an illegal action must have probability 0", error.Message);
    }
}
