using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Two players steer a ball down a board of pins, each in every other row; the slot it falls into pays both.</summary>
/// <remarks>
/// <para>Story: the ball falls through `rows` rows; in each it goes left or right, as the row's player says: player_0 in the first, third, ...
/// row, player_1 in the others. Many ways lead to the same slot, so that the graph is no tree.</para>
/// <para>Players: player_0, player_1.</para>
/// <para>Observation, the same for both: the node, row by row from the top, each row from the left. Features: the row, 0 to `rows`, how often the
/// ball went right, and whose move it is, 0 or 1.</para>
/// <para>Actions: left, right; the player who does not move has the single legal action left, which does nothing.</para>
/// <para>Rewards: with the last move each player's return of the slot, else 0: `returns` for player_0, and for player_1 the same or, with
/// opposed interests, the same from the right.</para>
/// <para>End: in a slot, terminated, after `rows` moves.</para>
/// <para>Options: rows, returns, interests, observation.</para>
/// <para>Unknown: the source defines the flow equilibrium of several players and runs no experiment on a graph of its own; board and returns
/// are ours. In its terms both act at every node, and the fixed transition function heeds one of them only. Its Definition 4.1 asks that the
/// ends come out in proportion to every player's returns at once, which opposed returns forbid unless they are symmetric.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("flow_two_player-v0")]
[Source("flow", "section 4")]
public sealed class FlowTwoPlayer(FlowTwoPlayer.Options options) : CatalogFlow(options)
{
    /// <summary>What can be set.</summary>
    public sealed record Options : FlowOptions, IValidatedOptions
    {
        /// <summary>Rows of pins.</summary>
        [Range(1, 1000)]
        public int Rows { get; init; } = 4;

        /// <summary>The returns of player_0 in the slots from the left, rows + 1 positive numbers; absent: 1, 2, 3, ...</summary>
        public IReadOnlyList<double>? Returns { get; init; }

        /// <summary>Whether player_1 has the same returns or opposed ones.</summary>
        public FlowInterests Interests { get; init; } = FlowInterests.Common;

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults)
        {
            ArgumentNullException.ThrowIfNull(faults);
            ReturnChecks.Check($"{path}.returns", Returns, Rows + 1, faults);
        }
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world) => FlowDrawing.Draw("Two players, one ball", Flow, Place, world);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels => ["row", "moves to the right", "whose move"];

    /// <inheritdoc/>
    protected override void WriteFeatures(int node, Span<float> features)
    {
        var (row, right) = Find(node);
        (features[0], features[1], features[2]) = (row, right, row % 2);
    }

    /// <inheritdoc/>
    protected override FlowTables Lay()
    {
        int inner = First(options.Rows), nodes = First(options.Rows + 1);
        var edges = new List<FlowEdge>(2 * inner);
        var returns = new double[2 * nodes];
        for (int x = 0; x < inner; x++)
        {
            var (row, right) = Find(x);
            for (int move = 0; move < 2; move++) edges.Add(new FlowEdge(x, First(row + 1) + right + move, move));
        }

        for (int slot = 0; slot <= options.Rows; slot++)
        {
            returns[inner + slot] = Return(slot);
            returns[nodes + inner + slot] = Return(options.Interests == FlowInterests.Common ? slot : options.Rows - slot);
        }

        return new FlowTables
        {
            Edges = edges,
            Returns = new ShapedArray(returns, 2, nodes),
            Owners = [.. Enumerable.Range(0, nodes).Select(x => Find(x).Row % 2)],
            Nodes = [.. Enumerable.Range(0, nodes).Select(x => $"{Find(x).Row}.{Find(x).Right}")],
            Actions = ["left", "right"],
        };
    }

    /// <summary>Where a node is drawn, neighbors about 1 apart, y downward.</summary>
    private static (double X, double Y) Place(int node)
    {
        var (row, right) = Find(node);
        return ((right - (row / 2.0)) * 1.4, row);
    }

    private double Return(int slot) => options.Returns?[slot] ?? slot + 1;

    /// <summary>The number of the first node of a row: how many nodes are above it.</summary>
    private static int First(int row) => row * (row + 1) / 2;

    private static (int Row, int Right) Find(int node)
    {
        int row = (int)((Math.Sqrt((8.0 * node) + 1) - 1) / 2); // the largest row with First(row) <= node
        return (row, node - First(row));
    }
}
