using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>What follows from vsg Lemma 5.7: steps of 1 / L do not lower the potential.</summary>
internal sealed class VsgLemma57 : TheoremTest
{
    private const string Uniform = "From uniform play", Best = "From the best independent policies";
    private const int MostSteps = 5000, LookClosely = 20, LookEvery = 50;
    private const double Rounding = 1e-12;

    public override string Id => "vsg/lemma-5-7";

    public override string Title => "Steps of 1 / L never lower the potential: holds for independent policies, fails for conditional ones";

    public override string Locus => "vsg Lemma 5.7 and the sentence after its statement";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: the potential is L-smooth with L = 2(n+1)^2 / (1-gamma)^3 + 2(n^2+n+1)(1 + log max |A_i|) / (1-gamma)^2 + (3n+2) / (1-gamma), so that it is non-decreasing if the learning rate is 1 / L. The potential is that of what is played, with its entropies. Measured is the largest fall from one look to the next, 0 where there is none; the promise is kept where it is below 1e-12.",
        $"Games: {PotentialGames.Description} Method: `vpg` with exact models and learning_rate lemma_5_7, {MostSteps} steps at most, looked at after each of the first {LookClosely} and then every {LookEvery}. The premise is that the game has a potential, the models are exact and the rate is 1 / L: all printed ones.",
        "Where it fails. Two players of two actions, 1 to both for (0, 0) and 0 otherwise, one decision. Independent policies climb to the maximum of the potential, m / (1 - m) = e^m, m = 0.6592. From there steps of 1 / L of conditional policies go down to the means of exp(r) / Z, m = (e + 1) / (e + 3) = 0.6502: what conditional policies raise is each player's value given the others' actions, not the potential of their means. From uniform play no fall was seen in any of the random games.",
        "What holds instead: the statement for policies that do not depend on the others' actions.",
    ];

    public override string BoundHeading => "fall promised";

    public override string MeasuredHeading => "largest fall";

    public override ImmutableArray<string> OtherHeadings => ["1 / L", "potential at the start", "potential at the end", "steps"];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        foreach (string form in (string[])["independent", "conditional"])
            foreach (int seed in bench.Seeds)
            {
                var (game, team) = PotentialGames.Create(bench, seed);
                string options = $$"""{"temperature": 2, "learning_rate": "lemma_5_7", "policy_form": "{{form}}", "evaluation_sweeps": 1000, "tolerance": 1e-6}""";
                yield return Climb(bench, $"{Uniform}: {form} policies", $"markov_potential-v0, seed {seed}", bench.Solver("vpg", game, options), team, PotentialGames.Temperature);
            }

        double[,] common = { { 1, 0 }, { 0, 0 } };
        var small = TheoremBench.Matrix(common, common);
        var best = bench.Run(bench.Solver("vpg", small, """{"policy_form": "independent", "tolerance": 1e-13}""")).Solution;
        foreach (string form in (string[])["independent", "conditional"])
        {
            var solver = bench.Solver("vpg", small, $$"""{"learning_rate": "lemma_5_7", "policy_form": "{{form}}", "tolerance": 1e-9}""");
            ((IWarmStart)solver).Start(new Solution { Policies = best.Policies, Values = best.Values });
            yield return Climb(bench, Best, $"1 for (0, 0), {form} policies", solver, small, 1);
        }
    }

    private static TheoremRow Climb(TheoremBench bench, string group, string name, IAlgorithm solver, StochasticGame team, double temperature)
    {
        double start = PotentialGames.Potential(team, solver.ReadSolution().Policies, temperature), last = start, fall = 0;
        var state = IterationState.Running;
        int steps = 0;
        while (steps < MostSteps && state == IterationState.Running)
        {
            state = solver.Step(bench.CancellationToken).State;
            steps++;
            if (steps > LookClosely && steps % LookEvery != 0 && state == IterationState.Running) continue;
            double now = PotentialGames.Potential(team, solver.ReadSolution().Policies, temperature);
            (fall, last) = (Math.Max(fall, last - now), now);
        }

        return new TheoremRow(group, name, true, 0, fall, fall <= Rounding, solver.ReadBounds()["vsg_lemma_5_7"].Measured, start, last, steps);
    }
}
