using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>Transitions drawn from a replay, taken apart.</summary>
internal sealed class Minibatch
{
    private Minibatch(int rows, TransitionLayout layout)
    {
        Rows = rows;
        States = new StateGroups(rows);
        Own = new float[rows * layout.Own];
        Others = new float[rows * layout.Others];
        Rewards = new float[rows];
        GoesOn = new float[rows];
    }

    /// <summary>Number of transitions B.</summary>
    public int Rows { get; }

    /// <summary>Their states.</summary>
    public StateGroups States { get; }

    /// <summary>Their next states; null where every one ended its episode.</summary>
    public StateGroups? NextStates { get; private set; }

    /// <summary>a_i, [B, own].</summary>
    public float[] Own { get; }

    /// <summary>a_-i, [B, others].</summary>
    public float[] Others { get; }

    /// <summary>r, scaled, [B].</summary>
    public float[] Rewards { get; }

    /// <summary>1 where the value of the next state counts, [B].</summary>
    public float[] GoesOn { get; }

    /// <summary>Draws transitions uniformly, with replacement.</summary>
    /// <param name="replay">At least one row.</param>
    /// <param name="layout">Its rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="window">From that many of the latest only; 0 for all.</param>
    /// <param name="rewardScale">What rewards are multiplied with.</param>
    /// <param name="random">Decides which.</param>
    public static Minibatch Draw(ReplayBuffer replay, TransitionLayout layout, int rows, int window, double rewardScale, ref RandomStream random)
    {
        int held = window > 0 ? Math.Min(window, replay.Count) : replay.Count;
        var ages = new int[rows];
        for (int b = 0; b < rows; b++) ages[b] = random.NextInt32(held);
        return Of(replay, layout, ages, rewardScale);
    }

    /// <summary>The latest transitions, the newest first.</summary>
    /// <param name="replay">At least one row.</param>
    /// <param name="layout">Its rows.</param>
    /// <param name="window">The most.</param>
    /// <param name="isPadded">Whether rows of zeros follow where fewer are held.</param>
    public static Minibatch Latest(ReplayBuffer replay, TransitionLayout layout, int window, bool isPadded = false) =>
        Of(replay, layout, [.. Enumerable.Range(0, isPadded ? window : Math.Min(window, replay.Count))], 1);

    /// <summary>The own actions, [B, own].</summary>
    public Tensor OwnTensor() => tensor(Own, [Rows, Own.Length / Rows]);

    /// <summary>The others' actions, [B, others].</summary>
    public Tensor OthersTensor() => tensor(Others, [Rows, Others.Length / Rows]);

    private static Minibatch Of(ReplayBuffer replay, TransitionLayout layout, ReadOnlySpan<int> ages, double rewardScale)
    {
        var batch = new Minibatch(ages.Length, layout);
        bool goesOn = false;
        var blank = new float[layout.Width];
        for (int b = 0; b < ages.Length; b++)
        {
            var row = ages[b] < replay.Count ? replay.Latest(ages[b]) : blank;
            batch.States.Add(b, row[layout.StateAt]);
            row[layout.OwnAt].CopyTo(batch.Own.AsSpan(b * layout.Own));
            row[layout.OthersAt].CopyTo(batch.Others.AsSpan(b * layout.Others));
            batch.Rewards[b] = (float)(row[layout.RewardAt] * rewardScale);
            batch.GoesOn[b] = row[layout.GoesOnAt];
            goesOn |= batch.GoesOn[b] != 0;
        }

        if (!goesOn) return batch;
        batch.NextStates = new StateGroups(ages.Length);
        for (int b = 0; b < ages.Length; b++) batch.NextStates.Add(b, (ages[b] < replay.Count ? replay.Latest(ages[b]) : blank)[layout.NextStateAt]);
        return batch;
    }
}
