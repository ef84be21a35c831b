using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>vsg Proposition 5.6: in a Markov potential game players move as if they were paid the potential.</summary>
internal sealed class VsgProposition56 : TheoremTest
{
    private const int Steps = 25;
    private const double Rounding = 1e-9;

    public override string Id => "vsg/proposition-5-6";

    public override string Title => "Players of a Markov potential game move as in the team game of its potential: holds";

    public override string Locus => "vsg Proposition 5.6";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: the method has the same dynamics as natural policy gradient on the potential function. What is tested is the part that lets one game stand for the other: every step of `vpg` in the game is its step in the game where all players are paid the potential. That a step of `vpg` is one of natural policy gradient, weighed alike in all states, is how Eq. (4) is made and is not measured here.",
        $"Games: {PotentialGames.Description} The team game is the same with dummy = 0. Method: `vpg` with exact models and step 0.1, {Steps} iterations from uniform policies; measured is the largest difference of a probability between the two games after any iteration. It agrees where it is below {Rounding:G}.",
    ];

    public override string BoundHeading => "difference promised";

    public override string MeasuredHeading => "largest difference";

    public override ImmutableArray<string> OtherHeadings => ["largest move from uniform"];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        foreach (string form in (string[])["conditional", "independent"])
            foreach (int seed in bench.Seeds)
            {
                var (game, team) = PotentialGames.Create(bench, seed);
                string options = $$"""{"temperature": 2, "learning_rate": 0.1, "policy_form": "{{form}}", "evaluation_sweeps": 1000, "tolerance": 1e-13}""";
                IAlgorithm own = bench.Solver("vpg", game, options), common = bench.Solver("vpg", team, options);
                double largest = 0;
                for (int k = 0; k < Steps; k++)
                {
                    own.Step(bench.CancellationToken);
                    common.Step(bench.CancellationToken);
                    largest = Math.Max(largest, TheoremBench.Distance(own.ReadSolution().Policies, common.ReadSolution().Policies));
                }

                double moved = TheoremBench.Distance(own.ReadSolution().Policies, PolicyProfile.Uniform(game));
                yield return new TheoremRow(form == "conditional" ? "Conditional policies" : "Independent policies", $"markov_potential-v0, seed {seed}", true, 0, largest, largest <= Rounding, moved);
            }
    }
}
