using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>rommeo Theorem 3: the soft iteration with a regularized model of the others.</summary>
internal sealed class RommeoTheorem3 : TheoremTest
{
    private const int Actions = 3;
    private const double Discount = .8;

    public override string Id => "rommeo/theorem-3";

    public override string Title => "ROMMEO Q-iteration converges at a fixed prior: holds in every game; that its end is a good answer is another matter";

    public override string Locus => "rommeo Theorem 3";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: in a symmetric game with one global optimum iteration (13), Q <- r + gamma E V, V by (9), converges to the optimal soft Q. The proof is that it contracts by gamma in the largest norm at a fixed temperature and prior. Measured is the largest factor from one residual to the next; the promise is kept where it is at most gamma (up to 1e-6) and the method converged.",
        $"Games: symmetric ones are repeated games of one state with common payoffs r(a, b) = r(b, a) drawn from [-1, 1) for 3 actions, whose largest entry is drawn to be on the diagonal, so that there is one optimum; the others are `random_game-v0` of each kind with 4 states, 3 actions, density 0.5 and 2 players. All have discount {TheoremBench.Json(Discount)}. Method: `rommeo_q_iteration` at temperature 0.5 and a uniform prior, to a residual below 1e-9.",
        "What holds: symmetry and the optimum are not needed. Both (9) and the expectation move by no more than Q does, in every game. Premises in the tables are the printed ones.",
        "What it does not say: the last column is how much players could gain, in all (the Nash gap of what is played). At a fixed prior and this temperature it does not vanish, in symmetric games either, for each takes the others to pursue its own reward. With the prior that the method learns from play (last group) nothing is proved, since the prior moves as well: there the factor exceeds gamma, if only by a little, and in all 20 games the iteration came to rest all the same.",
    ];

    public override string BoundHeading => "gamma";

    public override string MeasuredHeading => "largest factor";

    public override ImmutableArray<string> OtherHeadings => ["iterations", "Nash gap"];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        foreach (int seed in bench.Seeds)
            yield return Row(bench, "Symmetric games with one optimum", $"symmetric, seed {seed}", Symmetric(RandomStream.Create((ulong)seed).Fork("symmetric")), true, "uniform");
        foreach (string kind in (string[])["general", "zero_sum", "cooperative", "potential"])
            foreach (int seed in bench.Seeds)
                yield return Row(bench, "Other games", $"random_game-v0, {kind}, seed {seed}", Random(bench, kind, seed), false, "uniform");
        foreach (int seed in bench.Seeds)
            yield return Row(bench, "A learned prior (the policies of the sweep before)", $"random_game-v0, general, seed {seed}", Random(bench, "general", seed), false, "last_policy");
    }

    private static StochasticGame Random(TheoremBench bench, string kind, int seed) =>
        bench.Table("random_game-v0", $$"""{"discount": {{TheoremBench.Json(Discount)}}, "players": 2, "states": 4, "actions": 3, "density": 0.5, "kind": "{{kind}}", "seed": {{seed}}}""");

    private static TheoremRow Row(TheoremBench bench, string group, string name, StochasticGame game, bool premise, string prior)
    {
        var solver = bench.Solver("rommeo_q_iteration", game, $$"""{"temperature": 0.5, "prior": "{{prior}}", "tolerance": 1e-9, "max_iterations": 2000}""");
        double residual = double.NaN, factor = 0;
        IterationReport report;
        do
        {
            report = solver.Step(bench.CancellationToken);
            if (residual > 1e-8) factor = Math.Max(factor, report.Residual / residual);
            residual = report.Residual;
        }
        while (report.State == IterationState.Running && report.Iteration < solver.Limit.Iterations);

        double gap = bench.Measure("nash", game, solver.ReadSolution().Policies).Gap;
        bool holds = report.State == IterationState.Converged && factor <= game.Discount + 1e-6;
        return new TheoremRow(group, name, premise, game.Discount, factor, holds, report.Iteration, gap);
    }

    private static StochasticGame Symmetric(RandomStream random)
    {
        var payoffs = new double[Actions, Actions];
        for (int a = 0; a < Actions; a++)
            for (int b = 0; b <= a; b++) payoffs[a, b] = payoffs[b, a] = (1.8 * random.NextDouble()) - 1;
        int best = random.NextInt32(Actions);
        payoffs[best, best] = .8 + (.2 * random.NextDouble());
        return TheoremBench.Matrix(payoffs, payoffs, Discount);
    }
}
