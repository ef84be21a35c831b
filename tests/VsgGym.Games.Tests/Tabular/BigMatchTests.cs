using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class BigMatchTests
{
    private const int Open = 0, Won = 1, Lost = 2;

    [Fact]
    public void Rules_AreBlackwellAndFergusons()
    {
        // Blackwell and Ferguson 1968: predicting 0 goes on and scores if the choice is 0; predicting 1 decides all days by today's choice.
        var table = new BigMatch(new BigMatch.Options { Normalize = false }).Table;
        Assert.Equal([1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0], table.Rewards(0));
        Assert.Equal(table.Rewards(0).ToArray().Select(reward => 0 - reward), table.Rewards(1).ToArray());
        Assert.Equal([Open, Open, Lost, Won, Won, Won, Won, Won, Lost, Lost, Lost, Lost], table.NextStates);
        Assert.All(table.Probabilities.ToArray(), probability => Assert.Equal(1, probability));
        Assert.Equal(["open", "won", "lost"], table.StateLabels.ToArray());
        Assert.All(table.Rewards(1).ToArray(), reward => Assert.False(reward == 0 && double.IsNegative(reward)));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Value_IsOneHalf_ForEveryDiscount(double discount)
    {
        var table = new BigMatch(new BigMatch.Options { Discount = discount }).Table;
        double[] values = new double[3];
        for (int t = 0; t < 40 / (1 - discount); t++) values = Iterate(table, values, discount); // Shapley 1953: a contraction by the discount
        Assert.Equal(0.5, values[Open], 1e-12);
        Assert.Equal(1, values[Won], 1e-12);
        Assert.Equal(0, values[Lost], 1e-12);
        var (value, row, column) = Solve(Stage(table, Open, values, discount));
        Assert.Equal(0.5, value, 1e-12);
        Assert.Equal((1 - discount) / (2 - discount), row, 1e-12);
        Assert.Equal(0.5, column, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Value_IsOneHalf_ForEveryHorizon(int horizon)
    {
        var table = new BigMatch(new BigMatch.Options { Horizon = horizon, Discount = null }).Table;
        double[] values = new double[3];
        for (int left = 1; left <= horizon; left++)
        {
            var (_, row, column) = Solve(Stage(table, Open, values, 1));
            Assert.Equal(1.0 / (1 + left), row, 1e-12);
            Assert.Equal(0.5, column, 1e-12);
            values = Iterate(table, values, 1);
        }

        Assert.Equal(0.5, values[Open], 1e-12);
        Assert.Equal(1, values[Won], 1e-12);
    }

    [Fact]
    public void StationaryOptimum_GuaranteesOneHalf_AgainstEveryPureStationaryChooser()
    {
        const double Discount = 0.9, Dare = (1 - Discount) / (2 - Discount);
        var table = new BigMatch(new BigMatch.Options { Discount = Discount }).Table;
        for (int choice = 0; choice < 2; choice++)
        {
            // v = dare * (right ? 1 : 0) + (1 - dare) * ((1 - discount) * (choice is 0) + discount * v), since a closed game is worth 1 or 0
            double value = 0;
            for (int t = 0; t < 1000; t++)
                value = (Dare * (table.Rewards(0)[2 + choice] + (choice == 1 ? Discount : 0))) + ((1 - Dare) * (table.Rewards(0)[choice] + (Discount * value)));
            Assert.Equal(0.5, value, 1e-12);
        }
    }

    [Fact]
    public void Features_TellWhetherTheGameIsClosedAndWon()
    {
        var play = Play.Start(new BigMatch(new BigMatch.Options { Observation = ObservationForm.Features }));
        Assert.Equal([0f, 0f], play.Worlds.BoxObservations(0).ToArray());
        play.Step(1, 1);
        Assert.Equal([1f, 1f], play.Worlds.BoxObservations(1).ToArray());
        play.Reset();
        play.Step(1, 0);
        Assert.Equal([1f, 0f], play.Worlds.BoxObservations(0).ToArray());
        play.Step(0, 0);
        Assert.Equal([1f, 0f], play.Worlds.BoxObservations(0).ToArray());
        Assert.Equal([0, 0], play.Rewards());
    }

    private static double[] Iterate(StochasticGame table, double[] values, double discount) =>
        [.. Enumerable.Range(0, 3).Select(state => Solve(Stage(table, state, values, discount)).Value)];

    /// <summary>The predictor's matrix of a state, rewards now plus values later, by prediction and choice.</summary>
    private static double[] Stage(StochasticGame table, int state, double[] values, double discount) =>
        [.. Enumerable.Range(4 * state, 4).Select(row => table.Rewards(0)[row] + (discount * values[table.NextStates[row]]))];

    /// <summary>A 2x2 zero-sum game: its value, and both players' probability of action 1 (0 where a pure saddle point settles it).</summary>
    private static (double Value, double Row, double Column) Solve(double[] m)
    {
        double lower = Math.Max(Math.Min(m[0], m[1]), Math.Min(m[2], m[3])), upper = Math.Min(Math.Max(m[0], m[2]), Math.Max(m[1], m[3]));
        if (lower >= upper) return (lower, 0, 0);
        double sum = m[0] + m[3] - m[1] - m[2];
        return (((m[0] * m[3]) - (m[1] * m[2])) / sum, (m[0] - m[1]) / sum, (m[0] - m[2]) / sum);
    }
}
