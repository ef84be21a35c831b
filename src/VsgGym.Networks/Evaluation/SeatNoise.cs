using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Networks;

/// <summary>The random numbers a model plays with, drawn from the seat's own stream (seed, episode, step), so that they do not depend on the batch.</summary>
public static class SeatNoise
{
    private const float InverseTwoTo24 = 1f / (1 << 24);

    /// <summary>A number in [0, 1) with 24 random bits, all that a float32 below 1 keeps: the top bits of the stream's next word.</summary>
    /// <param name="random">The stream; moves on by one word of 64 bits.</param>
    public static float Uniform(ref RandomStream random) => (random.NextUInt64() >> 40) * InverseTwoTo24;

    /// <summary>Standard normal numbers by Box and Muller (1958), in pairs: sqrt(-2 log u1) times cos(2 pi u2), then sin; computed in double precision.</summary>
    /// <param name="random">The stream; moves on by two words of 64 bits per pair.</param>
    /// <param name="numbers">[n]; overwritten.</param>
    public static void Normal(ref RandomStream random, Span<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())); // 1 - u is in (0, 1]
            var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            numbers[i] = (float)(radius * cos);
            if (i + 1 < numbers.Length) numbers[i + 1] = (float)(radius * sin);
        }
    }

    /// <summary>The numbers one seat plays a step of one copy with.</summary>
    /// <param name="worlds">The copies.</param>
    /// <param name="copy">Which copy.</param>
    /// <param name="player">The seat's number.</param>
    /// <param name="noise">[n]: standard normal for a box, in [0, 1) for discrete actions; overwritten.</param>
    public static void Draw(StepBuffer worlds, int copy, int player, Span<float> noise)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        var random = worlds.StreamOf(copy, 1 + (uint)player);
        if (worlds.Spec.Actions[player] is BoxSpace) Normal(ref random, noise);
        else foreach (ref float number in noise) number = Uniform(ref random);
    }
}
