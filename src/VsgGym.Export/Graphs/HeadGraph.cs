using VsgGym.Core;
using VsgGym.Networks;
using static VsgGym.Export.Onnx.TensorProto.Types;

namespace VsgGym.Export;

/// <summary>The heads as graph nodes: parameters to actions, probabilities and log probabilities.</summary>
internal static class HeadGraph
{

    /// <summary>The first and the last of some columns of [batch, n].</summary>
    public static string Columns(GraphWriter graph, string all, int from, int count) => graph.Node(
        "Slice", all, graph.Constant("from", [(long)from], 1), graph.Constant("to", [(long)from + count], 1), graph.Constant("axis", [1L], 1));

    /// <summary>mu and sigma of a Gaussian head.</summary>
    public static (string Mean, string Sigma) MeanAndSigma(GraphWriter graph, string parameters, int n)
    {
        string l = graph.Node(
            "Clip", Columns(graph, parameters, n, n), graph.Constant("least_log_sigma", [GaussianHead.LeastLogSigma]), graph.Constant("greatest_log_sigma", [GaussianHead.GreatestLogSigma]));
        return (Columns(graph, parameters, 0, n), graph.Node("Add", graph.Node("Exp", l), graph.Constant("sigma_floor", [GaussianHead.SigmaFloor])));
    }

    /// <summary>u = mu + sigma eps, before the tanh.</summary>
    public static string Unsquashed(GraphWriter graph, (string Mean, string Sigma) gaussian, string noise) =>
        graph.Node("Add", gaussian.Mean, graph.Node("Mul", gaussian.Sigma, noise));

    /// <summary>The action in game units of x in [-1, 1], kept inside the box.</summary>
    public static string InGameUnits(GraphWriter graph, GaussianHead head, string x)
    {
        int n = head.Box.Length;
        float[] center = [.. Enumerable.Range(0, n).Select(head.Center)], half = [.. Enumerable.Range(0, n).Select(head.Half)];
        string action = graph.Node("Add", graph.Constant("center", center, n), graph.Node("Mul", graph.Constant("half", half, n), x));
        string below = graph.Node("Min", action, graph.Constant("high", head.Box.High.AsSpan(), n));
        return graph.Node("Max", below, graph.Constant("low", head.Box.Low.AsSpan(), n));
    }

    /// <summary>The log density in game units of the action sampled with the noise, [batch].</summary>
    public static string LogDensity(GraphWriter graph, GaussianHead head, (string Mean, string Sigma) gaussian, string noise, string u)
    {
        // 1 - tanh(u)^2 = 4 t / (1 + t)^2 with t = exp(-2 |u|), which keeps the digits that the difference would lose
        string t = graph.Node("Exp", graph.Node("Mul", graph.Node("Abs", u), graph.Constant("minus_two", [-2f])));
        string onePlus = graph.Node("Add", t, graph.Constant("one", [1f]));
        string slope = graph.Node("Div", graph.Node("Mul", t, graph.Constant("four", [4f])), graph.Node("Mul", onePlus, onePlus));
        string logSlope = graph.Node("Log", graph.Node("Add", slope, graph.Constant("squash_epsilon", [GaussianHead.SquashEpsilon])));
        string square = graph.Node("Mul", graph.Node("Mul", noise, noise), graph.Constant("half", [0.5f]));
        double[] rest = [.. Enumerable.Range(0, head.Box.Length).Select(k => (0.5 * Math.Log(2 * Math.PI)) + Math.Log(head.Half(k)))];
        string cost = graph.Node("Add", graph.Node("Add", square, graph.Node("Log", gaussian.Sigma)), graph.Node("Add", logSlope, graph.Exact("log_volume", rest, rest.Length)));
        return graph.Node("Neg", graph.Node("ReduceSum", [cost, graph.Constant("axis", [1L], 1)], GraphWriter.Whole("keepdims", 0)));
    }

