using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Export;

/// <summary>A dense network as graph nodes; its first layer takes the observation and the opponents' actions piece by piece.</summary>
internal static class NetworkGraph
{
    /// <summary>The bias and the observation's part of the first layer, [batch, width].</summary>
    /// <param name="graph">Where the nodes go.</param>
    /// <param name="encoder">How the observation is encoded; a discrete one picks its row of the weight.</param>
    /// <param name="layer">The first layer.</param>
    /// <param name="observation">The name of the observation.</param>
    public static string Observe(GraphWriter graph, ObservationEncoder encoder, DenseLayer layer, string observation)
    {
        float[] weight = Transposed(layer, 0, encoder.Length);
        if (encoder.Space is DiscreteSpace)
        {
            for (int i = 0; i < weight.Length; i++) weight[i] += layer.Bias.Span[i % layer.Outputs];
            return graph.Node("Gather", [graph.Constant("observation_rows", weight, encoder.Length, layer.Outputs), observation], GraphWriter.Whole("axis", 0));
        }

        float[] offset = [.. Enumerable.Range(0, encoder.Length).Select(encoder.Offset)], scale = [.. Enumerable.Range(0, encoder.Length).Select(encoder.Scale)];
        string encoded = graph.Node(
            "Mul", graph.Node("Sub", observation, graph.Constant("observation_offset", offset, offset.Length)), graph.Constant("observation_scale", scale, scale.Length));
        string product = graph.Node("MatMul", encoded, graph.Constant("observation_weight", weight, encoder.Length, layer.Outputs));
        return graph.Node("Add", product, graph.Constant("bias", layer.Bias.Span, layer.Outputs));
    }

    /// <summary>Adds an encoded box action's part of the first layer.</summary>
    public static string AddEncoded(GraphWriter graph, DenseLayer layer, string first, string x, int from, int count) => graph.Node(
        "Add", first, graph.Node("MatMul", x, graph.Constant("action_weight", Transposed(layer, from, count), count, layer.Outputs)));

    /// <summary>Adds a discrete action's part of the first layer.</summary>
    public static string AddChoice(GraphWriter graph, DenseLayer layer, string first, string choice, int from, int count) => graph.Node(
        "Add", first, graph.Node("Gather", [graph.Constant("action_rows", Transposed(layer, from, count), count, layer.Outputs), choice], GraphWriter.Whole("axis", 0)));

    /// <summary>The network's output from its first layer's.</summary>
    public static string Finish(GraphWriter graph, DenseNetwork network, string first)
    {
        string x = first;
        foreach (var layer in network.Layers.Skip(1))
        {
            string product = graph.Node("MatMul", graph.Node("Relu", x), graph.Constant("weight", Transposed(layer, 0, layer.Inputs), layer.Inputs, layer.Outputs));
            x = graph.Node("Add", product, graph.Constant("bias", layer.Bias.Span, layer.Outputs));
        }

        return x;
    }

    /// <summary>Some inputs' part of W^T, [count, outputs].</summary>
    public static float[] Transposed(DenseLayer layer, int from, int count)
    {
        float[] weight = new float[count * layer.Outputs];
        for (int i = 0; i < count; i++)
            for (int o = 0; o < layer.Outputs; o++) weight[(i * layer.Outputs) + o] = layer.Weight.Span[(o * layer.Inputs) + from + i];
        return weight;
    }
}
