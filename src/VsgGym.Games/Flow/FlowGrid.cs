using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The hypergrid of the flow-network literature: a walk away from a corner that may stop anywhere; returns peak near the corners.</summary>
/// <remarks>
/// <para>Story: one player starts at cell (0, ..., 0) of a grid with `side` cells along each of `dimensions` axes, raises one coordinate at
/// a time, and stops where it likes. Most ways to the high returns cross cells of return r0.</para>
/// <para>Players: player_0.</para>
/// <para>Observation: the node: cells first, the last coordinate fastest, then the ends, one per cell in the same order. Features: the
/// coordinates, 0 to side - 1, then whether play has stopped, 0 or 1.</para>
/// <para>Actions: raise coordinate 0, 1, ..., where it is below side - 1, or stop.</para>
/// <para>Rewards: with the stop at cell x, r0, and r1 more where 0.25 &lt; |x_i / (side - 1) - 0.5| for all i, and r2 more where
/// 0.3 &lt; |x_i / (side - 1) - 0.5| &lt; 0.4 for all i; else 0.</para>
/// <para>End: at the stop, terminated; at the latest after dimensions * (side - 1) + 1 moves.</para>
/// <para>Options: dimensions, side, r0, r1, r2, observation.</para>
/// <para>Unknown: the paper prints x_i / side, which puts the peaks off the middle; its authors' program spreads the cells over [-1, 1] with both
/// ends, as here. There the default grid has four peaks, at coordinates 1 and 6.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("flow_grid-v0")]
[Source("bengio2021")]
public sealed class FlowGrid(FlowGrid.Options options) : CatalogFlow(options)
{
    private const int MostCells = 1 << 18;
    private const int MostShown = 16;

    /// <summary>What can be set.</summary>
    public sealed record Options : FlowOptions, IValidatedOptions
    {
        /// <summary>Number of axes.</summary>
        [Range(1, 8)]
        public int Dimensions { get; init; } = 2;

        /// <summary>Cells along each axis.</summary>
        [Range(2, 256)]
        public int Side { get; init; } = 8;

        /// <summary>The return of every cell; the smaller, the harder to find a way to the peaks.</summary>
        [Range(0d, 1e9, MinimumIsExclusive = true)]
        public double R0 { get; init; } = 0.1;

        /// <summary>What the cells near the corners have more.</summary>
        [Range(0d, 1e9)]
        public double R1 { get; init; } = 0.5;

        /// <summary>What the peaks have more.</summary>
        [Range(0d, 1e9)]
        public double R2 { get; init; } = 2;

        /// <summary>Number of cells, side^dimensions.</summary>
        internal int Cells => (int)Math.Min(int.MaxValue, Math.Pow(Side, Dimensions));

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults)
        {
            ArgumentNullException.ThrowIfNull(faults);
            if (Cells > MostCells) faults.Add($"{path}.side", Side, $"side^dimensions must not exceed {MostCells} cells", "game_too_large");
        }
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        int node = (int)world.State[0], cell = node % options.Cells, last = options.Dimensions - 1;
        var drawing = new DrawingBuilder().Title("Flow grid").Caption($"time {world.Time}, {FlowDrawing.Where(Flow, node)}");
        if (options.Side > MostShown) return drawing.Caption($"{options.Side} cells a side: too many to draw").Build();
        string[] places = [.. Enumerable.Range(0, options.Side).Select(i => $"{i}")];
        int row = last == 0 ? 0 : Coordinate(cell, last - 1), column = Coordinate(cell, last), corner = cell - column - (last == 0 ? 0 : row * options.Side);
        drawing.Table(
            last == 0 ? string.Empty : $"coordinate {last - 1}", last == 0 ? [string.Empty] : places, $"coordinate {last}", places,
            (i, j) => Drawing.Number(Return(corner + (i * options.Side) + j)), (row, column));
        return drawing.Caption(last < 2 ? "in the cells: the return of stopping there" : "in the cells: the return of stopping there, with the other coordinates as they are").Build();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels => [.. Enumerable.Range(0, options.Dimensions).Select(i => $"coordinate {i}"), "stopped"];

    /// <inheritdoc/>
    protected override void WriteFeatures(int node, Span<float> features)
    {
        for (int i = 0; i < options.Dimensions; i++) features[i] = Coordinate(node % options.Cells, i);
        features[options.Dimensions] = node / options.Cells;
    }

    /// <inheritdoc/>
    protected override FlowTables Lay()
    {
        int cells = options.Cells, stop = options.Dimensions;
        var edges = new List<FlowEdge>(cells * (options.Dimensions + 1));
        var returns = new double[2 * cells];
        for (int cell = 0; cell < cells; cell++)
        {
            for (int i = 0; i < options.Dimensions; i++)
                if (Coordinate(cell, i) < options.Side - 1) edges.Add(new FlowEdge(cell, cell + Stride(i), i));
            edges.Add(new FlowEdge(cell, cells + cell, stop));
            returns[cells + cell] = Return(cell);
        }

        return new FlowTables
        {
            Edges = edges,
            Returns = new ShapedArray(returns, 1, 2 * cells),
            Nodes = [.. Enumerable.Range(0, cells).Select(Name), .. Enumerable.Range(0, cells).Select(cell => $"end {Name(cell)}")],
            Actions = [.. Enumerable.Range(0, options.Dimensions).Select(i => $"raise {i}"), "stop"],
        };
    }

    /// <summary>Compares whole numbers: with u = |2 x - (side - 1)|, |x / (side - 1) - 0.5| is u / (2 (side - 1)).</summary>
    private double Return(int cell)
    {
        bool outer = true, peak = true;
        int width = options.Side - 1;
        for (int i = 0; i < options.Dimensions; i++)
        {
            int u = Math.Abs((2 * Coordinate(cell, i)) - width);
            outer &= 2 * u > width;                        // 0.25 < u / (2 width)
            peak &= 5 * u > 3 * width && 5 * u < 4 * width; // 0.3 < u / (2 width) < 0.4
        }

        return options.R0 + (outer ? options.R1 : 0) + (peak ? options.R2 : 0);
    }

    private int Stride(int axis)
    {
        int stride = 1;
        for (int i = axis + 1; i < options.Dimensions; i++) stride *= options.Side;
        return stride;
    }

    private int Coordinate(int cell, int axis) => cell / Stride(axis) % options.Side;

    private string Name(int cell) => $"({string.Join(", ", Enumerable.Range(0, options.Dimensions).Select(i => Coordinate(cell, i)))})";
}
