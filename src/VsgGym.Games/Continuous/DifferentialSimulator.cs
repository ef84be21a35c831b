using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Plays the differential game with box actions.</summary>
/// <remarks>The two cores say what a reset and a step are; whole batches do the same, bit for bit, seat by seat over many copies.</remarks>
internal sealed class DifferentialSimulator(DifferentialHills hills, ImmutableArray<string> players, int horizon)
    : Core.Environment(Describe(hills, players, horizon), stateSize: 0)
{
    /// <inheritdoc/>
    public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        for (int p = 0; p < players.Length; p++)
        {
            var observations = worlds.BoxObservations(p);
            for (int b = 0; b < copies.Length; b++)
                if (copies[b]) observations[b] = 0;
        }
    }

    /// <inheritdoc/>
    public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        Span<double> below = stackalloc double[BoxBatch.Chunk], above = stackalloc double[BoxBatch.Chunk];
        for (int from = 0; from < copies.Length; from += BoxBatch.Chunk)
        {
            int length = Math.Min(BoxBatch.Chunk, copies.Length - from);
            below[..length].Clear();
            above[..length].Fill(DifferentialHills.Top);
            for (int p = 0; p < players.Length; p++) Add(worlds.BoxActions(p).Slice(from, length), below[..length], above[..length]);
            for (int i = 0; i < length; i++) above[i] = hills.Height(below[i], above[i]);
            for (int p = 0; p < players.Length; p++) BoxBatch.Pay(worlds.Rewards(p).Slice(from, length), above[..length], copies.Slice(from, length));
        }

        BoxBatch.End(worlds, copies, horizon);
    }

    /// <summary>Resets the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void ResetOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Reset(worlds, copies);

    /// <summary>Steps the marked copies one by one through the core: the slow form that the batch must equal.</summary>
    internal void StepOneByOne(StepBuffer worlds, ReadOnlySpan<bool> copies) => base.Step(worlds, copies);

    /// <inheritdoc/>
    protected override void ResetCore(ref World world)
    {
        for (int p = 0; p < players.Length; p++) world.BoxObservation(p)[0] = 0;
    }

    /// <inheritdoc/>
    protected override void StepCore(ref World world)
    {
        double below = 0, above = DifferentialHills.Top;
        for (int p = 0; p < players.Length; p++) DifferentialHills.Add(world.BoxAction(p)[0], ref below, ref above);
        for (int p = 0; p < players.Length; p++) world.Reward(p, hills.Height(below, above));
        if (world.Time + 1 >= horizon) world.Terminate();
    }

    private static void Add(ReadOnlySpan<float> actions, Span<double> below, Span<double> above)
    {
        for (int i = 0; i < actions.Length; i++) DifferentialHills.Add(actions[i], ref below[i], ref above[i]);
    }

    private static EnvironmentSpec Describe(DifferentialHills hills, ImmutableArray<string> players, int horizon)
    {
        Space observation = new BoxSpace([-1f], [1f]), action = new BoxSpace([-(float)DifferentialHills.Bound], [(float)DifferentialHills.Bound]);
        return new EnvironmentSpec
        {
            Players = players,
            Observations = [.. players.Select(_ => observation)],
            Actions = [.. players.Select(_ => action)],
            Horizon = horizon,
            LowestReward = hills.Lowest(),
            HighestReward = DifferentialHills.Top,
        };
    }
}
