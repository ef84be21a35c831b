using System.Text;

namespace VsgGym.Core;

/// <summary>Finds the elements that stand in every frame of a reel, so that a document holds them once.</summary>
/// <remarks>
/// A run is a sequence of elements that follow each other in every frame; frames refer to it in its place, so what covers what stays as it
/// was. Elements that stand twice in a frame, and lines that are no whole element, are never shared.
/// </remarks>
internal sealed class SharedRuns
{
    private const int Shortest = 160; // letters; below it a reference saves too little

    private readonly Dictionary<string, string?> _before = new(StringComparer.Ordinal); // the element before a shared one, or null where a run starts
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal); // by a run's first element
    private readonly StringBuilder _definitions = new();

    /// <summary>Looks for the runs.</summary>
    /// <param name="frames">Each frame's elements, one a line.</param>
    /// <param name="prefix">What the document's ids start with.</param>
    public SharedRuns(IReadOnlyList<string[]> frames, string prefix)
    {
        if (frames.Count < 2) return;
        var shared = Shared(frames);
        for (int f = 0; f < frames.Count; f++) Join(frames[f], shared, first: f == 0);
        foreach (string[] run in Runs(frames[0])) Define(run, prefix);
    }

    /// <summary>The runs, as the content of a document's defs; empty where there are none.</summary>
    public string Definitions => _definitions.ToString();

    /// <summary>A frame's elements, its runs replaced by references.</summary>
    /// <param name="lines">One of the frames.</param>
    public string Write(string[] lines)
    {
        var text = new StringBuilder();
        bool inRun = false;
        foreach (string line in lines)
        {
            bool isShared = _before.TryGetValue(line, out string? before);
            if (isShared && before is null && _references.TryGetValue(line, out string? reference))
            {
                inRun = true;
                text.Append(reference);
                continue;
            }

            inRun &= isShared && before is not null;
            if (!inRun) text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static HashSet<string> Shared(IReadOnlyList<string[]> frames)
    {
        HashSet<string>? shared = null;
        foreach (string[] frame in frames)
        {
            var once = frame.CountBy(line => line, StringComparer.Ordinal).Where(pair => pair.Value == 1 && IsWhole(pair.Key)).Select(pair => pair.Key);
            if (shared is null) shared = new HashSet<string>(once, StringComparer.Ordinal);
            else shared.IntersectWith(once);
        }

        return shared!;
    }

    private static bool IsWhole(string line) => line.EndsWith("/>", StringComparison.Ordinal)
        || (line.StartsWith("<text", StringComparison.Ordinal) && line.EndsWith("</text>", StringComparison.Ordinal));

    private void Join(string[] frame, HashSet<string> shared, bool first)
    {
        string? last = null;
        foreach (string line in frame)
        {
            bool isShared = shared.Contains(line);
            if (isShared && first) _before[line] = last;
            else if (isShared && _before[line] != last) _before[line] = null;
            last = isShared ? line : null;
        }
    }

    private List<string[]> Runs(string[] frame)
    {
        var runs = new List<string[]>();
        var run = new List<string>();
        foreach (string line in frame)
        {
            bool isShared = _before.TryGetValue(line, out string? before);
            if (!(isShared && before is not null) && run.Count > 0)
            {
                runs.Add([.. run]);
                run.Clear();
            }

            if (isShared) run.Add(line);
        }

        if (run.Count > 0) runs.Add([.. run]);
        return runs;
    }

    private void Define(string[] run, string prefix)
    {
        if (run.Sum(line => line.Length) < Shortest) return;
        string id = $"{prefix}-{_references.Count}";
        _references[run[0]] = $"<use href=\"#{id}\"/>\n";
        _definitions.Append("<g id=\"").Append(id).Append("\">\n");
        foreach (string line in run) _definitions.Append(line).Append('\n');
        _definitions.Append("</g>\n");
    }
}
