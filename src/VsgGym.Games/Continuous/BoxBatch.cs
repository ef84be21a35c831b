using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>What simulators of box actions write for many copies at once.</summary>
internal static class BoxBatch
{
    /// <summary>Copies that are worked on together, so that the numbers in between stay in the nearest cache.</summary>
    public const int Chunk = 256;

    /// <summary>Pays the marked copies of a chunk.</summary>
    /// <param name="paid">[n], the chunk's rewards of a seat.</param>
    /// <param name="values">[n], what each copy earns.</param>
    /// <param name="copies">[n], which copies step.</param>
    public static void Pay(Span<double> paid, ReadOnlySpan<double> values, ReadOnlySpan<bool> copies)
    {
        if (!copies.Contains(false))
        {
            values.CopyTo(paid);
            return;
        }

        for (int i = 0; i < paid.Length; i++)
            if (copies[i]) paid[i] = values[i];
    }

    /// <summary>Ends the marked copies whose last decision this is.</summary>
    public static void End(StepBuffer worlds, ReadOnlySpan<bool> copies, int horizon)
    {
        for (int b = 0; b < copies.Length; b++)
            if (copies[b] && worlds.TimeOf(b) + 1 >= horizon) new World(worlds, b).Terminate();
    }
}
