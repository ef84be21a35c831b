using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Mean-field Q-learning: the published numbers, one step by hand, a slow reference, its limits.</summary>
public sealed class MeanFieldQTests
{
    private static readonly MeanFieldGame LeftRight = new Games.LeftRight(new Games.LeftRight.Options()).MeanField;

    [Fact]
    public void TwoSteps_OfLeftRight_AreAsByHand()
    {
        // The population halves, so that left pays -1/2 and right -1; then with x on the left -x and -2 (1 - x).
        var solver = Solver(LeftRight, new MeanFieldQ.Options());
        double first = 1 / (1 + Math.Exp(-.5)), second = 1 / (1 + Math.Exp(first - (2 * (1 - first))));
        var report = solver.Step(CancellationToken.None);
        Assert.Equal(first, solver.ReadSolution().Policies[0].Row(0, 0)[0], 15);
        Assert.Equal(Math.Abs(second - first), report.Residual, 15);
        double own = -((first * first) + (2 * (1 - first) * (1 - first))), best = Math.Max(-first, -2 * (1 - first));
        var metrics = new double[3];
        solver.ReadMetrics(metrics);
        Assert.Equal([best - own, own, 1], metrics, (x, y) => Math.Abs(x - y) < 1e-14);
        solver.Step(CancellationToken.None);
        Assert.Equal(second, solver.ReadSolution().Policies[0].Row(0, 0)[0], 15);
        Assert.Equal([0, second, 1 - second], solver.ReadSolution().Arrays["mean_field"].Data[3..], (x, y) => Math.Abs(x - y) < 1e-15);
    }

    [Theory]
    [InlineData(MeanFieldUpdate.Boltzmann)]
    [InlineData(MeanFieldUpdate.RelativeEntropy)]
    public void LeftRight_AtTemperature1_IsThePublishedFixedPoint(MeanFieldUpdate update)
    {
        // Recomputed from Cui and Koeppl 2021: pi(L) = .571151, exploitability .122886. The printed algorithm's default temperature is the same 1.
        var outcome = NormalForm.Run(Solver(LeftRight, new MeanFieldQ.Options { Update = update }));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(.571151, outcome.Solution.Policies[0].Row(0, 0)[0], 6);
        Assert.Equal(.122886, Last(outcome, "exploitability"), 6);
        Assert.Equal(Exploitability(LeftRight, outcome.Solution), Last(outcome, "exploitability"), 14);
    }

    [Theory]
    [InlineData(.7287656, true)]
    [InlineData(.7287654, false)]
    public void LeftRight_ConvergesAboveTheCriticalTemperatureOnly(double temperature, bool converges)
    {
        // The slope of the answer at the fixed point is -3 x (1 - x) / eta: it is -1 at eta = .7287655. Nearby, an iteration gains about 1e-7 of the rest.
        var options = new MeanFieldQ.Options { Update = MeanFieldUpdate.Boltzmann, Temperature = Schedule.Constant(temperature) };
        double x = FixedPoint(temperature);
        Assert.Equal(converges, 3 * x * (1 - x) / temperature < 1);
        var solver = Solver(LeftRight, options);
        solver.Start(new Solution { Policies = new PolicyProfile(LeftRight, MeanFieldPolicies.Mixed(LeftRight, x + 1e-6, 1 - x - 1e-6)) });
        double Distance()
        {
            for (int k = 0; k < 20_000; k++) solver.Step(CancellationToken.None);
            return Math.Abs(solver.ReadSolution().Policies[0].Row(0, 0)[0] - x);
        }

        double before = Distance(), after = Distance();
        Assert.Equal(converges, after < before);
    }

    [Theory]
    [InlineData(.7, MeanFieldUpdate.Boltzmann)]
    [InlineData(.1, MeanFieldUpdate.RelativeEntropy)]
    [InlineData(1, MeanFieldUpdate.BestResponse)]
    public void ATwoCycle_IsStoppedAndNotConverged(double temperature, MeanFieldUpdate update)
    {
        var outcome = NormalForm.Run(Solver(LeftRight, new MeanFieldQ.Options { Update = update, Temperature = Schedule.Constant(temperature), MaxIterations = 3000 }));
        Assert.Equal((SolveStatus.Stopped, "max_iterations"), (outcome.Status, outcome.StopReason));
        Assert.True(outcome.LastResidual > .1);
    }

    [Fact]
    public void Damping_FindsTheFixedPointThatThePlainIterationCirclesAround()
    {
        var outcome = NormalForm.Run(Solver(LeftRight, new MeanFieldQ.Options { Temperature = Schedule.Constant(.1), Damping = .05, MaxIterations = 10_000 }));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(FixedPoint(.1), outcome.Solution.Policies[0].Row(0, 0)[0], 9);
    }

    [Fact]
    public void PriorDescent_ReachesTheEquilibriumOfTheGame()
    {
        // Cui and Koeppl 2021: temperature 1, the prior renewed every 10 of 1000 iterations, reaches pi(L) = 2/3 to 1e-8.
        var options = new MeanFieldQ.Options { Update = MeanFieldUpdate.Boltzmann, Prior = PopulationPrior.LastPolicy, RenewalPeriod = 10, Tolerance = 1e-15 };
        var outcome = NormalForm.Run(Solver(LeftRight, options));
        Assert.Equal(2.0 / 3, outcome.Solution.Policies[0].Row(0, 0)[0], 1e-8);
        var early = NormalForm.Run(Solver(LeftRight, options with { Tolerance = 1e-6 }));
        Assert.Equal(SolveStatus.Converged, early.Status);
        Assert.InRange(Exploitability(LeftRight, early.Solution), 0, 1e-6);
    }

