using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>vsg Proposition 5.5: what a wrong model of the others does to the action values.</summary>
internal sealed class VsgProposition55 : TheoremTest
{
    private const int Sweeps = 200;
    private static readonly double[] Weights = [0.01, 0.1, 0.5];

    public override string Id => "vsg/proposition-5-5";

    public override string Title => "The error of action values under a wrong opponent model: within its bound if the values keep what the others play, not if they take the model there too";

    public override string Locus => "vsg Proposition 5.5";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: if KL(rho(. | s) || what the others play) is below epsilon in all states and rewards are within 1, action values under the model rho are wrong by at most delta = 2 (1 + log |A_i|) / (1 - gamma)^2 sqrt(epsilon / 2) + epsilon / (1 - gamma). Measured is the largest |Q - Q^| over players, states and joint actions; the values are computed by their definition, not by a solver, and epsilon is the largest divergence itself.",
        "Games: `random_game-v0` with 3 states, 2 actions, discount 1/2, density 1, 2 players (even seeds) or 3 (odd seeds). The players' policies are drawn; each model is the mixture (1 - w) of what the others play and w of other drawn policies, w = 0.01, 0.1 and 0.5 in turn.",
        "Two readings. Q_i(s, a) = r_i + log m(a_-i | s) + gamma E V_i(s'), with m what the others play, has the logarithm of the target inside. Where Q^ keeps that m and only expectations are over rho, the bound holds. Where Q^ has log rho in its place it fails: an action that the others play rarely, with probability e, and the model more rarely still, with e^2, moves Q^ by log(1 / e) while the divergence is about e.",
    ];

    public override string BoundHeading => "delta";

    public override string MeasuredHeading => "largest error of Q";

    public override ImmutableArray<string> OtherHeadings => ["epsilon"];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        foreach (bool inside in (bool[])[false, true])
        {
            string group = inside ? "Q^ with log rho inside" : "Q^ with the logarithm of what the others play";
            foreach (int seed in bench.Seeds)
            {
                var game = bench.Table("random_game-v0", $$"""{"discount": 0.5, "players": {{2 + (seed % 2)}}, "states": 3, "actions": 2, "density": 1, "seed": {{seed}}}""");
                var random = RandomStream.Create((ulong)seed);
                PolicyProfile played = TheoremBench.Draw(game, random.Fork("played")), drawn = TheoremBench.Draw(game, random.Fork("model"));
                double weight = Weights[seed % Weights.Length];
                yield return Row(group, $"random_game-v0, seed {seed}, w = {TheoremBench.Json(weight)}", game, played, Mix(game, played, drawn, weight), inside);
            }

            var zero = TheoremBench.Matrix(new double[2, 2], new double[2, 2], .5);
            foreach (double rare in (double[])[0.1, 0.01, 0.001])
                yield return Row(group, $"no rewards, e = {TheoremBench.Json(rare)}", zero, Both(zero, rare), Both(zero, rare * rare), inside);
        }
    }

    private static TheoremRow Row(string group, string name, StochasticGame game, PolicyProfile played, PolicyProfile model, bool inside)
    {
        double epsilon = 0, error = 0, h = 1 / (1 - game.Discount);
        for (int p = 0; p < game.PlayerCount; p++)
        {
            for (int s = 0; s < game.StateCount; s++)
                epsilon = Math.Max(epsilon, Enumerable.Range(0, game.PlayerCount).Where(k => k != p).Sum(k => Simplex.KullbackLeibler(model[k].Row(0, s), played[k].Row(0, s))));
            double[] exact = ActionValues(game, p, played, played, played), wrong = ActionValues(game, p, played, model, inside ? model : played);
            for (int row = 0; row < exact.Length; row++) error = Math.Max(error, Math.Abs(exact[row] - wrong[row]));
        }

        double delta = (2 * (1 + Math.Log(game.ActionCounts.Max())) * h * h * Math.Sqrt(epsilon / 2)) + (epsilon * h);
        return new TheoremRow(group, name, true, delta, error, error <= delta, epsilon);
    }

    // Q(s, a) = r + log target(a_-i | s) + gamma E V(s'), V = E over the player's policy and the model of Q - log pi - log rho.
    private static double[] ActionValues(StochasticGame game, int player, PolicyProfile played, PolicyProfile model, PolicyProfile target)
    {
        var q = new double[game.StateCount * game.JointActionCount];
        var values = new double[game.StateCount];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int row = 0; row < q.Length; row++)
            {
                double later = 0;
                for (int n = game.RowStarts[row]; n < game.RowStarts[row + 1]; n++) later += game.Probabilities[n] * values[game.NextStates[n]];
                q[row] = game.Rewards(player)[row] + Math.Log(Others(game, player, target, row)) + (game.Discount * later);
            }

            Array.Clear(values);
            for (int row = 0; row < q.Length; row++)
            {
                double rho = Others(game, player, model, row), own = played[player].Row(0, row / game.JointActionCount)[game.ActionOf(player, row % game.JointActionCount)];
                values[row / game.JointActionCount] += rho * own * (q[row] - Math.Log(own) - Math.Log(rho));
            }
        }

        return q;
    }

    private static double Others(StochasticGame game, int player, PolicyProfile policies, int row)
    {
        double probability = 1;
        for (int k = 0; k < game.PlayerCount; k++)
            if (k != player) probability *= policies[k].Row(0, row / game.JointActionCount)[game.ActionOf(k, row % game.JointActionCount)];
        return probability;
    }

    private static PolicyProfile Mix(StochasticGame game, PolicyProfile first, PolicyProfile second, double weight) => new(game, [.. first.Policies.Select((policy, p) => new TabularPolicy(
        [.. policy.Probabilities.ToArray().Zip(second[p].Probabilities.ToArray(), (x, y) => ((1 - weight) * x) + (weight * y))], 1, game.StateCount, game.ActionCounts[p]))]);

    private static PolicyProfile Both(StochasticGame game, double rare)
    {
        var policy = new TabularPolicy([1 - rare, rare], 1, 1, 2);
        return new PolicyProfile(game, policy, policy);
    }
}
