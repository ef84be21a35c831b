using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>A solver of the catalog with the games it is put to; a solver that no table here names takes any game of its form with its default options.</summary>
internal sealed class SolverCase
{
    /// <summary>The catalog under test.</summary>
    public static readonly Catalog Entries = Catalog.Scan([typeof(MgeF).Assembly]);

    private static readonly Dictionary<string, Needs> NeedsOf = new(StringComparer.Ordinal)
    {
        ["correlated_lp"] = Needs.Horizon,
        ["fmq"] = Needs.OneState,
        ["mge_f"] = Needs.Horizon,
        ["mge_fb"] = Needs.Horizon | Needs.OwnPlaces,
        ["mge_i"] = Needs.Discount,
        ["nash_q"] = Needs.TwoPlayers,
        ["shapley"] = Needs.TwoPlayers | Needs.ZeroSum,
        ["zero_sum_inference"] = Needs.TwoPlayers | Needs.ZeroSum,
    };

    // Options without which a solver has nothing to do.
    private static readonly Dictionary<string, string> OptionsOf = new(StringComparer.Ordinal)
    {
        ["variational_opponent_model"] = """{"play": [[[0OTHERS, 0, 1]], [[0OTHERS, 1, 1]], [[0OTHERS, 1, 0]]]}""",
    };

    // The work of logit_qre grows with the cube of the unknowns; a step of mmce_irl solves the whole game; correlated_inference solves a game with four times the states, one for each signal.
    private static readonly Dictionary<string, (int Middle, int Large)> StatesOf = new(StringComparer.Ordinal)
    {
        ["correlated_inference"] = (400, 15_625),
        ["logit_qre"] = (10, 62_500),
        ["mmce_irl"] = (40, 62_500),
    };

    private static readonly Dictionary<(int, bool, bool), StochasticGame> Large = [];
    private static readonly Lazy<FlowGraph> LargeGraph = new(() => ConformanceGames.Chain(250_000));
    private static readonly Lazy<MeanFieldGame> LargeRing = new(() => ConformanceGames.Ring(1000, 333));

    private readonly bool _hasHorizon;

    private SolverCase(string id, bool hasHorizon) => (Entry, _hasHorizon) = (Entries.FindSolver(id), hasHorizon);

    /// <summary>Its entry.</summary>
    public CatalogEntry Entry { get; }

    /// <summary>What it needs of a table.</summary>
    public Needs Needs => NeedsOf.GetValueOrDefault(Entry.Id);

    private (int Middle, int Large) States => Needs.HasFlag(Needs.OneState) ? (1, 1) : StatesOf.GetValueOrDefault(Entry.Id, (1600, 62_500));

    /// <summary>Whether it solves tables and nothing else.</summary>
    public bool IsOfTables => Entry.Subject == typeof(StochasticGame);

    /// <summary>Every solver with every form of game it takes.</summary>
    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var (id, entry) in Entries.Solvers)
        {
            var needs = NeedsOf.GetValueOrDefault(id);
            bool isTable = entry.Subject == typeof(StochasticGame);
            if (!isTable) all.Add(id, "own form");
            if (isTable && !needs.HasFlag(Needs.Horizon)) all.Add(id, "discount");
            if (isTable && !needs.HasFlag(Needs.Discount)) all.Add(id, "horizon");
        }

        return all;
    }

    /// <summary>The case of a row of <see cref="All"/>.</summary>
    public static SolverCase Of(string id, string form) => new(id, form == "horizon");

    /// <summary>A game of a few states.</summary>
    public ISolvableGame Small() => Entry.Subject == typeof(StochasticGame)
        ? ConformanceGames.Table(Needs, 2, Needs.HasFlag(Needs.OneState) ? 1 : Needs.HasFlag(Needs.OwnPlaces) ? 9 : 3, 2, _hasHorizon ? 3 : null)
        : Entry.Subject == typeof(MeanFieldGame) ? ConformanceGames.Ring(5, 4) : ConformanceGames.Graph();

    /// <summary>A game that a crew shares.</summary>
    public ISolvableGame Middle()
    {
        if (Entry.Subject == typeof(MeanFieldGame)) return ConformanceGames.Ring(100, 50);
        if (Entry.Subject != typeof(StochasticGame)) return ConformanceGames.Chain(2000);
        int? horizon = _hasHorizon ? 5 : null;
        return ConformanceGames.Table(Needs, 2, States.Middle, States.Middle == 1 ? 100 : 4, horizon);
    }

    /// <summary>A game of 10^6 rows (state, joint action), built once; with signals, where the solver adds some.</summary>
    public ISolvableGame Huge() =>
        Entry.Subject == typeof(MeanFieldGame) ? LargeRing.Value : Entry.Subject != typeof(StochasticGame) ? LargeGraph.Value : HugeTable(States.Large);

    private StochasticGame HugeTable(int states)
    {
        lock (Large)
        {
            if (!Large.TryGetValue((states, _hasHorizon, Needs.HasFlag(Needs.OwnPlaces)), out var game))
                Large[(states, _hasHorizon, Needs.HasFlag(Needs.OwnPlaces))] = game = ConformanceGames.Table(Needs.ZeroSum | (Needs & Needs.OwnPlaces), 2, states, states == 1 ? 1000 : 4, _hasHorizon ? 3 : null, ends: false);
            return game;
        }
    }

    /// <summary>The options without which a solver has nothing to do, as JSON; empty where it needs none. Of more than two players all but the last two do the same.</summary>
    public static string NeededOptions(string id, int players = 2) =>
        OptionsOf.GetValueOrDefault(id, string.Empty).Replace("OTHERS", string.Concat(Enumerable.Repeat(", 0", Math.Max(0, players - 2))), StringComparison.Ordinal);

    /// <summary>Makes the solver from the catalog.</summary>
    public IAlgorithm Create(ISolvableGame game, ulong seed = 7, WorkCrew? crew = null, long maxBytes = SolveLimits.DefaultMaxBytes, CancellationToken cancellationToken = default) =>
        Entries.CreateSolver(Entry.Id, game, NeededOptions(Entry.Id, game.Players.Length), RandomStream.Create(seed), crew, maxBytes, cancellationToken: cancellationToken);

    /// <summary>Measures an answer by the solver's own concept.</summary>
    public Certificate Measure(ISolvableGame game, PolicyProfile policies) => Entries.CreateMetric(Entry.Concept, game).Measure(policies, CancellationToken.None);
}
