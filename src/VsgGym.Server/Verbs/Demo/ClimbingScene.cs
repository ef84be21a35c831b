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

    private static readonly (string Name, string Mode)[] Variants = [("ROMMEO-Q", "rommeo"), ("ablation", "empirical")];

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        console.Heading($"2. Solve: {Game} by {Solver} and its ablation, {Seeds} seeds each");
        console.Say("Two players pick A, B or C and share the payoff: (A, A) pays 11, (B, B) 7, but (A, B) costs 30.");
        console.Say("ROMMEO-Q assumes that the other goes for the optimum too; the ablation, that it repeats what it did.");
        console.Say();
        var runs = new Dictionary<string, Solution[]>();
        foreach (var (name, mode) in Variants)
        {
            var solutions = runs[name] = new Solution[Seeds];
            await console.ProgressAsync(name, Seeds, done => Parallel.ForEachAsync(
                Enumerable.Range(0, Seeds),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (seed, stop) =>
                {
                    var options = new Options { ["episodes"] = Episodes, ["rho_mode"] = mode };
                    var settings = new SolveSettings { Seed = (ulong)seed, TraceRows = Episodes };
                    solutions[seed] = await client.SolveAsync(Game, Solver, options, settings, cancellationToken: stop).ConfigureAwait(false);
                    done();
                })).ConfigureAwait(false);
        }

        Report(runs);
    }

    private void Report(Dictionary<string, Solution[]> runs)
    {
        double[] episodes = runs[Variants[0].Name][0].Trace.Column("iteration");
        ChartSeries[] curves = [.. Variants.Select(v => new ChartSeries(v.Name, Mean([.. runs[v.Name].Select(BothPlayA)])))];
        console.Say();
        console.Chart(new LineChart($"probability that both play A, mean of {Seeds} seeds", "episodes", episodes, curves));
        console.Say();
        console.Say("Seed 0 after the last episode: action probabilities, mean payoff, and the gain from deviating alone:");
        console.Table(["", "P(A)", "P(B)", "P(C)", "payoff", "could gain"], Variants.SelectMany(v => Rows(v.Name, runs[v.Name][0])));
        console.Say("Certificates, measured from the policies alone:");
        foreach (var (name, _) in Variants)
            console.Say($"  {name}: NashConv {Number(runs[name][0].Certificate.Gap)}, the sum of those gains (0 at a Nash equilibrium)");
        console.Say($"Over all seeds both end on A with probability {Number(curves[0].Values[^1])}; in the ablation, {Number(curves[1].Values[^1])}.");
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(string name, Solution solution) => solution.Certificate.Players.Select(player => (string[])
    [
        $"{name}, {player.Player}",
        .. solution.Policies[player.Player].Data.ToArray().Select(Number),
        Number(player.Value),
        Number(player.Gap),
    ]);

    private static double[] BothPlayA(Solution solution) =>
        [.. solution.Trace.Column("policy.player_0.A").Zip(solution.Trace.Column("policy.player_1.A"), (mine, other) => mine * other)];

    private static double[] Mean(double[][] curves) => [.. Enumerable.Range(0, curves[0].Length).Select(k => curves.Average(curve => curve[k]))];

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
