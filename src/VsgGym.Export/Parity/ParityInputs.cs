using VsgGym.Core;
using VsgGym.Networks;
using VsgGym.Numerics;

namespace VsgGym.Export;

/// <summary>Seeded random inputs of a file: observations, noise, masks and actions; one row in eight is extreme.</summary>
/// <remarks>Extreme rows hold bounds of the boxes, the ends of the uniform numbers' range, normal numbers of 6 standard deviations, and single legal actions.</remarks>
internal sealed class ParityInputs
{
    private const int ExtremeEvery = 8;
    private const float LargestNormal = 6f;

    private RandomStream _random;

    public ParityInputs(int rows, ulong seed) => (Rows, _random) = (rows, RandomStream.Create(seed).Fork("parity"));

    public int Rows { get; }

    /// <summary>Points of a space: discrete [rows] or a box [rows, n], the other one empty.</summary>
    public (int[] Choices, float[] Numbers) Points(Space space)
    {
        if (space is DiscreteSpace discrete)
        {
            int[] choices = new int[Rows];
            for (int row = 0; row < Rows; row++)
                choices[row] = !IsExtreme(row) ? _random.NextInt32(discrete.Count) : row % (2 * ExtremeEvery) == 0 ? 0 : discrete.Count - 1;
            return (choices, []);
        }

        var box = (BoxSpace)space;
        float[] numbers = new float[Rows * box.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            float low = box.Low[i % box.Length], high = box.High[i % box.Length];
            float inside = Math.Clamp((float)(low + (_random.NextDouble() * ((double)high - low))), low, high);
            numbers[i] = !IsExtreme(i / box.Length) ? inside : _random.NextInt32(2) == 0 ? low : high;
        }

        return ([], numbers);
    }

    /// <summary>Standard normal numbers, or numbers in [0, 1), [rows, width].</summary>
    public float[] Noise(bool normal, int width)
    {
        float[] noise = new float[Rows * width];
        if (normal) SeatNoise.Normal(ref _random, noise);
        for (int i = 0; i < noise.Length; i++)
        {
            if (!normal) noise[i] = SeatNoise.Uniform(ref _random);
            if (!IsExtreme(i / width)) continue;
            bool low = _random.NextInt32(2) == 0;
            noise[i] = normal ? (low ? -LargestNormal : LargestNormal) : low ? 0f : MathF.BitDecrement(1f);
        }

        return noise;
    }

    /// <summary>Masks with at least one legal action, [rows, A].</summary>
    public bool[] Legal(int actions)
    {
        bool[] legal = new bool[Rows * actions];
        for (int row = 0; row < Rows; row++)
        {
            var mask = legal.AsSpan(row * actions, actions);
            mask[_random.NextInt32(actions)] = true;
            if (IsExtreme(row)) continue;
            foreach (ref bool flag in mask) flag |= _random.NextInt32(4) > 0;
        }

        return legal;
    }

    /// <summary>Times in [0, T + 2), [rows]: past the end too.</summary>
    public long[] Times(int times)
    {
        long[] drawn = new long[Rows];
        for (int row = 0; row < Rows; row++) drawn[row] = _random.NextInt32(times + 2);
        return drawn;
    }

    private static bool IsExtreme(int row) => row % ExtremeEvery == 0;
}
