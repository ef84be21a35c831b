using System.Diagnostics;
using System.Runtime.InteropServices;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Server.Bench;

/// <summary>What a joint step of a game costs in a batch on one core, beside copying the bytes that the step puts out.</summary>
/// <param name="Id">The game.</param>
/// <param name="NanosecondsPerStep">Time of a joint step of one copy in the fastest round.</param>
/// <param name="BytesPerStep">What a step of one copy puts out.</param>
/// <param name="CopyRatio">Time of a step of the batch over the time of copying its bytes, medians.</param>
internal sealed record GameSpeed(string Id, double NanosecondsPerStep, double BytesPerStep, double CopyRatio)
{
    private const int Prepared = 16; // sets of random actions that take turns

    /// <summary>Joint steps per second of one core, in millions.</summary>
    public double MillionSteps => 1000 / NanosecondsPerStep;

    /// <summary>Steps a game with random actions, prepared before; an illegal one becomes the first legal one.</summary>
    /// <param name="id">The game's id.</param>
    /// <param name="game">The game.</param>
    /// <param name="copies">Copies B, at least 1.</param>
    /// <param name="rounds">Rounds, at least 1.</param>
    /// <param name="seconds">Of each round.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public static GameSpeed Measure(string id, Game game, int copies, int rounds, double seconds, CancellationToken cancellationToken)
    {
        var batch = new VectorEnvironment(game.CreateEnvironment(), new VectorOptions { Copies = copies, IllegalActions = IllegalActionRule.FirstLegal }, seed: 0);
        batch.Reset();
        byte[][] actions = [.. Enumerable.Range(0, Prepared).Select(set => Actions(batch, (ulong)set))];
        byte[] target = new byte[batch.Worlds.Wire.Length];
        List<double> steps = [], moves = [];
        for (int round = -1; round < rounds; round++) // the first one warms up
        {
            cancellationToken.ThrowIfCancellationRequested();
            double step = Time(seconds, n => batch.Step(actions[n % Prepared])), move = Time(seconds / 4, _ => batch.Worlds.Wire.Span.CopyTo(target));
            if (round < 0) continue;
            steps.Add(step);
            moves.Add(move);
        }

        return new GameSpeed(id, steps.Min() * 1e9 / copies, (double)target.Length / copies, Median(steps) / Median(moves));
    }

    private static double Time(double seconds, Action<int> action)
    {
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        double passed;
        do
        {
            for (int i = 0; i < 8; i++) action(count++);
            passed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        while (passed < seconds);
        return passed / count;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static byte[] Actions(VectorEnvironment batch, ulong seed)
    {
        var random = RandomStream.Create(seed);
        var bytes = new byte[batch.ActionBytes];
        int offset = 0;
        foreach (int seat in batch.OwnSeats)
        {
            var space = batch.Worlds.Spec.Actions[seat];
            var own = bytes.AsSpan(offset, batch.Copies * space.Bytes);
            offset += own.Length;
            if (space is BoxSpace box) Fill(MemoryMarshal.Cast<byte, float>(own), box, ref random);
            else
                foreach (ref int action in MemoryMarshal.Cast<byte, int>(own)) action = random.NextInt32(((DiscreteSpace)space).Count);
        }

        return bytes;
    }

    private static void Fill(Span<float> numbers, BoxSpace box, ref RandomStream random)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            float low = box.Low[i % box.Length], high = box.High[i % box.Length];
            numbers[i] = Math.Clamp((float)(low + (random.NextDouble() * ((double)high - low))), low, high);
        }
    }
}
