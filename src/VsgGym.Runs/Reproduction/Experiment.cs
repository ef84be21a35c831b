using System.Collections.Immutable;
using System.Text.Json;

namespace VsgGym.Runs;

/// <summary>A table or figure of a paper as data: every method learns every game, once per seed, and each trial's end is named.</summary>
public sealed record Experiment
{
    internal const string LearnerKind = "learner";

    /// <summary>"learner", which need not be said.</summary>
    public string Kind { get; init; } = LearnerKind;

    /// <summary>"rommeo/differential": the paper's key and a name.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows, one line.</summary>
    public required string Title { get; init; }

    /// <summary>Where the paper shows it: "Figure 2b".</summary>
    public required string Locus { get; init; }

    /// <summary>Trials per game and method; their seeds are 0, 1, ...</summary>
    public required int Seeds { get; init; }

    /// <summary>Steps that one point of a curve averages.</summary>
    public int Bin { get; init; } = 25;

    /// <summary>Points at which a game with a table is measured during a trial, the end included.</summary>
    public int Measurements { get; init; } = 20;

    /// <summary>The games.</summary>
    public required ImmutableArray<ExperimentGame> Games { get; init; }

    /// <summary>The methods.</summary>
    public required ImmutableArray<ExperimentMethod> Methods { get; init; }

    /// <summary>What a reader must know, one paragraph each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The ids of all experiments of this kind, sorted.</summary>
    public static ImmutableArray<string> Ids { get; } = ExperimentFiles.Ids(LearnerKind);

    /// <summary>Reads an experiment.</summary>
    /// <param name="id">One of <see cref="Ids"/>.</param>
    /// <exception cref="Core.VsgGymException">No such experiment.</exception>
    public static Experiment Load(string id) => ExperimentFiles.Load<Experiment>(id, LearnerKind);
}

/// <summary>A game of an experiment.</summary>
public sealed record ExperimentGame
{
    /// <summary>Its name in the table.</summary>
    public required string Label { get; init; }

    /// <summary>Its id in the catalog.</summary>
    public required string Id { get; init; }

    /// <summary>Its options; absent: the defaults.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>Options of every method in this game, below the method's own.</summary>
    public JsonElement? LearnerOptions { get; init; }

    /// <summary>How a trial's end is named, the first that fits; none: trials are not named.</summary>
    public ImmutableArray<ExperimentOutcome> Outcomes { get; init; } = [];
}

/// <summary>A named end of a trial, for games with one number per action.</summary>
public sealed record ExperimentOutcome
{
    /// <summary>"optimum".</summary>
    public required string Name { get; init; }

    /// <summary>The greedy joint action, [N]: a box action's number, or a discrete action's number.</summary>
    public required ImmutableArray<double> JointAction { get; init; }

    /// <summary>How far the joint action may lie from it, in the Euclidean norm; at least 0.</summary>
    public double Radius { get; init; }
}

/// <summary>A method of an experiment.</summary>
public sealed record ExperimentMethod
{
    /// <summary>Its name in the table.</summary>
    public required string Label { get; init; }

    /// <summary>The learner's id in the catalog.</summary>
    public required string Learner { get; init; }

    /// <summary>Its options; absent: the defaults.</summary>
    public JsonElement? Options { get; init; }
}
