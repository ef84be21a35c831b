using VsgGym.Core;
using static VsgGym.Games.Tests.GridRows;

namespace VsgGym.Games.Tests;

public sealed class SoccerTests
{
    private const string KickOff = "A (0, 2), B (0, 1), ball B";
    private static readonly StochasticGame Table = new Soccer(new Soccer.Options()).Table;

    [Fact]
    public void KickOff_IsThePublishedState()
    {
        Assert.Equal((8 * 7 * 2) + 1, Table.StateCount);
        Assert.Equal(KickOff, Table.FirstState());
        Assert.Equal(0.9, Table.Discount);
    }

    [Fact]
    public void FreeMoves_DoNotDependOnTheOrder() =>
        Assert.Equal("A (1, 2), B (1, 1), ball B", Table.OnlyNextOf(KickOff, South, South));

    [Fact]
    public void Field_HasAnEdge() => Assert.Equal([false, true, true, true, true], Table.LegalActions(0, Table.State(KickOff)));

    [Fact]
    public void HolderThatRunsIntoTheFirstMover_LosesTheBall()
    {
        // Both to (1, 1) from (1, 2) and (0, 1): the first to move gets there, and the ball with it if the holder came second.
        Assert.Equal(
            [("A (1, 1), B (0, 1), ball A", .5), ("A (1, 2), B (1, 1), ball B", .5)],
            Table.NextOf("A (1, 2), B (0, 1), ball B", West, South));
        // A sticks: B loses the ball moving second, and keeps it moving first.
        Assert.Equal([("A (0, 2), B (0, 1), ball A", .5), (KickOff, .5)], Table.NextOf(KickOff, Stay, East));
    }

    [Fact]
    public void RunningIntoTheHolder_WinsNothing()
    {
        Assert.Equal(KickOff, Table.OnlyNextOf(KickOff, West, Stay));
        Assert.Equal([("A (0, 2), B (0, 1), ball A", .5), (KickOff, .5)], Table.NextOf(KickOff, West, East)); // the two run into each other
    }

    [Fact]
    public void CellLeftInTime_CanBeEntered() =>
        // A follows B: if B goes first A gets its cell, if A goes first it runs into B.
        Assert.Equal([("A (0, 1), B (1, 1), ball B", .5), ("A (0, 2), B (1, 1), ball B", .5)], Table.NextOf(KickOff, West, South));

    [Fact]
    public void AnyMover_LosesTheBallAlsoWhenFirst()
    {
        var table = new Soccer(new Soccer.Options { Collision = SoccerCollision.AnyMover }).Table;
        Assert.Equal("A (0, 2), B (0, 1), ball A", table.OnlyNextOf(KickOff, Stay, East));
        Assert.Equal(KickOff, table.OnlyNextOf(KickOff, West, Stay));
    }

    [Theory]
    [InlineData("A (0, 1), B (1, 2), ball A", West, Stay, 100)] // A into the goal it attacks
    [InlineData("A (0, 2), B (1, 1), ball A", East, Stay, -100)] // A into the other goal
    [InlineData("A (0, 1), B (1, 2), ball B", Stay, East, -100)]
    [InlineData("A (0, 2), B (0, 1), ball B", Stay, West, 100)]
    public void HolderInAGoal_EndsTheGame(string label, int first, int second, double reward)
    {
        Assert.Equal([reward, -reward], Table.RewardsOf(label, first, second));
        Assert.Empty(Table.NextOf(label, first, second));
    }

    [Fact]
    public void PlayerWithoutTheBall_ScoresNothingInAGoal() =>
        Assert.Equal("A (0, 0), B (1, 2), ball B", Table.OnlyNextOf("A (0, 1), B (1, 2), ball B", West, Stay));

    [Fact]
    public void GoalThatHangsOnTheOrder_IsPaidAsItsExpectation()
    {
        // B in the goal steps aside: if it goes first A scores, if A goes first it runs into B.
        const string Label = "A (0, 1), B (0, 0), ball A";
        Assert.Equal([50, -50], Table.RewardsOf(Label, West, South));
        Assert.Equal([("A (0, 1), B (1, 0), ball A", .5), ("over", .5)], Table.NextOf(Label, West, South));
        Assert.Equal([false, false, false, false, true], Table.LegalActions(0, Table.State("over")));
        Assert.Equal([0, 0], Table.RewardsOf("over", Stay, Stay));
        Assert.Empty(Table.NextOf("over", Stay, Stay));
    }

