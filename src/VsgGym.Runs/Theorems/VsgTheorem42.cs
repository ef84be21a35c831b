using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>vsg Theorem 4.2: how far a fixed point of the inference is from a Nash equilibrium.</summary>
internal sealed class VsgTheorem42 : TheoremTest
{
    private const string Printed = "As printed: conditional policies, played by their means", Corrected = "Corrected: policies that do not depend on the others' actions";
    private static readonly double[] Temperatures = [1, 0.1];

    public override string Id => "vsg/theorem-4-2";

    public override string Title => "The distance of variational inference from a Nash equilibrium: fails for conditional policies, holds for independent ones";

    public override string Locus => "vsg Theorem 4.2";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: the joint policy of the inference is a T log max |A_i|-Nash equilibrium; with temperature tau, tau T log max |A_i|. Its policies are conditional, pi_i(a_i | s, the others' actions); what the players can play without seeing each other is their mean over the model of the others. The bound is held against the largest gain by an exact best response to what is played.",
        "Method: `vpg` with exact opponent models, to a residual below 1e-8. A premise of every row is that it converged. Games: `random_game-v0` with horizon 3, 3 states, 2 actions, 2 players (even seeds) or 3 (odd seeds), rewards in [-1, 1); step 1 (the best response of Proposition 5.2) for conditional policies, 0.05 for independent ones, whose best responses can run in a circle.",
        "Where it fails. Matching pennies that pay the first player 2K for heads and heads, K for tails and tails and -K otherwise, and the second the opposite. Each player's conditional policy follows or avoids what it is told, the means tend to (1/2, 1/2), and each can gain K / 4: 1 at K = 4 against log 2 = 0.693. The proof bounds the gain of a player that sees the others' actions, and a mean of such policies is not what it speaks of.",
        "What holds instead: the statement for policies that do not depend on the others' actions. Then a fixed point is a soft best response to what the others play, and the entropy that it holds on to is worth at most tau log |A_i| in each of T decisions.",
    ];

    public override string BoundHeading => "tau T log max abs(A_i)";

    public override string MeasuredHeading => "largest gain";

    public override ImmutableArray<string> OtherHeadings => ["iterations"];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        foreach (bool independent in (bool[])[false, true])
        {
            foreach (double temperature in Temperatures)
                foreach (int seed in bench.Seeds)
                {
                    var game = bench.Table("random_game-v0", $$"""{"horizon": 3, "discount": null, "players": {{2 + (seed % 2)}}, "states": 3, "actions": 2, "density": 1, "seed": {{seed}}}""");
                    yield return Row(bench, $"random_game-v0, seed {seed}, tau = {TheoremBench.Json(temperature)}", game, temperature, independent);
                }

            foreach (double scale in (double[])[1, 2, 3, 4])
            {
                double[,] first = { { 2 * scale, -scale }, { -scale, scale } }, second = { { -2 * scale, scale }, { scale, -scale } };
                yield return Row(bench, $"pennies of 2K and K, K = {TheoremBench.Json(scale)}, tau = 1", TheoremBench.Matrix(first, second), 1, independent);
            }
        }
    }

    private static TheoremRow Row(TheoremBench bench, string name, StochasticGame game, double temperature, bool independent)
    {
        string form = independent ? "\"policy_form\": \"independent\", \"learning_rate\": 0.05" : "\"policy_form\": \"conditional\"";
        var solver = bench.Solver("vpg", game, $$"""{"temperature": {{TheoremBench.Json(temperature)}}, "tolerance": 1e-8, "max_iterations": 100000, {{form}}}""");
        var outcome = bench.Run(solver);
        bool converged = outcome.Status == SolveStatus.Converged;
        var bound = solver.ReadBounds()["vsg_theorem_4_2"];
        return new TheoremRow(independent ? Corrected : Printed, name, independent ? bound.PremiseHolds : converged, bound.Value, bound.Measured, bound.Measured <= bound.Value, outcome.Iterations);
    }
}
