using System.Runtime.InteropServices;

namespace VsgGym.Core.Tests;

/// <summary>Drives batches in tests: actions as bytes, copies taken apart.</summary>
internal static class Play
{
    /// <summary>A table of two seats and three states with random moves, forbidden actions and a horizon of five.</summary>
    public static StochasticGame Table()
    {
        var builder = new StochasticGameBuilder(["row", "column"], 3, [2, 3]).Forbid(0, 2, 1).Forbid(1, 1, 2).WithInitial([0.5, 0.25, 0.25]);
        for (int s = 0; s < 3; s++)
            for (int joint = 0; joint < 6; joint++)
            {
                builder.SetReward(0, s, joint, s + (0.1 * joint)).SetReward(1, s, joint, -joint);
                builder.AddTransition(s, joint, (s + 1) % 3, 0.5).AddTransition(s, joint, joint % 3, 0.5);
            }

        return builder.BuildFiniteHorizon(5);
    }

    public static byte[] Discrete(params int[] actions) => MemoryMarshal.AsBytes(actions.AsSpan()).ToArray();

    public static byte[] Box(params float[] actions) => MemoryMarshal.AsBytes(actions.AsSpan()).ToArray();

    public static VectorEnvironment Start(Environment environment, VectorOptions options, ulong seed = 0)
    {
        var batch = new VectorEnvironment(environment, options, seed);
        batch.Reset();
        return batch;
    }

    /// <summary>Legal actions of every own seat that depend on the copy's seed, the seat and the round alone.</summary>
    public static byte[] ScriptedActions(VectorEnvironment batch, int round)
    {
        var bytes = new List<byte>();
        foreach (int seat in batch.OwnSeats)
            for (int b = 0; b < batch.Copies; b++)
                bytes.AddRange(Scripted(batch, seat, b, (int)((batch.Worlds.SeedOf(b) + (ulong)((7 * round) + (3 * seat))) % 11)));
        return [.. bytes];
    }

    /// <summary>All bytes of one copy, field by field.</summary>
    public static byte[] BytesOf(VectorEnvironment batch, int copy)
    {
        var bytes = new List<byte>();
        foreach (var field in batch.Worlds.WireFields)
        {
            int size = field.Bytes / batch.Copies;
            bytes.AddRange(batch.Worlds.Wire.Slice(field.Offset + (copy * size), size).ToArray());
        }

        return [.. bytes];
    }

    private static byte[] Scripted(VectorEnvironment batch, int seat, int copy, int number)
    {
        if (batch.Worlds.Spec.Actions[seat] is BoxSpace box)
            return Box([.. box.Low.Zip(box.High, (low, high) => low + ((high - low) * (number / 11f)))]);
        int count = ((DiscreteSpace)batch.Worlds.Spec.Actions[seat]).Count;
        var mask = batch.Worlds.LegalActionsOfOrEmpty(seat, copy);
        int action = number % count;
        while (!mask.IsEmpty && mask.Contains(true) && !mask[action]) action = (action + 1) % count;
        return Discrete(action);
    }
}
