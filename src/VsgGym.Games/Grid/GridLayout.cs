using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A grid given as text, a character per cell, rows separated by a slash or a line break.</summary>
internal sealed class GridLayout
{
    private const int MostCells = 400;

    private readonly string[] _rows;

    private GridLayout(string[] rows) => _rows = rows;

    public int Rows => _rows.Length;

    public int Columns => _rows[0].Length;

    public int Cells => Rows * Columns;

    public char this[int cell] => _rows[cell / Columns][cell % Columns];

    /// <summary>Reads a layout, or adds what is wrong with it and gives null.</summary>
    /// <param name="text">The layout.</param>
    /// <param name="characters">What a cell may be.</param>
    /// <param name="path">The option's path.</param>
    /// <param name="faults">Gets every fault.</param>
    public static GridLayout? Parse(string text, string characters, string path, FaultList faults)
    {
        string[] rows = text.Trim().Replace("\r", string.Empty, StringComparison.Ordinal).Split('/', '\n');
        int before = faults.Count;
        if (text.Trim().Length == 0) faults.Add(path, text, "must have at least one cell", "empty");
        if (rows.Any(row => row.Length != rows[0].Length)) faults.Add(path, text, "all rows must be equally long", "wrong_shape");
        if (rows.Sum(row => row.Length) > MostCells) faults.Add(path, text, $"must have at most {MostCells} cells", "out_of_range");
        string unknown = string.Concat(string.Concat(rows).Distinct().Except(characters));
        if (unknown.Length > 0) faults.Add(path, text, $"knows the characters {characters} and not {unknown}", "unknown_character");
        return faults.Count == before ? new GridLayout(rows) : null;
    }

    /// <summary>Reads a layout that has been found sound.</summary>
    public static GridLayout Sound(string text, string characters)
    {
        var faults = new FaultList();
        var layout = Parse(text, characters, "options.layout", faults);
        faults.ThrowIfAny();
        return layout!;
    }

    /// <summary>The cells with a character, ascending.</summary>
    public IReadOnlyList<int> Find(char character) => [.. Enumerable.Range(0, Cells).Where(cell => this[cell] == character)];

    /// <summary>Where an action leads among the cells with some characters, or null.</summary>
    public int? Target(int cell, int action, string open) =>
        Compass.Target(cell, action, Rows, Columns) is { } target && open.Contains(this[target], StringComparison.Ordinal) ? target : null;

    /// <summary>Adds a fault unless a character stands in as many cells as it should.</summary>
    public void Require(char character, string meaning, int least, int most, string path, FaultList faults)
    {
        int count = Find(character).Count;
        if (count >= least && count <= most) return;
        faults.Add(path, $"{count} cells {character}", least == most ? $"must have exactly {least}, {meaning}" : $"must have {least} to {most}, {meaning}", "wrong_count");
    }
}
