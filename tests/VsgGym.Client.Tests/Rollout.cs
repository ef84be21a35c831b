using System.Security.Cryptography;

namespace VsgGym.Client.Tests;

/// <summary>Plays by a fixed rule and keeps every byte received.</summary>
internal static class Rollout
{
    /// <summary>Resets, takes steps with each copy's (t + copy)-th legal action, resets a part, goes on; the hash of all the bytes.</summary>
    public static async Task<string> HashAsync(BatchEnvironment env, int steps)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var step = await env.ResetAsync(seed: 5);
        hash.AppendData(step.Data.Span);
        for (int t = 0; t < steps; t++)
        {
            for (int seat = 0; seat < env.Players.Count; seat++) Act(env, step, seat, t);
            step = await env.StepAsync();
            hash.AppendData(step.Data.Span);
        }

        step = await env.ResetAsync(mask: [.. Enumerable.Range(0, env.NumEnvs).Select(copy => copy % 2 == 0)]);
        hash.AppendData(step.Data.Span);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(await env.RenderAsync(0)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Act(BatchEnvironment env, BatchStep step, int seat, int time)
    {
        if (env.Players[seat].Action is BoxSpace box)
        {
            var values = env.BoxActions(seat);
            for (int k = 0; k < values.Length; k++) values[k] = box.Low[k % box.Length] + ((time + k) % 7 * 0.125f);
            return;
        }

        var actions = env.Actions(seat);
        int count = ((DiscreteSpace)env.Players[seat].Action).Count;
        var masks = step.LegalActions(seat);
        for (int copy = 0; copy < actions.Length; copy++)
        {
            actions[copy] = (time + copy + seat) % count;
            while (!masks.IsEmpty && !masks[(copy * count) + actions[copy]]) actions[copy] = (actions[copy] + 1) % count;
        }
    }
}
