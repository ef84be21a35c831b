using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>mge Theorem 2: games with a horizon.</summary>
internal sealed class MgeTheorem2 : MgeTheorem
{
    private const string Theorem = "mge_theorem_2";

    public override string Id => "mge/theorem-2";

    public override string Title => "Exploring agents over a horizon have one fixed point where rewards are small: holds inside the premise, which is far from necessary";

    public override string Locus => "mge Theorem 2";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: at each time the update U is a contraction, and so has exactly one fixed point, if max(|R|, |R_F|) <= 1 / (2 beta (M - 1)(1 + T)), for M players over a horizon T at inverse temperature beta.",
        $"Games: `random_game-v0` with 3 states, 3 actions, density 1, rewards in [-1, 1), horizon 1 to 3 and 2 or 3 players by seed. beta is set to 1, 10 and 100 times the most that the premise allows for rewards of 1. Method: `mge_f`, undamped, to a residual below 1e-11 at each time. {Method} Factors are taken within a time.",
        Outside,
    ];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        foreach (int times in (int[])[1, 10, 100])
            foreach (int seed in bench.Seeds)
            {
                int players = 2 + (seed % 2), horizon = 1 + (seed % 3);
                double beta = times / (2.0 * (players - 1) * (1 + horizon));
                var game = bench.Table("random_game-v0", $$"""{"horizon": {{horizon}}, "discount": null, "players": {{players}}, "states": 3, "actions": 3, "density": 1, "seed": {{seed}}}""");
                yield return Row(bench, $"random_game-v0, horizon {horizon}, seed {seed}, beta = {beta:0.####}", game, "mge_f", $$"""{"inverse_temperature": {{TheoremBench.Json(beta)}}, "tolerance": 1e-11}""", Theorem, seed);
            }

        yield return Row(bench, "3 for choosing alike, beta = 1", Alike(null), "mge_f", """{"tolerance": 1e-11}""", Theorem, 0);
    }
}
