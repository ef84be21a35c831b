using System.Globalization;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>What theorem tests need to make games, solve and measure.</summary>
/// <param name="Catalog">Games, solvers and metrics.</param>
/// <param name="Games">Random games of each kind.</param>
/// <param name="CancellationToken">Stops.</param>
internal sealed record TheoremBench(Catalog Catalog, int Games, CancellationToken CancellationToken)
{
    private static readonly SolveLimits Limits = new() { TraceRows = 0 };

    /// <summary>The seeds of the random games.</summary>
    public IEnumerable<int> Seeds => Enumerable.Range(0, Games);

    /// <summary>A table of the catalog.</summary>
    public StochasticGame Table(string id, string options) => Catalog.CreateGame(id, options).Table!;

    /// <summary>A graph of the catalog.</summary>
    public FlowGraph Flow(string id, string options) => Catalog.CreateGame(id, options).Flow!;

    /// <summary>A solver; what it draws is drawn from seed 0.</summary>
    public IAlgorithm Solver(string id, ISolvableGame game, string options) => Catalog.CreateSolver(id, game, options, RandomStream.Create(0));

    /// <summary>Steps to the end.</summary>
    public SolveOutcome Run(IAlgorithm algorithm) => SolveLoop.Run(algorithm, Limits, null, () => null, CancellationToken);

    /// <summary>A certificate.</summary>
    public Certificate Measure(string concept, ISolvableGame game, PolicyProfile policies) => Catalog.CreateMetric(concept, game).Measure(policies, CancellationToken);

    /// <summary>Policies of full support, the same at all times, drawn anew for each fork.</summary>
    public static PolicyProfile Draw(StochasticGame game, RandomStream random)
    {
        var policies = new TabularPolicy[game.PlayerCount];
        for (int p = 0; p < policies.Length; p++)
        {
            int actions = game.ActionCounts[p];
            var table = new double[game.StateCount * actions];
            for (int s = 0; s < game.StateCount; s++) random.NextSimplex(table.AsSpan(s * actions, actions));
            policies[p] = new TabularPolicy(table, 1, game.StateCount, actions);
        }

        return new PolicyProfile(game, [.. policies]);
    }

    /// <summary>The largest difference of two profiles' probabilities.</summary>
    public static double Distance(PolicyProfile first, PolicyProfile second)
    {
        double largest = 0;
        for (int p = 0; p < first.Policies.Length; p++)
            for (int k = 0; k < first[p].Probabilities.Length; k++)
                largest = Math.Max(largest, Math.Abs(first[p].Probabilities[k] - second[p].Probabilities[k]));
        return largest;
    }

    /// <summary>A number as JSON has it.</summary>
    public static string Json(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A two-player table of one state that stays: one decision, or for ever at a discount.</summary>
    public static StochasticGame Matrix(double[,] first, double[,] second, double? discount = null)
    {
        int rows = first.GetLength(0), columns = first.GetLength(1);
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1, [rows, columns]);
        for (int joint = 0; joint < rows * columns; joint++)
        {
            builder.SetReward(0, 0, joint, first[joint / columns, joint % columns]).SetReward(1, 0, joint, second[joint / columns, joint % columns]);
            builder.AddTransition(0, joint, 0, 1);
        }

        return discount is { } gamma ? builder.BuildDiscounted(gamma) : builder.BuildFiniteHorizon(1);
    }
}
