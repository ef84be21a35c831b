using VsgGym.Core;
using VsgGym.Networks;
using static VsgGym.Export.Onnx.TensorProto.Types;

namespace VsgGym.Export;

/// <summary>A player's blueprint as ONNX graphs: the policy as it plays, the conditional policy, and the opponent model.</summary>
internal sealed class BlueprintGraph(PlayerBlueprint blueprint)
{
    public const string Observation = "observation";
    public const string Noise = "noise";
    public const string Legal = "legal_actions";

    private readonly BlueprintForward _forward = new(blueprint);

    /// <summary>observation, noise and legal_actions to action, sampled_action, log_probability and probabilities.</summary>
    public GraphWriter Policy()
    {
        var graph = new GraphWriter("policy");
        string observation = Observe(graph), noise = graph.Input(Noise, DataType.Float, _forward.PlayNoise);
        if (blueprint.Action is CategoricalHead head)
        {
            HeadGraph.ChoiceOutputs(graph, head.Discrete, Marginal(graph, observation, MaskInput(graph)), noise, string.Empty);
            return graph;
        }

        string? parameters = blueprint.OpponentModel is null ? null : OpponentParameters(graph, observation);
        List<string> greedy = [], sampled = [];
        int from = 0, number = 0;
        foreach (var opponent in blueprint.OpponentActions.Cast<GaussianHead>())
        {
            var gaussian = HeadGraph.MeanAndSigma(graph, HeadGraph.Columns(graph, parameters!, from, opponent.Parameters), opponent.Encoded);
            greedy.Add(graph.Node("Tanh", gaussian.Mean));
            sampled.Add(graph.Node("Tanh", HeadGraph.Unsquashed(graph, gaussian, HeadGraph.Columns(graph, noise, number, opponent.Noise))));
            (from, number) = (from + opponent.Parameters, number + opponent.Noise);
        }

        string own = HeadGraph.Columns(graph, noise, number, blueprint.Action.Noise), first = FirstOf(graph, blueprint.Policy, observation);
        var box = (GaussianHead)blueprint.Action;
        var mean = HeadGraph.MeanAndSigma(graph, Answer(graph, first, greedy), box.Encoded);
        var drawn = HeadGraph.MeanAndSigma(graph, Answer(graph, first, sampled), box.Encoded);
        string u = HeadGraph.Unsquashed(graph, drawn, own);
        HeadGraph.BoxOutputs(graph, box, graph.Node("Tanh", mean.Mean), graph.Node("Tanh", u), HeadGraph.LogDensity(graph, box, drawn, own, u), string.Empty);
        return graph;
    }

    /// <summary>observation, action.NAME of each opponent, noise and legal_actions to the same outputs of pi(a_i | s, a_-i).</summary>
    public GraphWriter Conditional()
    {
        var graph = new GraphWriter("conditional_policy");
        string observation = Observe(graph);
        var first = FirstOf(graph, blueprint.Policy, observation);
        int from = blueprint.Observation.Length;
        for (int j = 0; j < blueprint.Opponents.Length; j++)
        {
            var opponent = blueprint.OpponentActions[j];
            var layer = blueprint.Policy.Layers[0];
            string action = graph.Input($"action.{blueprint.Opponents[j]}", opponent is CategoricalHead ? DataType.Int64 : DataType.Float, opponent is CategoricalHead ? null : opponent.Encoded);
            first = opponent is GaussianHead box
                ? NetworkGraph.AddEncoded(graph, layer, first, Encode(graph, box, action), from, box.Encoded)
                : NetworkGraph.AddChoice(graph, layer, first, action, from, opponent.Encoded);
            from += opponent.Encoded;
        }

        string noise = graph.Input(Noise, DataType.Float, _forward.GivenNoise);
        string? legal = MaskInput(graph);
        Spread(graph, blueprint.Action, NetworkGraph.Finish(graph, blueprint.Policy, first), noise, legal, string.Empty);
        return graph;
    }

    /// <summary>observation and noise to each opponent's action.NAME, sampled_action.NAME, log_probability.NAME and distribution.</summary>
    public GraphWriter Opponents()
    {
        var graph = new GraphWriter("opponent_model");
        string observation = Observe(graph), noise = graph.Input(Noise, DataType.Float, _forward.OpponentNoise);
        string parameters = OpponentParameters(graph, observation);
        int from = 0, number = 0;
        for (int j = 0; j < blueprint.Opponents.Length; j++)
        {
            var head = blueprint.OpponentActions[j];
            string own = HeadGraph.Columns(graph, parameters, from, head.Parameters), suffix = "." + blueprint.Opponents[j];
            Spread(graph, head, own, HeadGraph.Columns(graph, noise, number, head.Noise), null, suffix, distribution: true);
            (from, number) = (from + head.Parameters, number + head.Noise);
        }

        return graph;
    }

    private static string Encode(GraphWriter graph, GaussianHead head, string action)
    {
        int n = head.Encoded;
        float[] center = [.. Enumerable.Range(0, n).Select(head.Center)], half = [.. Enumerable.Range(0, n).Select(head.Half)];
        return graph.Node("Div", graph.Node("Sub", action, graph.Constant("center", center, n)), graph.Constant("half", half, n));
    }

