using System.ComponentModel.DataAnnotations;
using System.Globalization;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The options of every solver that plays episodes and moves action values toward what it gets.</summary>
public abstract record PlayOptions : IValidatedOptions
{
    /// <summary>Starts from a solver's own defaults.</summary>
    /// <param name="learningRate">Step size of the value update by episode.</param>
    /// <param name="episodes">Number of episodes.</param>
    protected PlayOptions(Schedule learningRate, long episodes) => (LearningRate, Episodes) = (learningRate, episodes);

    /// <summary>Step size of the value update by episode, a number or a schedule, in (0, 1].</summary>
    public Schedule LearningRate { get; init; }

    /// <summary>Number of episodes.</summary>
    [Range(1, 1_000_000_000)]
    public long Episodes { get; init; }

    /// <summary>Action values start uniform in [0, initial_scale), in reward units; 0 starts them at 0.</summary>
    [Range(0d, 1e12)]
    public double InitialScale { get; init; } = 1;

    /// <summary>The most steps of an episode of a discounted game.</summary>
    [Range(1, TabularPlay.MostSteps)]
    public int MaxSteps { get; init; } = 1000;

    /// <summary>Whether values and policies depend on the time, which needs a horizon; the answer is then [T, S, A], else [S, A].</summary>
    public bool PerTime { get; init; }

    /// <inheritdoc/>
    public virtual void Validate(string path, FaultList faults) => LearningRate.CheckWithin($"{path}.learning_rate", LastRateTime, 0, 1, faults);

    /// <summary>The last time at which the learning rate may be asked for.</summary>
    private protected virtual long LastRateTime => Episodes - 1;

    /// <summary>Adds a fault unless a schedule stays in [0, 1] for all episodes; exact, as every schedule is monotone.</summary>
    private protected void CheckProbability(string path, Schedule schedule, FaultList faults)
    {
        foreach (long t in (ReadOnlySpan<long>)[0, Episodes - 1])
        {
            double value = schedule.At(t);
            if (value is >= 0 and <= 1) continue;
            faults.Add(path, value, string.Create(CultureInfo.InvariantCulture, $"must stay in [0, 1]; this is its value at time {t}"), "out_of_range");
            return;
        }
    }
}
