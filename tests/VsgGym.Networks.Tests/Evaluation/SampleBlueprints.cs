using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Networks.Tests;

/// <summary>Blueprints of every kind of space with random weights.</summary>
public static class SampleBlueprints
{
    public static readonly BoxSpace Line = new([-10f], [10f]);
    public static readonly BoxSpace Solid = new([-1f, 0f, 5f], [1f, 0.25f, 105f]);
    public static readonly BoxSpace View = new([-1f, -200f, 3f, 0f], [1f, 50f, 3f, 1e-3f]); // the third axis has no width

    /// <summary>Names of the samples.</summary>
    public static IReadOnlyList<string> Names => ["line", "solid", "box_alone", "box_on_states", "trio_of_boxes", "table", "masked", "trio", "choice_alone", "linear", "view"];

    /// <summary>One of the samples.</summary>
    public static PlayerBlueprint Named(string name) => name switch
    {
        "line" => Build(View, Line, [Line]),
        "solid" => Build(View, Solid, [Line]),
        "box_alone" => Build(View, Solid, []),
        "box_on_states" => Build(new DiscreteSpace(7), Line, [Solid]),
        "trio_of_boxes" => Build(View, Line, [Solid, Line], hidden: [17, 33]),
        "table" => Build(new DiscreteSpace(11), new DiscreteSpace(4), [new DiscreteSpace(3)]),
        "masked" => Build(new DiscreteSpace(11), new DiscreteSpace(5), [new DiscreteSpace(3)], masked: true),
        "trio" => Build(View, new DiscreteSpace(3), [new DiscreteSpace(4), new DiscreteSpace(2)], masked: true),
        "choice_alone" => Build(new DiscreteSpace(6), new DiscreteSpace(3), []),
        "linear" => Build(View, new DiscreteSpace(3), [new DiscreteSpace(2)], hidden: []),
        "view" => Build(View, new DiscreteSpace(6), [new DiscreteSpace(6)], hidden: [100, 100]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such sample"),
    };

    public static PlayerBlueprint Build(Space observation, Space action, Space[] opponents, bool masked = false, int[]? hidden = null, float scale = 1.5f)
    {
        hidden ??= [20, 12];
        var random = RandomStream.Create(5).Fork($"{action}/{opponents.Length}");
        var encoder = new ObservationEncoder(observation);
        var head = ActionHead.For(action, "action");
        ActionHead[] heads = [.. opponents.Select(space => ActionHead.For(space, "action"))];
        return new PlayerBlueprint
        {
            Player = "me",
            Observation = encoder,
            Action = head,
            Opponents = [.. opponents.Select((_, j) => $"other_{j}")],
            OpponentActions = [.. heads],
            Policy = Network(ref random, [encoder.Length + heads.Sum(h => h.Encoded), .. hidden, head.Parameters], scale),
            OpponentModel = heads.Length == 0 ? null : Network(ref random, [encoder.Length, .. hidden, heads.Sum(h => h.Parameters)], scale),
            HasIllegalActions = masked,
        };
    }

    private static DenseNetwork Network(ref RandomStream random, int[] sizes, float scale)
    {
        var layers = new DenseLayer[sizes.Length - 1];
        for (int l = 0; l < layers.Length; l++)
        {
            float[] weight = new float[sizes[l] * sizes[l + 1]], bias = new float[sizes[l + 1]];
            SeatNoise.Normal(ref random, weight);
            SeatNoise.Normal(ref random, bias);
            for (int i = 0; i < weight.Length; i++) weight[i] *= scale / MathF.Sqrt(sizes[l]);
            layers[l] = new DenseLayer(sizes[l], sizes[l + 1], weight, bias);
        }

        return new DenseNetwork([.. layers]);
    }
}
