using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Networks.Tests;

/// <summary>Seeded observations, noise, masks and actions of the opponents for a blueprint.</summary>
internal sealed class SampleInputs
{
    public SampleInputs(PlayerBlueprint blueprint, int rows, ulong seed = 1)
    {
        var random = RandomStream.Create(seed);
        var forward = new BlueprintForward(blueprint);
        Rows = rows;
        (States, Numbers) = Draw(blueprint.Observation.Space, rows, ref random);
        PlayNoise = Noise(blueprint.Action, rows * forward.PlayNoise, ref random);
        GivenNoise = Noise(blueprint.Action, rows * forward.GivenNoise, ref random);
        OpponentNoise = Noise(blueprint.Action, rows * forward.OpponentNoise, ref random);
        Legal = new bool[blueprint.HasIllegalActions ? rows * blueprint.Action.Parameters : 0];
        foreach (ref bool legal in Legal.AsSpan()) legal = random.NextInt32(3) > 0;
        for (int row = 0; row < rows && Legal.Length > 0; row++) Legal[(row * blueprint.Action.Parameters) + random.NextInt32(blueprint.Action.Parameters)] = true;
        var columns = new List<ActionColumn>();
        foreach (var head in blueprint.OpponentActions)
        {
            var (choices, numbers) = Draw(head.Space, rows, ref random);
            columns.Add(new ActionColumn(choices, numbers));
        }

        Opponents = columns;
    }

    public int Rows { get; }

    public int[] States { get; }

    public float[] Numbers { get; }

    public float[] PlayNoise { get; }

    public float[] GivenNoise { get; }

    public float[] OpponentNoise { get; }

    public bool[] Legal { get; }

    public IReadOnlyList<ActionColumn> Opponents { get; }

    public ObservationBatch Observations => Numbers.Length == 0 ? ObservationBatch.Discrete(States) : ObservationBatch.Box(Numbers, Numbers.Length / Rows);

    private static float[] Noise(ActionHead head, int length, ref RandomStream random)
    {
        float[] noise = new float[length];
        if (head is GaussianHead) SeatNoise.Normal(ref random, noise);
        else foreach (ref float number in noise.AsSpan()) number = SeatNoise.Uniform(ref random);
        return noise;
    }

    private static (int[] States, float[] Numbers) Draw(Space space, int rows, ref RandomStream random)
    {
        int[] states = new int[space is DiscreteSpace ? rows : 0];
        foreach (ref int state in states.AsSpan()) state = random.NextInt32(((DiscreteSpace)space).Count);
        if (space is not BoxSpace box) return (states, []);
        float[] numbers = new float[rows * box.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            float low = box.Low[i % box.Length], high = box.High[i % box.Length];
            numbers[i] = i / box.Length == 0 ? low : i / box.Length == 1 ? high : (float)(low + (random.NextDouble() * ((double)high - low)));
        }

        return (states, numbers);
    }
}
