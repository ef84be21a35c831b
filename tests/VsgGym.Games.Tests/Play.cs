using System.Runtime.InteropServices;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>Shorthand for playing batches.</summary>
internal static class Play
{
    public static VectorEnvironment Start(Game game, VectorOptions? options = null, ulong seed = 7)
    {
        var play = new VectorEnvironment(game.CreateEnvironment(), options ?? new VectorOptions(), seed);
        play.Reset();
        return play;
    }

    /// <summary>Steps one copy with a discrete action per seat.</summary>
    public static void Step(this VectorEnvironment play, params int[] actions) => play.Step(MemoryMarshal.AsBytes(actions.AsSpan()));

    /// <summary>Steps one copy with a number per seat.</summary>
    public static void Step(this VectorEnvironment play, params float[] actions) => play.Step(MemoryMarshal.AsBytes(actions.AsSpan()));

    public static double[] Rewards(this VectorEnvironment play, int copy = 0) =>
        [.. Enumerable.Range(0, play.Worlds.Spec.PlayerCount).Select(p => play.Worlds.Rewards(p)[copy])];

    /// <summary>Legal actions drawn for every seat and copy, as the bytes of a step.</summary>
    public static byte[] RandomActions(VectorEnvironment play, ref RandomStream random)
    {
        var bytes = new byte[play.ActionBytes];
        int offset = 0;
        for (int p = 0; p < play.Worlds.Spec.PlayerCount; p++)
        {
            var space = play.Worlds.Spec.Actions[p];
            var own = bytes.AsSpan(offset, play.Copies * space.Bytes);
            offset += own.Length;
            if (space is BoxSpace box)
            {
                var values = MemoryMarshal.Cast<byte, float>(own);
                for (int i = 0; i < values.Length; i++)
                    values[i] = (float)(box.Low[i % box.Length] + (random.NextDouble() * (box.High[i % box.Length] - box.Low[i % box.Length])));
                continue;
            }

            int count = ((DiscreteSpace)space).Count;
            var actions = MemoryMarshal.Cast<byte, int>(own);
            var masks = play.Worlds.LegalActions(p);
            for (int b = 0; b < actions.Length; b++)
                do actions[b] = random.NextInt32(count);
                while (!masks.IsEmpty && !masks[(b * count) + actions[b]]);
        }

        return bytes;
    }
}