    [Theory]
    [InlineData(1.7, true)]
    [InlineData(1.6, false)]
    public void RockPaperScissors_ConvergesAboveAbout1point65(double temperature, bool converges)
    {
        var game = new Games.MeanFieldRockPaperScissors(new Games.MeanFieldRockPaperScissors.Options()).MeanField;
        var options = new MeanFieldQ.Options { Update = MeanFieldUpdate.Boltzmann, Temperature = Schedule.Constant(temperature), MaxIterations = 5000 };
        Assert.Equal(converges ? SolveStatus.Converged : SolveStatus.Stopped, NormalForm.Run(Solver(game, options)).Status);
    }

    [Theory]
    [InlineData(.1, .428383)]
    [InlineData(.2, 1.258949)]
    [InlineData(.5, 3.167598)]
    public void Epidemic_AfterFiveHundredIterations_IsAsPublished(double temperature, double exploitability)
    {
        var game = new Games.Epidemic(new Games.Epidemic.Options()).MeanField;
        var options = new MeanFieldQ.Options { Update = MeanFieldUpdate.Boltzmann, Temperature = Schedule.Constant(temperature), MaxIterations = 500 };
        Assert.Equal(exploitability, Last(NormalForm.Run(Solver(game, options)), "exploitability"), 6);
    }

    [Fact]
    public void Epidemic_AtTemperature0point05_Cycles()
    {
        var game = new Games.Epidemic(new Games.Epidemic.Options()).MeanField;
        var options = new MeanFieldQ.Options { Update = MeanFieldUpdate.Boltzmann, Temperature = Schedule.Constant(.05), MaxIterations = 2000 };
        Assert.Equal(SolveStatus.Stopped, NormalForm.Run(Solver(game, options)).Status);
    }

    [Fact]
    public void Crowd_FictitiousPlay_IsThePublishedBenchmark()
    {
        // OpenSpiel's crowd modelling with its cached values: uniform value 27.2158..., NashConv 2.8135...; fictitious play, 10 iterations, 0.991.
        var game = new Games.Crowd(new Games.Crowd.Options { MoveCost = Games.CrowdMoveCost.FirstPath }).MeanField;
        var solver = Solver(game, new MeanFieldQ.Options { Update = MeanFieldUpdate.FictitiousPlay, MaxIterations = 10 });
        var metric = new MeanFieldExploitability(game);
        var start = metric.Measure(solver.ReadSolution().Policies, CancellationToken.None);
        Assert.Equal(27.215850929940448, start.Values[0], 1e-12);
        Assert.Equal(2.8135365543870385, start.Gap, 1e-12);
        Assert.Equal(.991, Last(NormalForm.Run(solver), "exploitability"), 3);
    }

    private static double FixedPoint(double temperature)
    {
        double low = 0, high = 1; // the answer to x on the left falls with x
        for (int k = 0; k < 100; k++)
        {
            double x = (low + high) / 2;
            if (1 / (1 + Math.Exp((x - (2 * (1 - x))) / temperature)) > x) low = x;
            else high = x;
        }

        return low;
    }

    private static MeanFieldQ Solver(MeanFieldGame game, MeanFieldQ.Options options) => new(game, options, WorkCrew.Alone());

    private static double Exploitability(MeanFieldGame game, Solution solution) => new MeanFieldExploitability(game).Measure(solution.Policies, CancellationToken.None).Gap;

    private static double Last(SolveOutcome outcome, string column)
    {
        var rows = outcome.Trace.Rows;
        return rows.Data[((rows.Shape[0] - 1) * rows.Shape[1]) + outcome.Trace.Columns.IndexOf(column)];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RenewedPrior_IsThePolicyOfEveryRenewal_ByLoops(int period)
    {
        // With x on the left of the first decision left pays -x and right -2 (1 - x) at the second; the answer weighs the prior y by exp of that.
        var solver = Solver(LeftRight, new MeanFieldQ.Options { Update = MeanFieldUpdate.Boltzmann, Prior = PopulationPrior.LastPolicy, RenewalPeriod = period });
        double x = .5, y = .5;
        for (int k = 1; k <= 7; k++)
        {
            double left = y * Math.Exp(-x), right = (1 - y) * Math.Exp(-2 * (1 - x));
            x = left / (left + right);
            if (k % period == 0) y = x;
            solver.Step(CancellationToken.None);
            Assert.Equal(x, solver.ReadSolution().Policies[0].Row(0, 0)[0], 12);
        }
    }

    [Theory]
    [InlineData(MeanFieldUpdate.Boltzmann)]
    [InlineData(MeanFieldUpdate.RelativeEntropy)]
    public void PriorWithZeros_NeverPlaysThem_ByLoops(MeanFieldUpdate update)
    {
        var game = TestKit.RandomMeanFieldGames.Create(RandomStream.Create(4), 3, 3, 3);
        var slow = new SlowPopulation(game);
        var prior = new double[3, 3, 3];
        for (int row = 0; row < 9; row++) (prior[row / 3, row % 3, 0], prior[row / 3, row % 3, 2]) = (.25, .75); // the middle action is out
        var solver = Solver(game, new MeanFieldQ.Options { Update = update, Prior = PopulationPrior.Of(new ShapedArray([.25, 0, .75], 3)) });
        var expected = prior;
        for (int k = 0; k < 5; k++)
        {
            expected = slow.Answer(expected, prior, 1, update == MeanFieldUpdate.RelativeEntropy);
            solver.Step(CancellationToken.None);
            Assert.Equal(expected.Cast<double>(), solver.ReadSolution().Policies[0].Probabilities.ToArray(), (first, second) => Math.Abs(first - second) < 1e-12);
        }

        Assert.Equal(0, solver.ReadSolution().Policies[0].Row(1, 1)[1]);
        Assert.False(solver.ReadBounds()["temperature_gap"].PremiseHolds);
    }
}
