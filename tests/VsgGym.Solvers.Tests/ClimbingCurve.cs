using System.Globalization;
using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>A method on the climbing game over 100 seeds: the mean probability of (A,A) and the mean reward at the episodes of the published figure.</summary>
/// <param name="Optimum">P(A,A), the product of both players' probabilities, by mark.</param>
/// <param name="Rewards">Reward by mark, mean over seeds and the ten episodes up to the mark.</param>
internal sealed record ClimbingCurve(double[] Optimum, double[] Rewards)
{
    public static readonly int[] Marks = [10, 30, 40, 50, 60, 100, 300];
    public static readonly StochasticGame Game = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);
    private const int Seeds = 100, Window = 10;

    public static ClimbingCurve Of(Func<ulong, IAlgorithm> create)
    {
        var curve = new ClimbingCurve(new double[Marks.Length], new double[Marks.Length]);
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var solver = create(seed);
            int first = solver.MetricNames.ToList().IndexOf("policy.player_0.A"), second = solver.MetricNames.ToList().IndexOf("policy.player_1.A");
            var metrics = new double[solver.MetricNames.Count];
            for (int episode = 1; episode <= Marks[^1]; episode++)
            {
                solver.Step(CancellationToken.None);
                solver.ReadMetrics(metrics);
                int next = Array.FindIndex(Marks, mark => mark >= episode);
                if (Marks[next] - episode < Window) curve.Rewards[next] += metrics[0] / Seeds / Window;
                if (Marks[next] == episode) curve.Optimum[next] += metrics[first] * metrics[second] / Seeds;
            }
        }

        return curve;
    }

    public override string ToString() =>
        $"P(A,A) {Text(Optimum)}; reward {Text(Rewards)}";

    private static string Text(double[] values) => string.Join(' ', values.Select(value => value.ToString("F3", CultureInfo.InvariantCulture)));
}