    /// <summary>One head's outputs from its parameters.</summary>
    private static void Spread(GraphWriter graph, ActionHead head, string parameters, string noise, string? legal, string suffix, bool distribution = false)
    {
        if (head is CategoricalHead choice)
        {
            HeadGraph.ChoiceOutputs(graph, choice.Discrete, HeadGraph.Softmax(graph, parameters, legal), noise, suffix);
            return;
        }

        var box = (GaussianHead)head;
        var gaussian = HeadGraph.MeanAndSigma(graph, parameters, box.Encoded);
        string u = HeadGraph.Unsquashed(graph, gaussian, noise);
        HeadGraph.BoxOutputs(graph, box, graph.Node("Tanh", gaussian.Mean), graph.Node("Tanh", u), HeadGraph.LogDensity(graph, box, gaussian, noise, u), suffix);
        if (!distribution) return;
        graph.Output("mean" + suffix, gaussian.Mean, DataType.Float, box.Encoded);
        graph.Output("sigma" + suffix, gaussian.Sigma, DataType.Float, box.Encoded);
    }

    private string Observe(GraphWriter graph) => blueprint.Observation.Space is DiscreteSpace
        ? graph.Input(Observation, DataType.Int64, null) : graph.Input(Observation, DataType.Float, blueprint.Observation.Length);

    private string? MaskInput(GraphWriter graph) =>
        blueprint.HasIllegalActions && blueprint.Action is CategoricalHead ? graph.Input(Legal, DataType.Bool, blueprint.Action.Parameters) : null;

    private string FirstOf(GraphWriter graph, DenseNetwork network, string observation) =>
        NetworkGraph.Observe(graph, blueprint.Observation, network.Layers[0], observation);

    private string OpponentParameters(GraphWriter graph, string observation) =>
        NetworkGraph.Finish(graph, blueprint.OpponentModel!, FirstOf(graph, blueprint.OpponentModel!, observation));

    /// <summary>The policy head's parameters given the opponents' encoded box actions.</summary>
    private string Answer(GraphWriter graph, string first, List<string> encoded)
    {
        int from = blueprint.Observation.Length;
        for (int j = 0; j < encoded.Count; j++)
        {
            int count = blueprint.OpponentActions[j].Encoded;
            first = NetworkGraph.AddEncoded(graph, blueprint.Policy.Layers[0], first, encoded[j], from, count);
            from += count;
        }

        return NetworkGraph.Finish(graph, blueprint.Policy, first);
    }

    /// <summary>pi(a|s) = sum over the joint actions of rho(a_-i|s) pi(a|s, a_-i), [batch, A].</summary>
    private string Marginal(GraphWriter graph, string observation, string? legal)
    {
        string first = FirstOf(graph, blueprint.Policy, observation);
        if (blueprint.OpponentModel is null) return HeadGraph.Softmax(graph, NetworkGraph.Finish(graph, blueprint.Policy, first), legal);
        int[] counts = [.. blueprint.OpponentActions.Select(head => head.Encoded)];
        int joint = counts.Aggregate(1, (product, count) => product * count);
        string middle = graph.Constant("axis", [1L], 1);
        string every = graph.Node( // [batch, joint, width]
            "Add", graph.Node("Unsqueeze", first, middle), JointRows(graph, counts));
        string pi = HeadGraph.Softmax(graph, NetworkGraph.Finish(graph, blueprint.Policy, every), legal is null ? null : graph.Node("Unsqueeze", legal, middle));
        return graph.Node("Squeeze", graph.Node("MatMul", graph.Node("Unsqueeze", JointProbabilities(graph, observation, counts, joint), middle), pi), middle);
    }

    /// <summary>rho(a_-i|s), [batch, joint], the first opponent slowest.</summary>
    private string JointProbabilities(GraphWriter graph, string observation, int[] counts, int joint)
    {
        string parameters = OpponentParameters(graph, observation), product = string.Empty;
        int from = 0, slower = 1;
        foreach (int count in counts)
        {
            string rho = HeadGraph.Softmax(graph, HeadGraph.Columns(graph, parameters, from, count), null);
            product = from == 0 ? rho : graph.Node(
                "Reshape",
                graph.Node("Mul", graph.Node("Unsqueeze", product, graph.Constant("axis", [2L], 1)), graph.Node("Unsqueeze", rho, graph.Constant("axis", [1L], 1))),
                graph.Constant("shape", [0L, slower * count], 2));
            (from, slower) = (from + count, slower * count);
        }

        return slower == joint ? product : throw new InvalidOperationException($"{slower} joint actions counted, {joint} expected.");
    }

    /// <summary>What each joint action adds to the policy's first layer, [joint, width], from each opponent's rows of the weight.</summary>
    private string JointRows(GraphWriter graph, int[] counts)
    {
        var layer = blueprint.Policy.Layers[0];
        string sums = string.Empty;
        int from = blueprint.Observation.Length, slower = 1;
        foreach (int count in counts)
        {
            string rows = graph.Constant("action_rows", NetworkGraph.Transposed(layer, from, count), count, layer.Outputs);
            (from, slower) = (from + count, slower * count);
            if (sums.Length == 0)
            {
                sums = rows;
                continue;
            }

            string every = graph.Node("Add", graph.Node("Unsqueeze", sums, graph.Constant("axis", [1L], 1)), graph.Node("Unsqueeze", rows, graph.Constant("axis", [0L], 1)));
            sums = graph.Node("Reshape", every, graph.Constant("shape", [slower, (long)layer.Outputs], 2));
        }

        return sums;
    }
}
