using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A flow game of the catalog: a graph that serves solvers as it is, and is played along its edges.</summary>
/// <param name="options">The game's options.</param>
public abstract class CatalogFlow(FlowOptions options) : Game
{
    private FlowGraph? _graph;

    /// <inheritdoc/>
    public sealed override FlowGraph Flow => _graph ??= new FlowGraph(Lay());

    /// <summary>A label per feature, [F], F at least 1.</summary>
    protected abstract IReadOnlyList<string> FeatureLabels { get; }

    /// <inheritdoc/>
    public sealed override Core.Environment CreateEnvironment() => new FlowEnvironment(Flow, options.Observation switch
    {
        ObservationForm.OneHot => StateVectors.Of(Flow.NodeCount, Flow.NodeLabels, (node, vector) => vector[node] = 1),
        ObservationForm.Features => StateVectors.Of(Flow.NodeCount, FeatureLabels, WriteFeatures),
        _ => null,
    });

    /// <summary>Edges, returns, owners and names.</summary>
    protected abstract FlowTables Lay();

    /// <summary>Writes a node's features into zeros.</summary>
    /// <param name="node">In [0, X).</param>
    /// <param name="features">[F].</param>
    protected abstract void WriteFeatures(int node, Span<float> features);
}
