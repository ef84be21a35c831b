using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Export;

/// <summary>One of a blueprint's three graphs as the parity check's source.</summary>
internal sealed class BlueprintSource(BlueprintForward forward, FileKind kind) : IParitySource
{
    private const int LargestTensor = 1 << 22; // numbers

    private readonly PlayerBlueprint _blueprint = forward.Blueprint;

    /// <inheritdoc/>
    public int RowsTogether
    {
        get
        {
            long joint = kind == FileKind.Policy && _blueprint.Action is CategoricalHead
                ? _blueprint.OpponentActions.Aggregate(1L, (product, head) => product * head.Encoded) : 1;
            return (int)Math.Clamp(LargestTensor / (joint * _blueprint.Policy.Layers.Max(layer => layer.Outputs)), 1, 2048);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExpectedOutput> Draw(ParityInputs random, OnnxInputs inputs)
    {
        var observations = Observations(random, inputs);
        bool discrete = _blueprint.Action is CategoricalHead;
        bool[] legal = [];
        if (kind != FileKind.Opponents && discrete && _blueprint.HasIllegalActions)
            inputs.Add(BlueprintGraph.Legal, legal = random.Legal(_blueprint.Action.Parameters), _blueprint.Action.Parameters);
        int width = kind switch { FileKind.Policy => forward.PlayNoise, FileKind.Conditional => forward.GivenNoise, _ => forward.OpponentNoise };
        float[] noise = random.Noise(!discrete, width);
        inputs.Add(BlueprintGraph.Noise, noise, width);
        return kind switch
        {
            FileKind.Policy => [Expected(string.Empty, _blueprint.Action, forward.Play(observations, noise, legal), noise)],
            FileKind.Conditional => [Expected(string.Empty, _blueprint.Action, forward.PlayGiven(observations, Opponents(random, inputs), noise, legal), noise)],
            _ => [.. forward.Opponents(observations, noise).Select((output, j) => Expected(
                "." + _blueprint.Opponents[j], _blueprint.OpponentActions[j], output, Column(noise, width, j), distribution: true))],
        };
    }

    private ObservationBatch Observations(ParityInputs random, OnnxInputs inputs)
    {
        var (states, numbers) = random.Points(_blueprint.Observation.Space);
        if (_blueprint.Observation.Space is DiscreteSpace)
        {
            inputs.Add(BlueprintGraph.Observation, OnnxInputs.Widen(states), null);
            return ObservationBatch.Discrete(states);
        }

        inputs.Add(BlueprintGraph.Observation, numbers, _blueprint.Observation.Length);
        return ObservationBatch.Box(numbers, _blueprint.Observation.Length);
    }

    private List<ActionColumn> Opponents(ParityInputs random, OnnxInputs inputs)
    {
        var columns = new List<ActionColumn>();
        for (int j = 0; j < _blueprint.Opponents.Length; j++)
        {
            var (choices, numbers) = random.Points(_blueprint.OpponentActions[j].Space);
            string name = "action." + _blueprint.Opponents[j];
            if (_blueprint.OpponentActions[j] is CategoricalHead) inputs.Add(name, OnnxInputs.Widen(choices), null);
            else inputs.Add(name, numbers, _blueprint.OpponentActions[j].Encoded);
            columns.Add(new ActionColumn(choices, numbers));
        }

        return columns;
    }

    private static ExpectedOutput Expected(string suffix, ActionHead head, ActionOutput output, float[] noise, bool distribution = false) =>
        new(suffix, head, output, head is CategoricalHead ? noise : [], distribution && head is GaussianHead);

    private static float[] Column(float[] noise, int width, int column)
    {
        float[] own = new float[noise.Length / width];
        for (int row = 0; row < own.Length; row++) own[row] = noise[(row * width) + column];
        return own;
    }
}
