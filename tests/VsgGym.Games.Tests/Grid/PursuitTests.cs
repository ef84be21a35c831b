using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class PursuitTests
{
    private const int Nodes = 9;
    private const int Up = 1, Right = 2, Down = 3, Left = 4;

    [Fact]
    public void Graph_HasTheTwelveEdgesOfTheGridAndALoopPerNode()
    {
        // Etesami and Straehle 2020, section 7: the 3x3 grid with self-loops; its 12 edges, listed by hand.
        (int, int)[] edges = [(0, 1), (1, 2), (3, 4), (4, 5), (6, 7), (7, 8), (0, 3), (3, 6), (1, 4), (4, 7), (2, 5), (5, 8)];
        var table = new Pursuit(new Pursuit.Options()).Table;
        var found = new HashSet<(int, int)>();
        for (int from = 0; from < Nodes; from++)
            for (int action = 0; action < 5; action++)
                if (table.IsLegal(0, from * Nodes, action)) found.Add((from, Next(table, from * Nodes, action, 0) / Nodes));
        var expected = edges.Concat(edges.Select(e => (e.Item2, e.Item1))).Concat(Enumerable.Range(0, Nodes).Select(n => (n, n)));
        Assert.Equal(expected.Order(), found.Order());
    }

    [Fact]
    public void BothPlayers_MoveOnTheSameGraph()
    {
        var table = new Pursuit(new Pursuit.Options()).Table;
        for (int hunter = 0; hunter < Nodes; hunter++)
            for (int prey = 0; prey < Nodes; prey++)
                Assert.Equal(table.LegalActions(0, (prey * Nodes) + hunter), table.LegalActions(1, (hunter * Nodes) + prey));
    }

    [Fact]
    public void Corner_ForbidsTheMovesOffTheGrid() =>
        Assert.Equal([true, false, true, true, false], new Pursuit(new Pursuit.Options()).Table.LegalActions(0, 0));

    [Fact]
    public void Neighbors_MaySwapPlaces()
    {
        var play = Play.Start(new Pursuit(new Pursuit.Options { HunterStart = 4, PreyStart = 5 }));
        play.Step(Right, Left);
        Assert.Equal((5 * Nodes) + 4, play.Worlds.DiscreteObservations(0)[0]);
        Assert.Equal([0, 0], play.Rewards());
    }

    [Fact]
    public void Reward_IsOnTheStateBeforeTheMove()
    {
        var play = Play.Start(new Pursuit(new Pursuit.Options { HunterStart = 4, PreyStart = 4 }));
        play.Step(Up, Down);
        Assert.Equal([0.4, -0.4], play.Rewards());
        play.Step(0, 0);
        Assert.Equal([0, 0], play.Rewards());
    }

    [Fact]
    public void SharingANodeThroughout_ScoresEveryDecisionAndTheLastState()
    {
        var play = Play.Start(new Pursuit(new Pursuit.Options { HunterStart = 0, PreyStart = 0 }));
        double score = 0;
        for (int t = 0; t < 22; t++)
        {
            Assert.True(play.Worlds.Live(0)[0]);
            play.Step(0, 0);
            score += play.Rewards()[0];
        }

        Assert.Equal(0.4 * 23, score, 1e-12);
        Assert.True(play.Worlds.Terminated(0)[0] && play.Worlds.Terminated(1)[0]);
    }

    [Fact]
    public void Bounds_HoldTheLastStep()
    {
        var spec = new Pursuit(new Pursuit.Options()).CreateEnvironment().Spec;
        Assert.Equal((-0.8, 0.8), (spec.LowestReward, spec.HighestReward));
    }

    [Fact]
    public void Start_IsUniformOverAllStates() =>
        Assert.All(new Pursuit(new Pursuit.Options()).Table.Initial.ToArray(), p => Assert.Equal(1.0 / 81, p, 1e-15));

    [Fact]
    public void Start_GivenForOneSeat_LeavesTheOtherRandom()
    {
        var initial = new Pursuit(new Pursuit.Options { PreyStart = 2 }).Table.Initial;
        for (int s = 0; s < Nodes * Nodes; s++) Assert.Equal(s % Nodes == 2 ? 1.0 / 9 : 0, initial[s], 1e-15);
    }

    [Fact]
    public void IllegalMove_IsRefusedWithTheLegalOnes()
    {
        var play = Play.Start(new Pursuit(new Pursuit.Options { HunterStart = 0, PreyStart = 8 }));
        var error = Assert.Throws<VsgGymException>(() => play.Step(Up, 0));
        Assert.Equal("actions.hunter[0] = 1: is illegal in this state; legal: 0, 2, 3", error.Message);
    }

    private static int Next(StochasticGame table, int state, int hunter, int prey)
    {
        int row = (state * table.JointActionCount) + table.JointAction([hunter, prey]);
        Assert.Equal(1, table.RowStarts[row + 1] - table.RowStarts[row]);
        Assert.Equal(1.0, table.Probabilities[table.RowStarts[row]]);
        return table.NextStates[table.RowStarts[row]];
    }
}
