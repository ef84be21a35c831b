using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs.Tests.Theorems;

/// <summary>Rows of the table of rommeo Theorem 3, recomputed by plain loops that share no code with solvers or table.</summary>
public sealed class RommeoTheorem3Tests
{
    private const double Temperature = .5, Discount = .8;
    private static readonly Catalog Catalog = Catalog.Scan(typeof(Games.Climbing).Assembly, typeof(Solvers.NashCertificate).Assembly);
    private static readonly Lazy<TheoremRow[]> Rows = new(() => [.. TheoremTest.Load("rommeo/theorem-3").Run(Catalog, 2, CancellationToken.None)]);

    [Theory]
    [InlineData("general", 0)]
    [InlineData("general", 1)]
    [InlineData("zero_sum", 1)]
    [InlineData("cooperative", 0)]
    [InlineData("potential", 1)]
    public void OtherGames_HaveTheFactorIterationsAndGapOfPlainLoops(string kind, int seed) =>
        Check(Random(kind, seed), learned: false, Rows.Value.Single(row => row.Group == "Other games" && row.Game == $"random_game-v0, {kind}, seed {seed}"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void LearnedPriors_HaveTheFactorIterationsAndGapOfPlainLoops(int seed) =>
        Check(Random("general", seed), learned: true, Rows.Value.Single(row => row.Group.StartsWith("A learned", StringComparison.Ordinal) && row.Game.EndsWith($"seed {seed}", StringComparison.Ordinal)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void SymmetricGames_HaveTheFactorIterationsAndGapOfPlainLoops(int seed)
    {
        var random = RandomStream.Create((ulong)seed).Fork("symmetric");
        var payoffs = new double[3, 3];
        for (int a = 0; a < 3; a++)
            for (int b = 0; b <= a; b++) payoffs[a, b] = payoffs[b, a] = (1.8 * random.NextDouble()) - 1;
        int best = random.NextInt32(3);
        payoffs[best, best] = .8 + (.2 * random.NextDouble());
        Assert.Equal(1, payoffs.Cast<double>().Count(payoff => payoff == payoffs.Cast<double>().Max())); // the premise: one optimum
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1, [3, 3]);
        for (int joint = 0; joint < 9; joint++) builder.SetReward(0, 0, joint, payoffs[joint / 3, joint % 3]).SetReward(1, 0, joint, payoffs[joint / 3, joint % 3]).AddTransition(0, joint, 0, 1);
        var found = Rows.Value.Single(row => row.Game == $"symmetric, seed {seed}");
        Assert.True(found.Premise && found.Holds);
        Check(builder.BuildDiscounted(Discount), learned: false, found);
    }

    private static StochasticGame Random(string kind, int seed) =>
        Catalog.CreateGame("random_game-v0", $$"""{"discount": 0.8, "players": 2, "states": 4, "actions": 3, "density": 0.5, "kind": "{{kind}}", "seed": {{seed}}}""").Table!;

    private static void Check(StochasticGame game, bool learned, TheoremRow found)
    {
        var (factor, iterations, played) = Iterate(game, learned);
        Assert.Equal(Discount, found.Bound, 1e-15);
        Assert.Equal(factor, found.Measured, 1e-6);
        Assert.Equal(iterations, found.Others[0]);
        Assert.Equal(Enumerable.Range(0, 2).Sum(p => SlowPlay.Gain(game, [played], p)), found.Others[1], 1e-7);
        Assert.Equal(factor <= Discount + 1e-6, found.Holds);
    }

    // Two players of three actions: Q to r + gamma P V; V = log of the sum over the other's b of P(b) (sum over a of exp(Q / alpha))^alpha, whose terms are the model; what is
    // played is the model's mean of softmax(Q / alpha). The residual is the largest change of Q and of play, and of a learned prior, which is the other's last play.
    private static (double Factor, int Iterations, double[][,] Played) Iterate(StochasticGame game, bool learned)
    {
        int states = game.StateCount;
        double[][,] q = [new double[states, 9], new double[states, 9]], assumed = SlowPlay.Uniform(game)[0], played = [.. assumed];
        double[][] values = [.. Enumerable.Range(0, 2).Select(p => Enumerable.Range(0, states).Select(s => Answer(game, q[p], assumed[1 - p], p, s).Value).ToArray())];
        double before = double.NaN, factor = 0;
        for (int k = 1; k <= 2000; k++)
        {
            double residual = 0;
            for (int p = 0; p < 2; p++)
                for (int row = 0; row < states * 9; row++)
                {
                    double target = game.Rewards(p)[row];
                    for (int n = game.RowStarts[row]; n < game.RowStarts[row + 1]; n++) target += Discount * game.Probabilities[n] * values[p][game.NextStates[n]];
                    residual = Math.Max(residual, Math.Abs(target - q[p][row / 9, row % 9]));
                    q[p][row / 9, row % 9] = target;
                }

            double[][,] now = [new double[states, 3], new double[states, 3]];
            for (int p = 0; p < 2; p++)
                for (int s = 0; s < states; s++)
                {
                    double[] policy = Answer(game, q[p], assumed[1 - p], p, s).Policy;
                    for (int a = 0; a < 3; a++)
                    {
                        now[p][s, a] = policy[a];
                        residual = Math.Max(residual, Math.Abs(policy[a] - played[p][s, a]));
                        if (learned) residual = Math.Max(residual, Math.Abs(policy[a] - assumed[p][s, a]));
                    }
                }

            played = now;
            if (learned) assumed = now;
            values = [.. Enumerable.Range(0, 2).Select(p => Enumerable.Range(0, states).Select(s => Answer(game, q[p], assumed[1 - p], p, s).Value).ToArray())];
            if (before > 1e-8) factor = Math.Max(factor, residual / before);
            before = residual;
            if (residual < 1e-9) return (factor, k, played);
        }

        throw new InvalidOperationException("It did not come to rest.");
    }

    private static (double Value, double[] Policy) Answer(StochasticGame game, double[,] q, double[,] prior, int player, int s)
    {
        double[] terms = new double[3], policy = new double[3];
        double[][] answers = new double[3][];
        for (int b = 0; b < 3; b++)
        {
            double[] weights = [.. Enumerable.Range(0, 3).Select(a => Math.Exp(q[s, (a * game.Strides[player]) + (b * game.Strides[1 - player])] / Temperature))];
            terms[b] = prior[s, b] * Math.Pow(weights.Sum(), Temperature);
            answers[b] = [.. weights.Select(weight => weight / weights.Sum())];
        }

        for (int b = 0; b < 3; b++)
            for (int a = 0; a < 3; a++) policy[a] += terms[b] / terms.Sum() * answers[b][a];
        return (Math.Log(terms.Sum()), policy);
    }
}
