using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A tree of choices: one player walks from the root to a leaf, and the leaf pays.</summary>
/// <remarks>
/// <para>Story: at each of `depth` forks the player takes one of `branching` ways; every leaf has a positive return. On a tree the flow
/// through a node is the sum of the returns below it, so that a policy that splits in proportion to those sums ends at each leaf with
/// a probability proportional to its return.</para>
/// <para>Players: player_0.</para>
/// <para>Observation: the node, the root first, then level by level; its name lists the ways taken. Features: the level, 0 to `depth`, and the
/// place within the level from the left, 0 to 1.</para>
/// <para>Actions: the way, 0 to branching - 1.</para>
/// <para>Rewards: the leaf's return with the last move, else 0.</para>
/// <para>End: at a leaf, terminated, after `depth` moves.</para>
/// <para>Options: branching, depth, returns, observation.</para>
/// <para>Unknown: the source runs no experiment on a graph of its own; sizes and returns are ours.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("flow_tree-v0")]
[Source("flow", "section 4")]
[Source("bengio2021")]
public sealed class FlowTree(FlowTree.Options options) : CatalogFlow(options)
{
    private const int MostNodes = 1_000_000;

    /// <summary>What can be set.</summary>
    public sealed record Options : FlowOptions, IValidatedOptions
    {
        /// <summary>Ways at each fork.</summary>
        [Range(2, 9)]
        public int Branching { get; init; } = 2;

        /// <summary>Forks from the root to a leaf.</summary>
        [Range(1, 18)]
        public int Depth { get; init; } = 3;

        /// <summary>The leaves' returns from the left, branching^depth positive numbers; absent: 1, 2, 3, ...</summary>
        public IReadOnlyList<double>? Returns { get; init; }

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults)
        {
            ArgumentNullException.ThrowIfNull(faults);
            if (Math.Pow(Branching, Depth + 1) > MostNodes * (Branching - 1.0))
                faults.Add($"{path}.depth", Depth, $"the tree must not exceed {MostNodes} nodes with branching {Branching}", "game_too_large");
            else
                ReturnChecks.Check($"{path}.returns", Returns, FirstOf(Depth + 1) - FirstOf(Depth), faults);
        }

        /// <summary>The number of the first node of a level: how many nodes are above it.</summary>
        internal int FirstOf(int level)
        {
            int first = 0, width = 1;
            for (int above = 0; above < level; above++, width *= Branching) first += width;
            return first;
        }
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world) => FlowDrawing.Draw("Flow tree", Flow, Place, world);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels => ["level", "place from the left"];

    /// <inheritdoc/>
    protected override void WriteFeatures(int node, Span<float> features)
    {
        var (level, place, width) = Find(node);
        (features[0], features[1]) = (level, width == 1 ? 0 : (float)place / (width - 1));
    }

    /// <inheritdoc/>
    protected override FlowTables Lay()
    {
        int inner = options.FirstOf(options.Depth), nodes = options.FirstOf(options.Depth + 1), ways = options.Branching;
        var edges = new List<FlowEdge>(nodes);
        var returns = new double[nodes];
        for (int x = 0; x < inner; x++)
            for (int way = 0; way < ways; way++)
                edges.Add(new FlowEdge(x, (x * ways) + 1 + way, way));
        for (int leaf = inner; leaf < nodes; leaf++) returns[leaf] = options.Returns?[leaf - inner] ?? leaf - inner + 1;
        return new FlowTables
        {
            Edges = edges,
            Returns = new ShapedArray(returns, 1, nodes),
            Nodes = [.. Enumerable.Range(0, nodes).Select(Name)],
            Actions = [.. Enumerable.Range(0, ways).Select(way => $"{way}")],
        };
    }

    /// <summary>Where a node is drawn, neighbors about 1 apart, y downward.</summary>
    private (double X, double Y) Place(int node)
    {
        var (level, place, width) = Find(node);
        double leaves = options.FirstOf(options.Depth + 1) - options.FirstOf(options.Depth);
        return ((place + 0.5) * (leaves / width), level);
    }

    private (int Level, int Place, int Width) Find(int node)
    {
        int level = 0;
        while (options.FirstOf(level + 1) <= node) level++;
        return (level, node - options.FirstOf(level), options.FirstOf(level + 1) - options.FirstOf(level));
    }

    private string Name(int node)
    {
        string ways = string.Empty;
        for (; node > 0; node = (node - 1) / options.Branching) ways = $"{(node - 1) % options.Branching}{ways}";
        return ways.Length == 0 ? "root" : ways;
    }
}
