using System.Reflection;
using System.Text.RegularExpressions;

namespace VsgGym.Core;

/// <summary>Turns marked classes into entries and collects every fault on the way.</summary>
internal sealed partial class CatalogReader
{
    private readonly List<Fault> _faults = [];
    private readonly List<(CatalogEntry? Entry, EntryKind Kind, string Id, Type Type)> _found = [];

    /// <summary>Reads the marked ones among some classes.</summary>
    /// <exception cref="CatalogException">Every fault of every class.</exception>
    public static IReadOnlyList<CatalogEntry> Read(IEnumerable<Type> types)
    {
        var reader = new CatalogReader();
        foreach (var type in types)
            foreach (var mark in type.GetCustomAttributes<EntryAttribute>(inherit: false))
                reader.Add(type, mark);
        reader.CheckDuplicates();
        return reader._faults.Count == 0
            ? [.. reader._found.Select(found => found.Entry!)]
            : throw new CatalogException([.. reader._faults]);
    }

    private void Add(Type type, EntryAttribute mark)
    {
        var kind = mark switch
        {
            GameAttribute => EntryKind.Game,
            SolverAttribute => EntryKind.Solver,
            LearnerAttribute => EntryKind.Learner,
            _ => EntryKind.Metric,
        };
        CheckId(type, kind, mark.Id);
        if (XmlDocumentation.Of(type.Assembly).Summary(type).Length == 0)
            Fault(type, mark.Id, "needs an XML summary (in the documentation file beside its assembly)", "missing_summary");
        var sources = Sources(type, mark.Id);
        var constructor = EntryConstructor.Of(type, kind, (rule, reason) => Fault(type, mark.Id, rule, reason));
        _found.Add((constructor is null ? null : Entry(type, kind, mark, constructor, sources), kind, mark.Id, type));
    }

    private CatalogEntry? Entry(Type type, EntryKind kind, EntryAttribute mark, EntryConstructor constructor, IReadOnlyList<EntrySource> sources)
    {
        try
        {
            string concept = mark is SolverAttribute solver ? solver.Concept : mark is MetricAttribute ? mark.Id : string.Empty;
            return new CatalogEntry(kind, mark.Id, concept, type, constructor, sources);
        }
        catch (CatalogException options)
        {
            _faults.AddRange(options.Faults);
            return null;
        }
    }

    private void CheckId(Type type, EntryKind kind, string id)
    {
        if (kind == EntryKind.Game && !GameId().IsMatch(id)) Fault(type, id, "a game's id must be snake_case with a version, as in \"pursuit-v0\"", "bad_id");
        if (kind != EntryKind.Game && !PlainId().IsMatch(id)) Fault(type, id, "the id must be snake_case", "bad_id");
    }

    private List<EntrySource> Sources(Type type, string id)
    {
        var sources = new List<EntrySource>();
        var marks = type.GetCustomAttributes<SourceAttribute>(inherit: false).ToList();
        if (marks.Count == 0) Fault(type, id, "needs a [Source]", "missing_source");
        foreach (var mark in marks)
        {
            if (References.All.TryGetValue(mark.Key, out var citation)) sources.Add(new EntrySource(citation, mark.Locus));
            else Fault(type, mark.Key, NearName.Rule("source", mark.Key, [.. References.All.Keys]), "unknown_source");
        }

        return sources;
    }

    private void CheckDuplicates()
    {
        foreach (var group in _found.GroupBy(found => (found.Kind, found.Id)).Where(group => group.Count() > 1))
            _faults.Add(new Fault(string.Join(", ", group.Select(found => found.Type.FullName)), group.Key.Id, "an id must be used once", "duplicate_id"));
    }

    private void Fault(Type type, string value, string rule, string reason) => _faults.Add(new Fault(type.FullName!, value, rule, reason));

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*-v(0|[1-9][0-9]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex GameId();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainId();
}
