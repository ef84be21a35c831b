using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>Builds a <see cref="Drawing"/> from blocks that stand one below the other.</summary>
/// <remarks>Names given by callers may hold anything: control characters are replaced and long names are cut.</remarks>
public sealed class DrawingBuilder
{
    private const int LongestLabel = 24;
    private const int LongestCaption = 100;

    private readonly ImmutableArray<DrawingBlock>.Builder _blocks = ImmutableArray.CreateBuilder<DrawingBlock>();

    /// <summary>Adds a heading.</summary>
    /// <param name="text">One line.</param>
    public DrawingBuilder Title(string text)
    {
        _blocks.Add(new CaptionBlock(Clean(text, LongestCaption), IsTitle: true));
        return this;
    }

    /// <summary>Adds a line of text.</summary>
    /// <param name="text">One line.</param>
    public DrawingBuilder Caption(string text)
    {
        _blocks.Add(new CaptionBlock(Clean(text, LongestCaption), IsTitle: false));
        return this;
    }

    /// <summary>Adds a grid of square cells with pieces on it; pieces that share a cell stand side by side.</summary>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="tokens">The pieces, each inside the grid.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or a piece lies outside.</exception>
    public DrawingBuilder Grid(int rows, int columns, params IReadOnlyList<Token> tokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        foreach (var token in tokens)
            if (token.Row < 0 || token.Row >= rows || token.Column < 0 || token.Column >= columns)
                throw new ArgumentOutOfRangeException(nameof(tokens), token, $"a token must lie in the {rows} x {columns} grid");
        _blocks.Add(new GridBlock(rows, columns, [.. tokens.Select(t => t with { Text = Clean(t.Text, 2) })]));
        return this;
    }

    /// <summary>Adds a table with a name per row and column.</summary>
    /// <param name="rowTitle">What the rows are; may be empty.</param>
    /// <param name="rows">[R], a name per row.</param>
    /// <param name="columnTitle">What the columns are; may be empty.</param>
    /// <param name="columns">[C], a name per column.</param>
    /// <param name="cell">The text of a cell, from its row and column.</param>
    /// <param name="highlight">The cell to point out, or null.</param>
    public DrawingBuilder Table(
        string rowTitle, IReadOnlyList<string> rows, string columnTitle, IReadOnlyList<string> columns,
        Func<int, int, string> cell, (int Row, int Column)? highlight = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(cell);
        _blocks.Add(new TableBlock(
            Clean(rowTitle, LongestLabel), Clean(columnTitle, LongestLabel),
            [.. rows.Select(r => Clean(r, LongestLabel))], [.. columns.Select(c => Clean(c, LongestLabel))],
            [.. rows.Select((_, r) => columns.Select((_, c) => Clean(cell(r, c), LongestLabel)).ToImmutableArray())],
            highlight));
        return this;
    }

    /// <summary>Adds a surface as colored cells, with a marked point.</summary>
    /// <param name="horizontal">The axis to the right.</param>
    /// <param name="vertical">The axis upward.</param>
    /// <param name="resolution">Cells per axis, at least 2.</param>
    /// <param name="value">The surface at (horizontal, vertical); finite.</param>
    /// <param name="point">The point to mark, inside both axes, or null.</param>
    public DrawingBuilder HeatMap(
        Axis horizontal, Axis vertical, int resolution, Func<double, double, double> value, (double Horizontal, double Vertical)? point = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 2);
        ArgumentNullException.ThrowIfNull(value);
        var cells = ImmutableArray.CreateBuilder<ImmutableArray<double>>(resolution);
        for (int row = 0; row < resolution; row++)
        {
            double y = Center(vertical, resolution - 1 - row, resolution);
            cells.Add([.. Enumerable.Range(0, resolution).Select(column => value(Center(horizontal, column, resolution), y))]);
        }

        _blocks.Add(new HeatMapBlock(
            horizontal with { Title = Clean(horizontal.Title, LongestLabel) }, vertical with { Title = Clean(vertical.Title, LongestLabel) },
            cells.MoveToImmutable(), point));
        return this;
    }

    /// <summary>Adds a graph: nodes at given places and arrows between them, which bend where several join the same two nodes.</summary>
    /// <param name="nodes">At least one.</param>
    /// <param name="edges">The arrows, in the order in which the text lists those that leave one node.</param>
    /// <exception cref="ArgumentException">No node, a place that is not finite, a weight outside [0, 1], or an edge that does not join two nodes.</exception>
    public DrawingBuilder Graph(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(edges);
        if (nodes.Count == 0) throw new ArgumentException("a graph needs a node", nameof(nodes));
        foreach (var node in nodes)
            if (!double.IsFinite(node.X) || !double.IsFinite(node.Y))
                throw new ArgumentException($"{node}: a node's place must be finite", nameof(nodes));
        foreach (var edge in edges)
            if (edge.From < 0 || edge.From >= nodes.Count || edge.To < 0 || edge.To >= nodes.Count || edge.From == edge.To || edge.Weight is not (null or (>= 0 and <= 1)))
                throw new ArgumentException($"{edge}: an edge must join two different of the {nodes.Count} nodes with a weight in [0, 1] or none", nameof(edges));
        _blocks.Add(new GraphBlock(
            [.. nodes.Select(node => node with { Label = Clean(node.Label, LongestLabel) })],
            [.. edges.Select(edge => edge with { Label = Clean(edge.Label, LongestLabel) })]));
        return this;
    }

    /// <summary>The drawing of everything added so far.</summary>
    public Drawing Build() => new(_blocks.ToImmutable());

    private static double Center(Axis axis, int cell, int cells) => axis.Low + ((cell + 0.5) * (axis.High - axis.Low) / cells);

    private static string Clean(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        string shown = text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");
        return string.Create(shown.Length, shown, (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                bool printable = !char.IsControl(source[i]) && !char.IsSurrogate(source[i]) && source[i] < '\uFFFE';
                target[i] = printable ? source[i] : char.IsWhiteSpace(source[i]) ? ' ' : '?';
            }
        });
    }
}
