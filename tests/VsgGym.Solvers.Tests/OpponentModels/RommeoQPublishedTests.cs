using VsgGym.Core;
using VsgGym.Numerics;
using Xunit.Abstractions;

namespace VsgGym.Solvers.Tests;

/// <summary>ROMMEO-Q against the published climbing curves.</summary>
public sealed class RommeoQPublishedTests(ITestOutputHelper output)
{
    private static readonly int[] Marks = [10, 30, 40, 50, 60, 100, 300];
    private static readonly StochasticGame Climbing = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);

    // Tian et al. 2019, Fig. 1b: 100 trials of the climbing game, read off the curve.
    [Fact]
    public void Climbing_OverHundredSeeds_FollowsThePublishedCurve()
    {
        double[] curve = Curve(new RommeoQ.Options());
        double[] published = [.11, .09, .11, .66, .94, .97, .98];
        output.WriteLine($"ROMMEO-Q P(A,A) at {string.Join("/", Marks)}: {string.Join(" ", curve.Select(p => $"{p:F3}"))}");
        Assert.True(curve[^1] >= .96, $"P(A,A) at episode 300 is {curve[^1]}");
        for (int k = 0; k < Marks.Length; k++) Assert.InRange(curve[k], published[k] - .1, published[k] + .1);
    }

    [Fact]
    public void Climbing_WithTheEmpiricalModel_StaysBelowOneFifth()
    {
        double[] curve = Curve(new RommeoQ.Options { RhoMode = RhoMode.Empirical });
        double[] published = [.11, .10, .11, .13, .12, .12, .12];
        output.WriteLine($"ROMMEO-Q-EMP P(A,A) at {string.Join("/", Marks)}: {string.Join(" ", curve.Select(p => $"{p:F3}"))}");
        Assert.True(curve[^1] < .2, $"P(A,A) at episode 300 is {curve[^1]}");
        for (int k = 0; k < Marks.Length; k++) Assert.InRange(curve[k], published[k] - .08, published[k] + .08);
    }

    [Fact]
    public void Climbing_WithoutTheHotPhase_MostlyMissesTheOptimum()
    {
        double[] curve = Curve(new RommeoQ.Options { Temperature = Schedule.Constant(1) }, seeds: 1000);
        output.WriteLine($"temperature 1, P(A,A): {string.Join(" ", curve.Select(p => $"{p:F3}"))}");
        Assert.InRange(curve[^1], .15, .25);
    }

    private static double[] Curve(RommeoQ.Options options, int seeds = 100)
    {
        var mean = new double[Marks.Length];
        for (ulong seed = 0; seed < (ulong)seeds; seed++)
        {
            var solver = new RommeoQ(Climbing, options, RandomStream.Create(seed));
            int first = solver.MetricNames.ToList().IndexOf("policy.player_0.A"), second = solver.MetricNames.ToList().IndexOf("policy.player_1.A");
            var metrics = new double[solver.MetricNames.Count];
            for (int episode = 1; episode <= Marks[^1]; episode++)
            {
                solver.Step(CancellationToken.None);
                int mark = Array.IndexOf(Marks, episode);
                if (mark < 0) continue;
                solver.ReadMetrics(metrics);
                mean[mark] += metrics[first] * metrics[second] / seeds;
            }
        }

        return mean;
    }
}
