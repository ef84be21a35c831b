using System.Globalization;
using VsgGym.Client;

namespace VsgGym.Server.Verbs.Demo;

/// <summary>Solves the climbing game with ROMMEO-Q and with its ablation, over several seeds, and draws how they learn.</summary>
internal sealed class ClimbingScene(DemoConsole console, VsgGymClient client)
{
    private const string Game = "climbing-v0";
    private const string Solver = "rommeo_q";
    private const int Episodes = 300;
    private const int Seeds = 20;
    private const int AtOnce = 4;

    // Where the curve is measured: close together while the temperature falls, wide apart after.
    private static readonly int[] Checkpoints = [1, 10, 20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80, 100, 150, 200, 250, Episodes];

    private static readonly (string Name, string Mode)[] Variants = [("ROMMEO-Q", "rommeo"), ("ablation: model = empirical frequencies", "empirical")];

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        console.Heading($"2. Solve: {Game} by {Solver}, {Seeds} seeds, and its ablation");
        console.Say("Two players pick A, B or C and share the payoff: 11 for (A, A), 7 for (B, B), 5 for (C, C), but -30 if one picks A and the other B.");
        console.Say("ROMMEO-Q models what the other would do if it too went for the optimum; the ablation models it by the frequencies seen so far.");
        console.Say();
        var curves = new List<ChartSeries>();
        var solutions = new List<Solution>();
        foreach (var (name, mode) in Variants)
        {
            var runs = new Solution[Seeds][];
            await console.ProgressAsync(name, Seeds, done => Parallel.ForEachAsync(
                Enumerable.Range(0, Seeds),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (seed, stop) =>
                {
                    runs[seed] = await SolveAsync(mode, (ulong)seed, stop).ConfigureAwait(false);
                    done();
                })).ConfigureAwait(false);
            curves.Add(new ChartSeries(name, [.. Enumerable.Range(0, Checkpoints.Length).Select(k => runs.Average(run => BothPlayA(run[k])))]));
            solutions.Add(runs[0][^1]);
        }

        Report(curves, solutions);
    }

    // A shorter solve with the same seed is the beginning of the longer one, so these are points on one curve.
    private async Task<Solution[]> SolveAsync(string mode, ulong seed, CancellationToken cancellationToken)
    {
        var points = new Solution[Checkpoints.Length];
        for (int k = 0; k < points.Length; k++)
        {
            var options = new Options { ["episodes"] = Checkpoints[k], ["rho_mode"] = mode };
            points[k] = await client.SolveAsync(Game, Solver, options, new SolveSettings { Seed = seed, TraceRows = -1 }, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        return points;
    }

    private void Report(List<ChartSeries> curves, List<Solution> solutions)
    {
        console.Say();
        console.Chart(new LineChart($"probability that both play A (mean of {Seeds} seeds)", "episodes", [.. Checkpoints.Select(c => (double)c)], curves));
        console.Say();
        console.Say($"Learned policies of seed 0 after {Episodes} episodes, as probabilities, with what each player earns on average:");
        console.Table(["", "P(A)", "P(B)", "P(C)", "mean payoff", "could gain"], Variants.SelectMany((variant, k) => Rows(variant.Name, solutions[k])));
        for (int k = 0; k < Variants.Length; k++)
            console.Say($"Certificate of {Variants[k].Name}: NashConv {Number(solutions[k].Certificate.Gap)}, the sum of what the players could gain by deviating alone (0 at a Nash equilibrium).");
        console.Say($"So after {Episodes} episodes ROMMEO-Q finds the optimum with probability {Number(curves[0].Values[^1])}, and the ablation with {Number(curves[1].Values[^1])}.");
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(string name, Solution solution) => solution.Certificate.Players.Select(player => (string[])
    [
        $"{name.Split(':')[0]}, {player.Player}",
        .. solution.Policies[player.Player].Data.ToArray().TakeLast(3).Select(Number),
        Number(player.Value),
        Number(player.Gap),
    ]);

    private static double BothPlayA(Solution solution) => solution.Policies.Values.Aggregate(1.0, (product, policy) => product * policy.Data[0]);

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
