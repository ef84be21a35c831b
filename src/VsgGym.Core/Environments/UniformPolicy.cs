namespace VsgGym.Core;

/// <summary>Plays every legal action with equal probability, and a box uniformly between its bounds.</summary>
/// <remarks>The numbers come from the seat's own stream (seed, episode, step), so they do not depend on the batch or on other seats.</remarks>
public sealed class UniformPolicy : IPolicy
{
    private UniformPolicy()
    {
    }

    /// <summary>The only instance.</summary>
    public static UniformPolicy Instance { get; } = new();

    /// <inheritdoc/>
    public void CheckFits(EnvironmentSpec spec, int player)
    {
        // fits every seat
    }

    /// <inheritdoc/>
    public void Act(StepBuffer worlds, int player, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        if (worlds.Spec.Actions[player] is BoxSpace box) ActInBox(worlds, player, copies, box);
        else ActDiscrete(worlds, player, copies, (DiscreteSpace)worlds.Spec.Actions[player]);
    }

    private static void ActDiscrete(StepBuffer worlds, int player, ReadOnlySpan<bool> copies, DiscreteSpace space)
    {
        Span<int> actions = worlds.DiscreteActions(player);
        ReadOnlySpan<bool> masks = worlds.LegalActions(player), live = worlds.Live(player);
        for (int b = 0; b < copies.Length; b++)
        {
            if (!copies[b] || !live[b]) continue;
            var random = worlds.StreamOf(b, 1 + (uint)player);
            if (masks.IsEmpty)
            {
                actions[b] = random.NextInt32(space.Count);
                continue;
            }

            var mask = masks.Slice(b * space.Count, space.Count);
            int skip = random.NextInt32(mask.Count(true));
            int action = mask.IndexOf(true);
            while (skip-- > 0) action += 1 + mask[(action + 1)..].IndexOf(true);
            actions[b] = action;
        }
    }

    private static void ActInBox(StepBuffer worlds, int player, ReadOnlySpan<bool> copies, BoxSpace box)
    {
        Span<float> actions = worlds.BoxActions(player);
        for (int b = 0; b < copies.Length; b++)
        {
            if (!copies[b]) continue;
            var random = worlds.StreamOf(b, 1 + (uint)player);
            for (int k = 0; k < box.Length; k++)
            {
                double value = box.Low[k] + (random.NextDouble() * ((double)box.High[k] - box.Low[k]));
                actions[(b * box.Length) + k] = Math.Clamp((float)value, box.Low[k], box.High[k]);
            }
        }
    }
}
