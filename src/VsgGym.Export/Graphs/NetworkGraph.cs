using VsgGym.Core;
using VsgGym.Networks;
using static VsgGym.Export.Onnx.TensorProto.Types;

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
        string bias = graph.Constant("bias", layer.Bias.Span, layer.Outputs);
        if (encoder.Space is DiscreteSpace) return graph.Node("Add", Pick(graph, graph.Narrow("observation_rows", weight, encoder.Length, layer.Outputs), observation), bias);

        float[] offset = [.. Enumerable.Range(0, encoder.Length).Select(encoder.Offset)], scale = [.. Enumerable.Range(0, encoder.Length).Select(encoder.Scale)];
        string encoded = graph.Node(
            "Mul", graph.Node("Sub", observation, graph.Constant("observation_offset", offset, offset.Length)), graph.Constant("observation_scale", scale, scale.Length));
        string product = graph.Node("MatMul", encoded, graph.Constant("observation_weight", weight, encoder.Length, layer.Outputs));
        return graph.Node("Add", product, bias);
    }

    /// <summary>Rows of a float32 table, widened.</summary>
    public static string Pick(GraphWriter graph, string table, string rows) => graph.Cast(graph.Node("Gather", [table, rows], GraphWriter.Whole("axis", 0)), DataType.Double);

    /// <summary>Adds an encoded box action's part of the first layer.</summary>
    public static string AddEncoded(GraphWriter graph, DenseLayer layer, string first, string x, int from, int count) => graph.Node(
        "Add", first, graph.Node("MatMul", x, graph.Constant("action_weight", Transposed(layer, from, count), count, layer.Outputs)));

    /// <summary>Adds a discrete action's part of the first layer.</summary>
    public static string AddChoice(GraphWriter graph, DenseLayer layer, string first, string choice, int from, int count) => graph.Node(
        "Add", first, Pick(graph, graph.Narrow("action_rows", Transposed(layer, from, count), count, layer.Outputs), choice));

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
