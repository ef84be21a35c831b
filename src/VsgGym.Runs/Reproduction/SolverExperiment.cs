using System.Collections.Immutable;
using System.Text.Json;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>A table or figure of a paper as data: every solver solves every game, once per seed, and what is measured stands beside the paper's own numbers.</summary>
/// <remarks>A JSON file with "kind": "solver". Options that a method or a game names reach the catalog as they are.</remarks>
public sealed record SolverExperiment
{
    internal const string SolverKind = "solver";

    /// <summary>"solver".</summary>
    public required string Kind { get; init; }

    /// <summary>"rommeo/figure-1": the paper's key and a name.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows, one line.</summary>
    public required string Title { get; init; }

    /// <summary>Where the paper shows it: "Figure 1".</summary>
    public required string Locus { get; init; }

    /// <summary>Trials per game and method; their seeds are 0, 1, ...; 1 where the methods draw nothing.</summary>
    public required int Seeds { get; init; }

    /// <summary>Iterations from one point of a curve to the next.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The iterations at which curves are tabled, ascending multiples of <see cref="Every"/>.</summary>
    public ImmutableArray<int> Marks { get; init; } = [];

    /// <summary>What an iteration is called: "episode".</summary>
    public string Iteration { get; init; } = "iteration";

    /// <summary>The games.</summary>
    public required ImmutableArray<SolverGame> Games { get; init; }

    /// <summary>The methods.</summary>
    public required ImmutableArray<SolverMethod> Methods { get; init; }

    /// <summary>What is measured.</summary>
    public required ImmutableArray<SolverMeasure> Measures { get; init; }

    /// <summary>The paper's own numbers.</summary>
    public ImmutableArray<PublishedNumbers> Published { get; init; } = [];

    /// <summary>What a reader must know, one paragraph each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The ids of all experiments of this kind, sorted.</summary>
    public static ImmutableArray<string> Ids { get; } = ExperimentFiles.Ids(SolverKind);

    /// <summary>Reads an experiment.</summary>
    /// <param name="id">One of <see cref="Ids"/>.</param>
    /// <exception cref="VsgGymException">No such experiment.</exception>
    public static SolverExperiment Load(string id) => ExperimentFiles.Load<SolverExperiment>(id, SolverKind);
}

/// <summary>A game of an experiment of solvers.</summary>
public sealed record SolverGame
{
    /// <summary>Its name in the tables.</summary>
    public required string Label { get; init; }

    /// <summary>Its id in the catalog.</summary>
    public required string Id { get; init; }

    /// <summary>Its options; absent: the defaults.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>Options of every method in this game, below the method's own.</summary>
    public JsonElement? SolverOptions { get; init; }
}

/// <summary>A method of an experiment of solvers.</summary>
public sealed record SolverMethod
{
    /// <summary>Its name in the tables.</summary>
    public required string Label { get; init; }

    /// <summary>The solver's id in the catalog.</summary>
    public required string Solver { get; init; }

    /// <summary>Its options; absent: the defaults.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>Whether the figures show it; the tables always do.</summary>
    public bool InFigure { get; init; } = true;
}

/// <summary>Numbers that a paper prints for a method.</summary>
public sealed record PublishedNumbers
{
    /// <summary>The game's label; absent where the experiment has one game.</summary>
    public string? Game { get; init; }

    /// <summary>The method's label.</summary>
    public required string Method { get; init; }

    /// <summary>The measure's name.</summary>
    public required string Measure { get; init; }

    /// <summary>For a curve: the iterations the numbers belong to; absent: the marks. For an answer's number: absent.</summary>
    public ImmutableArray<int>? At { get; init; }

    /// <summary>The numbers, one per iteration; one for an answer's number.</summary>
    public required ImmutableArray<double> Values { get; init; }
}
