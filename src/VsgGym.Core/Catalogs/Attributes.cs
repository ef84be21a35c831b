namespace VsgGym.Core;

/// <summary>Marks a class as an entry of the catalog.</summary>
/// <param name="id">The entry's id, snake_case; games end in -vN.</param>
public abstract class EntryAttribute(string id) : Attribute
{
    /// <summary>The entry's id.</summary>
    public string Id { get; } = id;
}

/// <summary>A game: derives from <see cref="Game"/>, one public constructor taking its nested Options record.</summary>
/// <param name="id">snake_case with a version: "pursuit-v0", raised when behavior changes.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class GameAttribute(string id) : EntryAttribute(id);

/// <summary>A solver: implements <see cref="IAlgorithm"/>, one public constructor of (game, Options[, RandomStream][, WorkCrew][, CancellationToken]), a public static EstimateBytes(game, Options).</summary>
/// <remarks>The game is a StochasticGame, a MeanFieldGame, a FlowGraph, or an ISolvableGame where the class takes several kinds and checks.</remarks>
/// <param name="id">snake_case: "rommeo_q".</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SolverAttribute(string id) : EntryAttribute(id)
{
    /// <summary>The concept that its answers are measured against where the caller names none. Default "nash".</summary>
    public string Concept { get; init; } = "nash";
}

/// <summary>A learner: implements <see cref="ILearner"/>, one public constructor of (Environment, Options, RandomStream).</summary>
/// <param name="id">snake_case: "rommeo_ac".</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class LearnerAttribute(string id) : EntryAttribute(id);

/// <summary>A metric: implements <see cref="IMetric"/>, one public constructor of (game[, Options][, WorkCrew]), the game as of a solver.</summary>
/// <param name="id">The concept: "nash".</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MetricAttribute(string id) : EntryAttribute(id);

/// <summary>Where an entry comes from; the key must be in references.json.</summary>
/// <param name="key">A key of references.json.</param>
/// <param name="locus">Where in the source: "Algorithm 1", "section 7".</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class SourceAttribute(string key, string locus = "") : Attribute
{
    /// <summary>A key of references.json.</summary>
    public string Key { get; } = key;

    /// <summary>Where in the source, or empty.</summary>
    public string Locus { get; } = locus;
}
