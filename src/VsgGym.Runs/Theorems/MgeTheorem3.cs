using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>mge Theorem 3: players who meet only through their occupancies.</summary>
internal sealed class MgeTheorem3 : MgeTheorem
{
    private const string Theorem = "mge_theorem_3";
    private const int Places = 3, Actions = 2;

    public override string Id => "mge/theorem-3";

    public override string Title => "Exploring agents who know each other's occupancies come to one fixed point where meetings matter little: holds inside the premise, which is far from necessary";

    public override string Locus => "mge Theorem 3";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: the iterations converge to one fixed point if 2 L T <= xi exp(-beta (T + 1) xi), xi = (T + 1)(omega + phi), with omega the largest own reward, phi the largest of meetings, L how much these move with an occupancy, T the horizon.",
        $"Games: two players, each on 3 places of its own; 2 actions move by drawn probabilities; own rewards drawn from [-1, 1), and -mu for being on the place of the same number as the other. Horizon 2 (even seeds) or 3, for at time 0 everyone knows where the others are. beta = 0.1 with mu = 0.05 for the premise; beta = 1 with mu = 1, and beta = 5 with mu = 5, outside. Method: `mge_fb`, undamped, to a residual below 1e-11. {Method}",
        Outside,
    ];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        foreach (var (beta, mu) in ((double, double)[])[(.1, .05), (1, 1), (5, 5)])
            foreach (int seed in bench.Seeds)
                yield return Row(
                    bench, $"two on three places, seed {seed}, beta = {TheoremBench.Json(beta)}, mu = {TheoremBench.Json(mu)}", Draw(RandomStream.Create((ulong)seed).Fork("places"), 2 + (seed % 2)), "mge_fb",
                    $$"""{"inverse_temperature": {{TheoremBench.Json(beta)}}, "interaction_weights": [{{TheoremBench.Json(mu)}}, {{TheoremBench.Json(mu)}}], "tolerance": 1e-11}""", Theorem, seed);
        yield return Row(bench, "3 for choosing alike, beta = 1", Alike(null), "mge_fb", """{"tolerance": 1e-11}""", Theorem, 0);
    }

    private static StochasticGame Draw(RandomStream random, int horizon)
    {
        const int rows = Places * Actions;
        var moves = new double[2, rows][];
        var own = new double[2, rows];
        for (int p = 0; p < 2; p++)
            for (int k = 0; k < rows; k++)
            {
                moves[p, k] = new double[Places];
                random.NextSimplex(moves[p, k]);
                own[p, k] = (2 * random.NextDouble()) - 1;
            }

        var builder = new StochasticGameBuilder(["player_0", "player_1"], Places * Places, [Actions, Actions]);
        for (int s = 0; s < Places * Places; s++)
            for (int joint = 0; joint < Actions * Actions; joint++)
            {
                int first = (s / Places * Actions) + (joint / Actions), second = (s % Places * Actions) + (joint % Actions);
                double meeting = s / Places == s % Places ? -1 : 0;
                builder.SetReward(0, s, joint, own[0, first] + meeting).SetReward(1, s, joint, own[1, second] + meeting);
                for (int next = 0; next < Places * Places; next++) builder.AddTransition(s, joint, next, moves[0, first][next / Places] * moves[1, second][next % Places]);
            }

        return builder.BuildFiniteHorizon(horizon);
    }
}
