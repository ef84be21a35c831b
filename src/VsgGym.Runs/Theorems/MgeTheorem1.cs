using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>mge Theorem 1: discounted games.</summary>
internal sealed class MgeTheorem1 : MgeTheorem
{
    private const string Theorem = "mge_theorem_1";

    public override string Id => "mge/theorem-1";

    public override string Title => "Exploring agents in discounted games have one fixed point where rewards are small: holds inside the premise, which is far from necessary";

    public override string Locus => "mge Theorem 1";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: the update T is a contraction, and so has exactly one fixed point, if max |R| <= (1 - gamma)^2 / (2 gamma M beta), for M players at inverse temperature beta. The theorem takes rewards of the own action; the rewards here are of the joint action, for which its proof works at these discounts (gamma (2M - 1) > M - 1).",
        $"Games: `random_game-v0` with 3 states, 3 actions, density 1, rewards in [-1, 1), discount 0.5 to 0.8 and 2 or 3 players by seed. beta is set to 1, 10 and 100 times the most that the premise allows for rewards of 1. Method: `mge_i`, undamped, to a residual below 1e-11. {Method}",
        Outside,
    ];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        foreach (int times in (int[])[1, 10, 100])
            foreach (int seed in bench.Seeds)
            {
                int players = 2 + (seed % 2);
                double discount = .5 + (.1 * (seed % 4)), beta = times * (1 - discount) * (1 - discount) / (2 * discount * players);
                var game = bench.Table("random_game-v0", $$"""{"discount": {{TheoremBench.Json(discount)}}, "players": {{players}}, "states": 3, "actions": 3, "density": 1, "seed": {{seed}}}""");
                yield return Row(bench, $"random_game-v0, seed {seed}, beta = {beta:0.####}", game, "mge_i", $$"""{"inverse_temperature": {{TheoremBench.Json(beta)}}, "tolerance": 1e-11}""", Theorem, seed);
            }

        yield return Row(bench, "3 for choosing alike, discount 0.5, beta = 1", Alike(.5), "mge_i", """{"tolerance": 1e-11}""", Theorem, 0);
    }
}
