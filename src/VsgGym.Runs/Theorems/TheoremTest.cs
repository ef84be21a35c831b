using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>A statement of a paper held against games: for each whether its premises hold, what it promises and what is measured.</summary>
public abstract class TheoremTest
{
    private static readonly ImmutableSortedDictionary<string, TheoremTest> Tests = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        ((TheoremTest[])
        [
            new VsgTheorem42(), new VsgProposition55(), new VsgProposition56(), new VsgLemma57(), new VsgTheorem58(),
            new FlowTheorem43(), new MgeTheorem1(), new MgeTheorem2(), new MgeTheorem3(), new RommeoTheorem3(),
        ]).Select(test => KeyValuePair.Create(test.Id, test)));

    /// <summary>The ids of all tests, sorted.</summary>
    public static ImmutableArray<string> Ids { get; } = [.. Tests.Keys];

    /// <summary>How many random games a table has by default.</summary>
    public const int DefaultGames = 20;

    /// <summary>"flow/theorem-4-3": the paper's key and the statement.</summary>
    public abstract string Id { get; }

    /// <summary>What was found, one line.</summary>
    public abstract string Title { get; }

    /// <summary>Where the paper states it: "vsg Theorem 4.2".</summary>
    public abstract string Locus { get; }

    /// <summary>The statement, what is measured, where it fails and what holds instead, one paragraph each.</summary>
    public abstract ImmutableArray<string> Notes { get; }

    /// <summary>What the bound is.</summary>
    public abstract string BoundHeading { get; }

    /// <summary>What the measured number is.</summary>
    public abstract string MeasuredHeading { get; }

    /// <summary>What a row's further numbers are.</summary>
    public virtual ImmutableArray<string> OtherHeadings => [];

    /// <summary>Finds a test.</summary>
    /// <param name="id">One of <see cref="Ids"/>.</param>
    /// <exception cref="VsgGymException">No such test.</exception>
    public static TheoremTest Load(string id) =>
        Tests.GetValueOrDefault(id) ?? throw VsgGymException.NotFound("experiment", id, $"must be one of {string.Join(", ", Ids)}", "unknown_experiment");

    /// <summary>Makes the rows, those of a group one after another.</summary>
    /// <param name="catalog">Games, solvers and metrics.</param>
    /// <param name="games">Random games of each kind, at least 1; their seeds are 0, 1, ...</param>
    /// <param name="cancellationToken">Stops.</param>
    public ImmutableArray<TheoremRow> Run(Catalog catalog, int games, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentOutOfRangeException.ThrowIfLessThan(games, 1);
        return [.. Rows(new TheoremBench(catalog, games, cancellationToken))];
    }

    /// <summary>Makes the rows.</summary>
    internal abstract IEnumerable<TheoremRow> Rows(TheoremBench bench);
}
