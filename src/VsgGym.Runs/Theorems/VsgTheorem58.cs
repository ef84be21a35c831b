using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>vsg Theorem 5.8: how far the method's end is from a Nash equilibrium of a Markov potential game.</summary>
internal sealed class VsgTheorem58 : TheoremTest
{
    public override string Id => "vsg/theorem-5-8";

    public override string Title => "In Markov potential games the method ends within its bound of a Nash equilibrium: holds, with much room";

    public override string Locus => "vsg Theorem 5.8";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: the method converges to a fixed point, an epsilon-Nash equilibrium with epsilon = delta + log |A| / (1 - gamma); |A| is the number of joint actions, delta the models' error of Proposition 5.5, 0 here, for the models are exact. With temperature tau it is tau log |A| / (1 - gamma). Measured is the largest gain by an exact best response to what is played.",
        $"Games: {PotentialGames.Description} Method: `vpg` with learning_rate lemma_5_7 (1 / L) from uniform play to a residual below 1e-5. The premises are that the metric `potential` finds a potential (exactly: pure profiles decide here, for no action changes the moves; in other discounted games they do not, and the metric adds mixtures of two actions and more) and that the method converged.",
        "How sharp it is: uniform play is within the bound as well in all of these games (its gain stands in the last column but one), so that the theorem tells little about games of this size of reward. The proof speaks of policies that do not see the others' actions (see `vsg/lemma-5-7`); the conditional ones of the paper keep the promise in these games all the same.",
    ];

    public override string BoundHeading => "tau log abs(A) / (1 - gamma)";

    public override string MeasuredHeading => "largest gain";

    public override ImmutableArray<string> OtherHeadings => ["gain / bound", "gain at uniform play", "iterations"];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        foreach (string form in (string[])["conditional", "independent"])
            foreach (int seed in bench.Seeds)
            {
                var (game, _) = PotentialGames.Create(bench, seed);
                var solver = bench.Solver("vpg", game, $$"""{"temperature": 2, "learning_rate": "lemma_5_7", "policy_form": "{{form}}", "evaluation_sweeps": 1000, "tolerance": 1e-5, "max_iterations": 20000}""");
                var outcome = bench.Run(solver);
                var uniform = PolicyProfile.Uniform(game);
                bool isPotential = bench.Measure("potential", game, uniform).Bounds["markov_potential"].PremiseHolds;
                var bound = solver.ReadBounds()["vsg_theorem_5_8"];
                double atStart = bench.Measure("nash", game, uniform).GapPerPlayer.Max();
                bool premise = isPotential && outcome.Status == SolveStatus.Converged;
                yield return new TheoremRow(
                    form == "conditional" ? "Conditional policies, as printed" : "Independent policies", $"markov_potential-v0, seed {seed}", premise,
                    bound.Value, bound.Measured, bound.Measured <= bound.Value, bound.Measured / bound.Value, atStart, outcome.Iterations);
            }
    }
}
