using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>A quantal response equilibrium that is no solver's own answer is a fixed point of every method that aims at one.</summary>
public sealed class KnownEquilibriumTests
{
    // Zero-sum: the first row pays 0, the second -1 against the first column. With p and q the chances of the first row and column, the row's advantage is q and the
    // column's 1 - p, so p = s(lambda q) and q = s(lambda (1 - p)), s the logistic function.
    private static readonly double[,] First = { { 0, 0 }, { -1, 0 } }, Second = { { 0, 0 }, { 1, 0 } };

    public static TheoryData<string, double, double?, string> Methods => new()
    {
        { "mge_f", 2, null, """{"inverse_temperature": 2, "damping": 0.7}""" },
        { "mge_i", 2, .5, """{"inverse_temperature": 2, "damping": 0.7}""" },
        { "mge_fb", 2, null, """{"inverse_temperature": 2, "damping": 0.7}""" },
        { "mce", 2, null, """{"inverse_temperature": 2, "damping": 0.7}""" },
        { "logit_qre", 2, null, """{"inverse_temperature": 2}""" },
        { "logit_qre", 3, .5, """{"inverse_temperature": 3}""" },
        { "flow_equilibrium", 1, null, """{"damping": 0.7}""" },
        { "vpg", 2, null, """{"temperature": 0.5, "policy_form": "independent", "learning_rate": 0.3}""" },
        { "vpg", 2, .5, """{"temperature": 0.5, "policy_form": "independent", "learning_rate": 0.2}""" },
        { "correlated_inference", 2, null, """{"temperature": 0.5, "policy_form": "independent", "learning_rate": 0.3, "signals": 3}""" },
        { "zero_sum_inference", 2, null, """{"inverse_temperature": 2, "opponent_inverse_temperature": 2}""" },
        { "zero_sum_inference", 2, .5, """{"inverse_temperature": 2, "opponent_inverse_temperature": 2}""" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void LogitEquilibriumByBisection_IsAFixedPoint(string id, double lambda, double? discount, string options)
    {
        var (p, q) = Bisect(lambda);
        var game = NormalForm.Create(First, Second, discount);
        var solver = SolverCase.Entries.CreateSolver(id, game, options, RandomStream.Create(1));
        ((IWarmStart)solver).Start(new Solution { Policies = Profile(game, p, q) });
        double residual = double.NaN;
        for (int k = 0; k < 40; k++) // the values of a discounted game may have to settle
        {
            residual = solver.Step(CancellationToken.None).Residual;
            Assert.Equal(p, solver.ReadSolution().Policies[0].Row(0, 0)[0], 1e-9);
            Assert.Equal(q, solver.ReadSolution().Policies[1].Row(0, 0)[0], 1e-9);
        }

        Assert.InRange(residual, 0, 1e-8);

        // Elsewhere it moves, or says that it is not there.
        solver = SolverCase.Entries.CreateSolver(id, game, options, RandomStream.Create(1));
        ((IWarmStart)solver).Start(new Solution { Policies = Profile(game, 1 - p, 1 - q) });
        var report = solver.Step(CancellationToken.None);
        Assert.True(report.Residual > .01 || Math.Abs(solver.ReadSolution().Policies[0].Row(0, 0)[0] - (1 - p)) > .01, $"{report}");
    }

    [Fact]
    public void Bisection_GivesGambitsNumbers()
    {
        var (p, q) = Bisect(2);
        Assert.Equal((.772677, .611743), (Math.Round(p, 6), Math.Round(q, 6)));
    }

    private static (double Row, double Column) Bisect(double lambda)
    {
        static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
        double low = 0, high = 1; // p - s(lambda s(lambda (1 - p))) grows with p
        for (int k = 0; k < 200; k++)
        {
            double p = (low + high) / 2;
            if (Logistic(lambda * Logistic(lambda * (1 - p))) > p) low = p;
            else high = p;
        }

        return (low, Logistic(lambda * (1 - low)));
    }

    private static PolicyProfile Profile(StochasticGame game, double p, double q) => new(game, new TabularPolicy([p, 1 - p], 1, 1, 2), new TabularPolicy([q, 1 - q], 1, 1, 2));
}
