using System.Diagnostics;
using System.Runtime.InteropServices;
using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;

namespace VsgGym.Benchmarks;

/// <summary>A step of a whole batch inside the process, on one core, beside copying as many bytes as it puts out.</summary>
internal static class StepKernel
{
    private const int Copies = 4096;
    private const int Steps = 3000;
    private const int Targets = 257;

    public static void Run()
    {
        var vector = new VectorEnvironment(new Pursuit(new Pursuit.Options()).CreateEnvironment(), new VectorOptions { Copies = Copies }, seed: 0);
        vector.Reset();
        byte[] actions = new byte[vector.ActionBytes];
        byte[][] targets = [.. Enumerable.Range(0, Targets).Select(_ => new byte[vector.Worlds.Wire.Length])];
        var (steps, copies, fresh) = (new Samples(), new Samples(), new Samples());
        var random = RandomStream.Create(0);
        for (int t = -Steps / 3; t < Steps; t++)
        {
            ChooseLegal(vector, actions, ref random);
            long start = Stopwatch.GetTimestamp();
            vector.Step(actions);
            if (t >= 0) steps.Add(start);
            start = Stopwatch.GetTimestamp();
            vector.Worlds.Wire.Span.CopyTo(targets[0]);
            if (t >= 0) copies.Add(start);
            start = Stopwatch.GetTimestamp();
            vector.Worlds.Wire.Span.CopyTo(targets[1 + ((t + Steps) % (Targets - 1))]);
            if (t >= 0) fresh.Add(start);
        }

        Console.WriteLine(FormattableString.Invariant($"VectorEnvironment.Step, pursuit, {Copies} copies, random legal moves, {targets[0].Length} bytes out"));
        Console.WriteLine($"  step: {steps}");
        Console.WriteLine($"  copy: {copies}, always to the same place, which stays in the cache");
        Console.WriteLine($"  copy: {fresh}, to {Targets - 1} places in turn, as messages are");
        Console.WriteLine(FormattableString.Invariant($"  ratios {steps.Median / copies.Median:0.0} and {steps.Median / fresh.Median:0.0}; {Copies / steps.Median:0.0} million joint steps a second"));
    }

    private static void ChooseLegal(VectorEnvironment vector, byte[] actions, ref RandomStream random)
    {
        var all = MemoryMarshal.Cast<byte, int>(actions.AsSpan());
        for (int seat = 0; seat < vector.OwnSeats.Count; seat++)
        {
            ReadOnlySpan<bool> legal = vector.Worlds.LegalActions(seat);
            int count = legal.Length / Copies;
            for (int copy = 0; copy < Copies; copy++)
            {
                int action = random.NextInt32(count);
                while (!legal[(copy * count) + action]) action = (action + 1) % count;
                all[(seat * Copies) + copy] = action;
            }
        }
    }
}