    /// <summary>The softmax over the last axis, shifted by the maximum.</summary>
    /// <param name="graph">Where the nodes go.</param>
    /// <param name="logits">[..., A].</param>
    /// <param name="legal">A mask that broadcasts to the logits, or null.</param>
    public static string Softmax(GraphWriter graph, string logits, string? legal)
    {
        if (legal is not null) logits = graph.Node("Where", legal, logits, graph.Constant("illegal", [CategoricalKernel.IllegalLogit]));
        string shifted = graph.Node("Sub", logits, graph.Node("ReduceMax", [logits], GraphWriter.Axes(-1), GraphWriter.Whole("keepdims", 1)));
        string weights = graph.Node("Exp", shifted);
        return graph.Node("Div", weights, graph.Node("ReduceSum", [weights, graph.Constant("axis", [-1L], 1)], GraphWriter.Whole("keepdims", 1)));
    }

    /// <summary>Writes the outputs of a box action.</summary>
    /// <param name="graph">Where the nodes go.</param>
    /// <param name="head">The head.</param>
    /// <param name="x">tanh(mu), [batch, n].</param>
    /// <param name="sampledX">tanh(u), [batch, n].</param>
    /// <param name="logDensity">[batch].</param>
    /// <param name="suffix">What follows the outputs' names: empty or ".NAME".</param>
    public static void BoxOutputs(GraphWriter graph, GaussianHead head, string x, string sampledX, string logDensity, string suffix)
    {
        graph.Output("action" + suffix, InGameUnits(graph, head, x), DataType.Float, head.Box.Length);
        graph.Output("sampled_action" + suffix, InGameUnits(graph, head, sampledX), DataType.Float, head.Box.Length);
        graph.Output("log_probability" + suffix, logDensity, DataType.Float, null);
    }

    /// <summary>Writes the outputs of a discrete action.</summary>
    /// <param name="graph">Where the nodes go.</param>
    /// <param name="space">The actions.</param>
    /// <param name="probabilities">[batch, A].</param>
    /// <param name="uniform">[batch, 1], in [0, 1).</param>
    /// <param name="suffix">What follows the outputs' names: empty or ".NAME".</param>
    public static void ChoiceOutputs(GraphWriter graph, DiscreteSpace space, string probabilities, string uniform, string suffix)
    {
        string rows = graph.Constant("axis", [1L], 1);
        string greedy = graph.Node("ArgMax", [graph.Cast(probabilities, DataType.Float)], GraphWriter.Whole("axis", 1), GraphWriter.Whole("keepdims", 0), GraphWriter.Whole("select_last_index", 0));
        string sums = graph.Node("CumSum", probabilities, graph.Constant("axis", [1L]));
        string passed = graph.Cast(graph.Node("LessOrEqual", sums, uniform), DataType.Int64);
        string count = graph.Node("ReduceSum", [passed, rows], GraphWriter.Whole("keepdims", 1));
        // Where rounding leaves the last sum below the number, the last action of positive probability: the first that reaches that sum.
        string last = graph.Node("ReduceMax", [sums], GraphWriter.Axes(1), GraphWriter.Whole("keepdims", 1));
        string reached = graph.Cast(graph.Node("GreaterOrEqual", sums, last), DataType.Float);
        string final = graph.Node("ArgMax", [reached], GraphWriter.Whole("axis", 1), GraphWriter.Whole("keepdims", 1), GraphWriter.Whole("select_last_index", 0));
        string sampled = graph.Node("Min", count, final);
        string probability = graph.Node("GatherElements", [probabilities, sampled], GraphWriter.Whole("axis", 1));
        graph.Output("action" + suffix, greedy, DataType.Int64, null);
        graph.Output("sampled_action" + suffix, graph.Node("Squeeze", sampled, rows), DataType.Int64, null);
        graph.Output("probabilities" + suffix, probabilities, DataType.Float, space.Count);
        graph.Output("log_probability" + suffix, graph.Node("Squeeze", graph.Node("Log", probability), rows), DataType.Float, null);
    }
}
