namespace VsgGym.Core;

/// <summary>Finds the name a caller probably meant.</summary>
internal static class NearName
{
    /// <summary>The rule of a fault about an unknown name: what it is, the nearest known name, and all known names.</summary>
    /// <param name="what">"option", "game".</param>
    /// <param name="given">What the caller wrote.</param>
    /// <param name="known">Every known name.</param>
    public static string Rule(string what, string given, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0) return $"unknown {what}; there are none";
        string near = Nearest(given, known) is { } name ? $" did you mean \"{name}\"?" : string.Empty;
        return $"unknown {what};{near} known: {string.Join(", ", known)}";
    }

    /// <summary>The known name that starts with the given one, or lies within a third of its letters (at least 2), or null.</summary>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        string lower = given.ToLowerInvariant();
        if (lower.Length > 2 && known.FirstOrDefault(k => k.StartsWith(lower, StringComparison.Ordinal)) is { } whole) return whole; // "climbing" without "-v0"
        var (name, distance) = known.Select(k => (k, Distance(lower, k))).OrderBy(pair => pair.Item2).FirstOrDefault((string.Empty, int.MaxValue));
        return distance <= Math.Max(2, given.Length / 3) ? name : null;
    }

    /// <summary>The Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        // A name past this length is no slip of the pen, and must not cost quadratic work.
        if (a.Length > 100 || b.Length > 100) return int.MaxValue;
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
