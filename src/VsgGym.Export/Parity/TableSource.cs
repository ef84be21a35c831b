using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Export;

/// <summary>A table of action probabilities as the parity check's source.</summary>
internal sealed class TableSource(TabularPolicy policy, DiscreteSpace action) : IParitySource
{
    /// <inheritdoc/>
    public int RowsTogether => 2048;

    /// <inheritdoc/>
    public IReadOnlyList<ExpectedOutput> Draw(ParityInputs random, OnnxInputs inputs)
    {
        var (states, _) = random.Points(new DiscreteSpace(policy.States));
        inputs.Add(BlueprintGraph.Observation, OnnxInputs.Widen(states), null);
        long[] times = policy.Times > 1 ? random.Times(policy.Times) : new long[states.Length];
        if (policy.Times > 1) inputs.Add(TableGraph.Time, times, null);
        float[] noise = random.Noise(normal: false, 1);
        inputs.Add(BlueprintGraph.Noise, noise, 1);
        var head = new CategoricalHead(action);
        var output = new ActionOutput(head, states.Length, sampled: true);
        for (int row = 0; row < states.Length; row++)
        {
            var probabilities = policy.Row((int)times[row], states[row]);
            for (int a = 0; a < policy.Actions; a++) output.Exact[(row * policy.Actions) + a] = (float)probabilities[a];
        }

        BlueprintForward.Choose(output, noise);
        return [new ExpectedOutput(string.Empty, head, output, noise)];
    }
}
