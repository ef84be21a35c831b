using System.Reflection;
using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>Every game, solver, learner and metric by its id, found once at start-up in the assemblies that are handed over.</summary>
public sealed class Catalog
{
    private Catalog(IReadOnlyList<CatalogEntry> entries)
    {
        Games = Sort(entries, EntryKind.Game);
        Solvers = Sort(entries, EntryKind.Solver);
        Learners = Sort(entries, EntryKind.Learner);
        Metrics = Sort(entries, EntryKind.Metric);
    }

    /// <summary>The games, sorted by id.</summary>
    public IReadOnlyDictionary<string, CatalogEntry> Games { get; }

    /// <summary>The solvers, sorted by id.</summary>
    public IReadOnlyDictionary<string, CatalogEntry> Solvers { get; }

    /// <summary>The learners, sorted by id.</summary>
    public IReadOnlyDictionary<string, CatalogEntry> Learners { get; }

    /// <summary>The metrics by the concept they measure, sorted.</summary>
    public IReadOnlyDictionary<string, CatalogEntry> Metrics { get; }

    /// <summary>Finds every class marked [Game], [Solver], [Learner] or [Metric].</summary>
    /// <param name="assemblies">Where to look; the list is explicit.</param>
    /// <exception cref="CatalogException">An entry breaks a rule; every fault of every entry is listed.</exception>
    public static Catalog Scan(params IReadOnlyList<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        return Of(assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()));
    }

    /// <summary>Makes a game.</summary>
    /// <param name="id">"pursuit-v0".</param>
    /// <param name="optionsJson">Its options; empty means {}.</param>
    /// <param name="path">Where the options stand, for faults.</param>
    /// <exception cref="VsgGymException">No such game, or every fault of its options.</exception>
    public Game CreateGame(string id, string optionsJson = "", string path = "game.options") =>
        (Game)FindGame(id).Create(optionsJson, path);

    /// <summary>Makes a solver for a game.</summary>
    /// <param name="id">"rommeo_q".</param>
    /// <param name="game">What to solve.</param>
    /// <param name="optionsJson">Its options; empty means {}.</param>
    /// <param name="random">Its random numbers.</param>
    /// <param name="crew">The threads of its sweeps; null for the caller's alone. The answer does not depend on it.</param>
    /// <param name="maxBytes">The most memory its tables may take, in bytes.</param>
    /// <param name="path">Where the options stand, for faults.</param>
    /// <param name="cancellationToken">Checked while large tables are filled.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="VsgGymException">No such solver, every fault of its options, a game it cannot solve, or RESOURCE_EXHAUSTED: its tables would be too large.</exception>
    public IAlgorithm CreateSolver(
        string id, ISolvableGame game, string optionsJson, RandomStream random, WorkCrew? crew = null, long maxBytes = SolveLimits.DefaultMaxBytes, string path = "options", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        var solver = FindSolver(id);
        CheckForm(solver, "solver", game);
        long bytes = solver.EstimateBytes(game, optionsJson, path);
        if (bytes > maxBytes)
            throw VsgGymException.OverLimit("solver", id, $"its tables for this game take about {bytes} bytes, above the limit of {maxBytes}: lower the game's size or horizon, or raise the limit (--max-solve-bytes)", "out_of_memory");
        return (IAlgorithm)solver.Create(optionsJson, path, game, random, crew ?? WorkCrew.Alone(), cancellationToken);
    }

    /// <summary>Makes a learner for a game's rules.</summary>
    /// <param name="id">"rommeo_ac".</param>
    /// <param name="environment">What to play.</param>
    /// <param name="optionsJson">Its options; empty means {}.</param>
    /// <param name="random">Its random numbers.</param>
    /// <param name="path">Where the options stand, for faults.</param>
    /// <exception cref="VsgGymException">No such learner, every fault of its options, or a game it cannot learn.</exception>
    public ILearner CreateLearner(string id, Environment environment, string optionsJson, RandomStream random, string path = "options")
    {
        ArgumentNullException.ThrowIfNull(environment);
        return (ILearner)FindLearner(id).Create(optionsJson, path, environment, random);
    }

    /// <summary>Makes a metric for a game.</summary>
    /// <param name="id">The concept: "nash".</param>
    /// <param name="game">Whose profiles it measures.</param>
    /// <param name="optionsJson">Its options; empty means {}.</param>
    /// <param name="crew">The threads that measure; null for the caller's alone. What is measured does not depend on it.</param>
    /// <param name="path">Where the options stand, for faults.</param>
    /// <exception cref="VsgGymException">No such concept, a game it does not apply to, or every fault of its options.</exception>
    public IMetric CreateMetric(string id, ISolvableGame game, string optionsJson = "", WorkCrew? crew = null, string path = "concept_options")
    {
        ArgumentNullException.ThrowIfNull(game);
        var metric = FindMetric(id);
        CheckForm(metric, "concept", game);
        return (IMetric)metric.Create(optionsJson, path, game, crew ?? WorkCrew.Alone());
    }

    /// <summary>A game's entry.</summary>
    /// <exception cref="VsgGymException">NOT_FOUND at "game": no such id.</exception>
    public CatalogEntry FindGame(string id) => Find(Games, "game", id);

    /// <summary>A solver's entry.</summary>
    /// <exception cref="VsgGymException">NOT_FOUND at "solver": no such id.</exception>
    public CatalogEntry FindSolver(string id) => Find(Solvers, "solver", id);

    /// <summary>A learner's entry.</summary>
    /// <exception cref="VsgGymException">NOT_FOUND at "learner": no such id.</exception>
    public CatalogEntry FindLearner(string id) => Find(Learners, "learner", id);

    /// <summary>A metric's entry.</summary>
    /// <exception cref="VsgGymException">NOT_FOUND at "concept": no such id.</exception>
    public CatalogEntry FindMetric(string id) => Find(Metrics, "concept", id);

    private static void CheckForm(CatalogEntry entry, string path, ISolvableGame game)
    {
        if (!entry.Subject!.IsInstanceOfType(game))
            throw VsgGymException.Invalid(path, entry.Id, $"needs {NameOf(entry.Subject)} and this is {game.KindName}", "wrong_kind");
    }

    private static string NameOf(Type form) => form == typeof(MeanFieldGame) ? "a mean-field game" : form == typeof(FlowGraph) ? "a flow graph" : "a stochastic game";

    /// <summary>The catalog of some classes; those without a mark are passed over.</summary>
    internal static Catalog Of(params IEnumerable<Type> types) => new(CatalogReader.Read(types));

    private static CatalogEntry Find(IReadOnlyDictionary<string, CatalogEntry> entries, string what, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return entries.TryGetValue(id, out var entry) ? entry
            : throw VsgGymException.NotFound(what, id, NearName.Rule(what, id, [.. entries.Keys]), $"unknown_{what}");
    }

    private static SortedDictionary<string, CatalogEntry> Sort(IEnumerable<CatalogEntry> entries, EntryKind kind) =>
        new(entries.Where(entry => entry.Kind == kind).ToDictionary(entry => entry.Id), StringComparer.Ordinal);
}
