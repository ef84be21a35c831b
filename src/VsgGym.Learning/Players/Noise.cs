using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>Random numbers for networks, from the run's own streams.</summary>
internal static class Noise
{
    /// <summary>Standard normal numbers by Box and Muller's transform.</summary>
    public static void Normal(ref RandomStream random, Span<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i += 2)
        {
            float u = ((random.NextUInt32() >> 8) + 1) * (1f / (1 << 24)); // in (0, 1]
            float angle = (random.NextUInt32() >> 8) * (MathF.Tau / (1 << 24));
            float radius = MathF.Sqrt(-2 * MathF.Log(u));
            var (sine, cosine) = MathF.SinCos(angle);
            numbers[i] = radius * cosine;
            if (i + 1 < numbers.Length) numbers[i + 1] = radius * sine;
        }
    }

    /// <summary>Standard normal numbers as a tensor, [rows, columns].</summary>
    public static Tensor Normal(ref RandomStream random, int rows, int columns)
    {
        var numbers = new float[rows * columns];
        Normal(ref random, numbers);
        return tensor(numbers, [rows, columns]);
    }
}
