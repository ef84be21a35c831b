using System.Globalization;
using System.Text;
using VsgGym.Core;

namespace VsgGym.Architecture.Tests;

/// <summary>The tables in README.md are generated from the catalogue and must be fresh.</summary>
public sealed class ReadmeTests
{
    private static readonly Catalog Catalog = Catalog.Scan(typeof(Games.Climbing).Assembly, typeof(Solvers.RommeoQ).Assembly, typeof(Learning.RommeoAc).Assembly);

    [Fact]
    public void Tables_AreFresh()
    {
        string path = Path.Combine(Repository.Root, "README.md");
        string present = File.ReadAllText(path);
        string fresh = Replace(Replace(Replace(present, "games", GameTable()), "solvers", MethodTable("solver", Catalog.Solvers)), "learners", MethodTable("learner", Catalog.Learners));
        if (Repository.Update) File.WriteAllText(path, present = fresh);
        Assert.True(present == fresh, "README.md's tables are stale: run bash tests/check.sh --update");
    }

    private static string GameTable()
    {
        var table = new StringBuilder("| game | players | what it is | source |\n|---|---|---|---|\n");
        foreach (var entry in Catalog.Games.Values)
        {
            var spec = Catalog.CreateGame(entry.Id).CreateEnvironment().Spec;
            table.Append(CultureInfo.InvariantCulture, $"| `{entry.Id}` | {string.Join(", ", spec.Players)} | {entry.Summary} | {Sources(entry)} |\n");
        }

        return table.ToString();
    }

    private static string MethodTable(string kind, IReadOnlyDictionary<string, CatalogEntry> entries)
    {
        var table = new StringBuilder($"| {kind} | what it does | source |\n|---|---|---|\n");
        foreach (var entry in entries.Values)
            table.Append(CultureInfo.InvariantCulture, $"| `{entry.Id}` | {entry.Summary} | {Sources(entry)} |\n");
        return table.ToString();
    }

    private static string Sources(CatalogEntry entry) => string.Join("; ", entry.Sources.Select(s =>
        $"{Names(s.Citation.Authors.Split(", "))} {s.Citation.Year}{(s.Locus.Length > 0 ? ", " + s.Locus : string.Empty)}"));

    private static string Names(string[] authors) => authors.Length switch
    {
        1 => LastName(authors[0]),
        2 => $"{LastName(authors[0])} and {LastName(authors[1])}",
        _ => LastName(authors[0]) + " et al.",
    };

    // "von Neumann" keeps its particle
    private static string LastName(string author) => author[(author.IndexOf(" von ", StringComparison.Ordinal) is >= 0 and var v ? v + 1 : author.LastIndexOf(' ') + 1)..];

    private static string Replace(string text, string name, string table)
    {
        string start = $"<!-- {name}: generated -->\n", end = $"<!-- /{name} -->";
        int from = text.IndexOf(start, StringComparison.Ordinal), to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, $"README.md lacks the markers of the table of {name}");
        return string.Concat(text.AsSpan(0, from + start.Length), table, text.AsSpan(to));
    }
}
