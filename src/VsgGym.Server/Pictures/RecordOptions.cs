using VsgGym.Core;

namespace VsgGym.Server.Pictures;

/// <summary>How an episode is recorded.</summary>
internal sealed record RecordOptions
{
    /// <summary>The most steps of any recording.</summary>
    public const int MostSteps = 1000;

    private const double ShortestSeconds = 0.05, LongestSeconds = 60;

    /// <summary>Seed of the episode and of every sampled policy.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Steps after which the recording ends, in [1, <see cref="MostSteps"/>]; 0 for 200, or the game's horizon where that is less.</summary>
    public int Steps { get; init; }

    /// <summary>How long a step is shown, in [0.05, 60]; 0 for 0.7.</summary>
    public double SecondsPerStep { get; init; }

    /// <summary>The largest document, in bytes.</summary>
    public long MostBytes { get; init; } = int.MaxValue;

    /// <summary>Notes what is out of its range.</summary>
    /// <param name="faults">Gets the faults.</param>
    /// <param name="steps">The field of the steps.</param>
    /// <param name="seconds">The field of the time.</param>
    public void Check(FaultList faults, string steps = "max_steps", string seconds = "seconds_per_step")
    {
        if (Steps is < 0 or > MostSteps) faults.Add(steps, Steps, $"must be in [1, {MostSteps}], or 0 for 200 or the game's horizon where that is less", "out_of_range");
        if (SecondsPerStep != 0 && !(SecondsPerStep is >= ShortestSeconds and <= LongestSeconds))
            faults.Add(seconds, SecondsPerStep, $"must be in [{Drawing.Number(ShortestSeconds)}, {Drawing.Number(LongestSeconds)}], or 0 for 0.7", "out_of_range");
    }
}
