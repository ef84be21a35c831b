using VsgGym.Core;
using static VsgGym.Export.Onnx.TensorProto.Types;

namespace VsgGym.Export;

/// <summary>A table of action probabilities as an ONNX graph: observation, time where T is above 1, and noise to the outputs of a discrete policy.</summary>
internal static class TableGraph
{
    public const string Time = "time";

    /// <summary>The graph; times past the end use the last row block, as the table's own play does.</summary>
    /// <param name="policy">[T, S, A].</param>
    public static GraphWriter Write(TabularPolicy policy)
    {
        var graph = new GraphWriter("policy");
        string row = graph.Input(BlueprintGraph.Observation, DataType.Int64, null);
        if (policy.Times > 1)
        {
            string time = graph.Node("Min", graph.Input(Time, DataType.Int64, null), graph.Constant("last_time", [policy.Times - 1L]));
            row = graph.Node("Add", row, graph.Node("Mul", time, graph.Constant("states", [(long)policy.States])));
        }

        string noise = graph.Input(BlueprintGraph.Noise, DataType.Float, 1);
        string table = graph.Narrow("table", Rounded(policy), policy.Times * policy.States, policy.Actions);
        string probabilities = NetworkGraph.Pick(graph, table, row);
        HeadGraph.ChoiceOutputs(graph, new DiscreteSpace(policy.Actions), probabilities, noise, string.Empty);
        return graph;
    }

    /// <summary>The table in float32.</summary>
    public static float[] Rounded(TabularPolicy policy)
    {
        float[] rounded = new float[policy.Probabilities.Length];
        for (int i = 0; i < rounded.Length; i++) rounded[i] = (float)policy.Probabilities[i];
        return rounded;
    }
}
