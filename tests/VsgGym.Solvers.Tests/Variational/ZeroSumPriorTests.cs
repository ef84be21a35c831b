using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Priors of zero-sum inference: with zeros, learned, and faulty.</summary>
public sealed class ZeroSumPriorTests
{
    [Theory]
    [InlineData(ZeroSumForm.Independent)]
    [InlineData(ZeroSumForm.Reacting)]
    public void PriorWithZeros_ForbidsTheirActions(ZeroSumForm form)
    {
        // Three actions each; the agent's first and the opponent's last are out, so that the game left is [[3, -1], [-2, 1]].
        double[,] full = { { 9, 9, 9 }, { 3, -1, -9 }, { -2, 1, -9 } }, left = { { 3, -1 }, { -2, 1 } };
        var options = new ZeroSumInference.Options { Form = form, InverseTemperature = 1.5, OpponentInverseTemperature = .6, InnerIterations = 1000, Tolerance = 1e-12 };
        var given = Solve(NormalForm.Create(full, Minus(full)), options with { Prior = OpponentPrior.Of([[0, .3, .7]], [[.8, .2, 0]]) }).Solution;
        var within = Solve(NormalForm.Create(left, Minus(left)), options with { Prior = OpponentPrior.Of([[.3, .7]], [[.8, .2]]) }).Solution;
        Assert.Equal(within.Values[0].Data[0], given.Values[0].Data[0], 1e-9);
        Assert.Equal([0, .. within.Policies[0].Row(0, 0)], given.Policies[0].Row(0, 0).ToArray(), (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal([.. within.Policies[1].Row(0, 0), 0], given.Policies[1].Row(0, 0).ToArray(), (x, y) => Math.Abs(x - y) < 1e-9);

        // And by the two conditions themselves, x ~ p exp(beta Q y) and y ~ q exp(-lambda x Q), or the opponent's answer to each action.
        double[] x = given.Policies[0].Row(0, 0)[1..].ToArray(), y = given.Policies[1].Row(0, 0)[..2].ToArray();
        double[] Soft(double[] prior, double beta, Func<int, double> value)
        {
            double[] weights = [.. prior.Select((weight, k) => weight * Math.Exp(beta * value(k)))];
            return [.. weights.Select(weight => weight / weights.Sum())];
        }

        if (form == ZeroSumForm.Independent)
        {
            Assert.Equal(Soft([.3, .7], 1.5, a => (y[0] * left[a, 0]) + (y[1] * left[a, 1])), x, (first, second) => Math.Abs(first - second) < 1e-9);
            Assert.Equal(Soft([.8, .2], -.6, b => (x[0] * left[0, b]) + (x[1] * left[1, b])), y, (first, second) => Math.Abs(first - second) < 1e-9);
        }
        else
        {
            double Value(int a) => -Math.Log((.8 * Math.Exp(-.6 * left[a, 0])) + (.2 * Math.Exp(-.6 * left[a, 1]))) / .6;
            Assert.Equal(Soft([.3, .7], 1.5, Value), x, (first, second) => Math.Abs(first - second) < 1e-9);
            double[] reactions = [.. Enumerable.Range(0, 2).Select(a => Soft([.8, .2], -.6, b => left[a, b])[0])];
            Assert.Equal((x[0] * reactions[0]) + (x[1] * reactions[1]), y[0], 1e-9);
        }
    }

    [Fact]
    public void EmpiricalPrior_IsTheMeanOfAllPlay_ByLoops()
    {
        double[,] first = { { 3, -1 }, { -2, 1 } };
        var solver = new ZeroSumInference(NormalForm.Create(first, Minus(first)), new ZeroSumInference.Options { Form = ZeroSumForm.Reacting, InverseTemperature = .9, OpponentInverseTemperature = .4, Prior = OpponentPrior.Empirical }, WorkCrew.Alone());
        double p = .5, q = .5; // chances of the first actions
        for (int k = 1; k <= 5; k++)
        {
            double[] reactions = [.. Enumerable.Range(0, 2).Select(a => q * Math.Exp(-.4 * first[a, 0]) / ((q * Math.Exp(-.4 * first[a, 0])) + ((1 - q) * Math.Exp(-.4 * first[a, 1]))))];
            double[] values = [.. Enumerable.Range(0, 2).Select(a => -Math.Log((q * Math.Exp(-.4 * first[a, 0])) + ((1 - q) * Math.Exp(-.4 * first[a, 1]))) / .4)];
            double x = p * Math.Exp(.9 * values[0]) / ((p * Math.Exp(.9 * values[0])) + ((1 - p) * Math.Exp(.9 * values[1]))), y = (x * reactions[0]) + ((1 - x) * reactions[1]);
            solver.Step(CancellationToken.None);
            Assert.Equal(x, solver.ReadSolution().Policies[0].Row(0, 0)[0], 1e-12);
            Assert.Equal(y, solver.ReadSolution().Policies[1].Row(0, 0)[0], 1e-12);
            (p, q) = (p + ((x - p) / (k + 1)), q + ((y - q) / (k + 1)));
        }
    }

    [Fact]
    public void PriorsThatDoNotFit_AreAllNamed()
    {
        var game = NormalForm.Create(new double[2, 2], new double[2, 2]);
        Fault[] Faults(OpponentPrior prior) => [.. Assert.Throws<VsgGymException>(() => Solve(game, new ZeroSumInference.Options { Prior = prior })).Faults];
        Assert.Equal(("options.prior", "1 entries", "wrong_shape"), Only(Faults(OpponentPrior.Of([[[.5, .5]]]))));
        Assert.Equal(("options.prior[0]", "2 rows", "wrong_shape"), Only(Faults(OpponentPrior.Of([[.5, .5], [.5, .5]], [[.5, .5]]))));
        Assert.Equal(("options.prior[1][0]", "1", "bad_sum"), Only(Faults(OpponentPrior.Of([[.5, .5]], [[1]]))));
        Assert.Equal(("options.prior[0][0]", "NaN, 1", "bad_sum"), Only(Faults(OpponentPrior.Of([[double.NaN, 1]], [[.5, .5]]))));
        Assert.Equal(("options.prior[0][0]", "-0.5, 1.5", "bad_sum"), Only(Faults(OpponentPrior.Of([[-.5, 1.5]], [[.5, .5]]))));
        Assert.Equal(["options.prior[0][0]", "options.prior[1][0]"], Faults(OpponentPrior.Of([[.6, .5]], [[.6, .3]])).Select(fault => fault.Path));
        var forbidding = new StochasticGameBuilder(["player_0", "player_1"], 1, [2, 2]).Forbid(0, 0, 1).BuildFiniteHorizon(1);
        var fault = Assert.Single(Assert.Throws<VsgGymException>(() => Solve(forbidding, new ZeroSumInference.Options { Prior = OpponentPrior.Of([[.5, .5]], [[.5, .5]]) })).Faults);
        Assert.Equal(("options.prior[0][0][1]", "0.5", "illegal_action"), (fault.Path, fault.Value, fault.Reason));
        static (string, string, string) Only(Fault[] faults) => (Assert.Single(faults).Path, faults[0].Value, faults[0].Reason);
    }

    private static SolveOutcome Solve(StochasticGame game, ZeroSumInference.Options options) => NormalForm.Run(new ZeroSumInference(game, options, WorkCrew.Alone()));

    private static double[,] Minus(double[,] matrix)
    {
        var minus = new double[matrix.GetLength(0), matrix.GetLength(1)];
        for (int k = 0; k < minus.Length; k++) minus[k / minus.GetLength(1), k % minus.GetLength(1)] = 0 - matrix[k / minus.GetLength(1), k % minus.GetLength(1)];
        return minus;
    }
}