    [Fact]
    public void EveryRow_IsZeroSum()
    {
        for (int row = 0; row < Table.StateCount * Table.JointActionCount; row++) Assert.Equal(0, Table.Rewards(0)[row] + Table.Rewards(1)[row]);
    }

    [Fact]
    public void FirstBall_MayBeDrawn()
    {
        var table = new Soccer(new Soccer.Options { FirstBall = null }).Table;
        Assert.Equal((.5, .5), (table.Initial[table.State(KickOff)], table.Initial[table.State("A (0, 2), B (0, 1), ball A")]));
        Assert.Equal(1, new Soccer(new Soccer.Options { FirstBall = 0 }).Table.Initial[table.State("A (0, 2), B (0, 1), ball A")]);
    }

    // Exact minimax play by value iteration. Greenwald and Hall 2003 are said to report both players mixing sticking and south here: so it is, evenly, where a
    // holder loses the ball whenever it runs into the other; where it loses it only as the second mover, the holder mixes south and east.
    [Theory]
    [InlineData(SoccerCollision.AnyMover, -26.910299, new[] { .5, 0, 0, .5 }, new[] { .5, 0, 0, .5 })]
    [InlineData(SoccerCollision.SecondMover, -27.206344, new[] { .455407, 0, 0, .544593 }, new[] { .922830, .077170, 0, 0 })]
    public void MinimaxPlay_IsMixedAtTheKickOff(SoccerCollision collision, double value, double[] first, double[] second)
    {
        var table = new Soccer(new Soccer.Options { Collision = collision }).Table;
        var (values, policies) = Minimax(table);
        int start = table.State(KickOff);
        Assert.Equal(value, values[start], 1e-5);
        double[][] expected = [first, second];
        for (int p = 0; p < 2; p++)
            Assert.All(expected[p].Zip((int[])[South, East, West, Stay]), pair => Assert.Equal(pair.First, policies[p].Row(0, start)[pair.Second], 1e-5));
        var certificate = Solving.Nash(table, policies);
        Assert.Equal(0, certificate.Gap, 1e-7);
        Assert.Equal(value, certificate.Values[0], 1e-5);
    }

    /// <summary>Shapley's value iteration with exact matrix games.</summary>
    private static (double[] Values, PolicyProfile Policies) Minimax(StochasticGame table)
    {
        int states = table.StateCount, actions = GridRows.Stay + 1;
        double[] values = new double[states], next = new double[states];
        double[][] policies = [new double[states * actions], new double[states * actions]];
        double change = 1;
        for (int k = 0; k < 500 && change > 1e-11; k++)
        {
            foreach (double[] policy in policies) policy.AsSpan().Clear();
            for (int s = 0; s < states; s++)
            {
                int[] rows = [.. Enumerable.Range(0, actions).Where(a => table.IsLegal(0, s, a))], columns = [.. Enumerable.Range(0, actions).Where(a => table.IsLegal(1, s, a))];
                var stage = new double[rows.Length, columns.Length];
                for (int i = 0; i < rows.Length; i++)
                    for (int j = 0; j < columns.Length; j++) stage[i, j] = Payoff(table, s, table.JointAction([rows[i], columns[j]]), values);
                var (value, row, column) = Solving.ZeroSum(stage);
                next[s] = value;
                for (int i = 0; i < rows.Length; i++) policies[0][(s * actions) + rows[i]] = row[i];
                for (int j = 0; j < columns.Length; j++) policies[1][(s * actions) + columns[j]] = column[j];
            }

            change = values.Zip(next, (before, after) => Math.Abs(before - after)).Max();
            (values, next) = (next, values);
        }

        return (values, new PolicyProfile(table, [.. policies.Select(policy => new TabularPolicy(policy, 1, states, actions))]));
    }

    private static double Payoff(StochasticGame table, int state, int joint, double[] values)
    {
        int row = (state * table.JointActionCount) + joint;
        double payoff = table.Rewards(0)[row];
        for (int k = table.RowStarts[row]; k < table.RowStarts[row + 1]; k++) payoff += table.Discount * table.Probabilities[k] * values[table.NextStates[k]];
        return payoff;
    }
}
