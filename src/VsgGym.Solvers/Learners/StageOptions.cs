using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The options of learners that solve a game of action values in every state.</summary>
public abstract record StageOptions : PlayOptions
{
    /// <summary>Starts from a solver's own defaults.</summary>
    /// <param name="episodes">Number of episodes.</param>
    protected StageOptions(long episodes)
        : base(Schedule.Hyperbolic(100), episodes)
    {
    }

    /// <summary>Probability epsilon by episode, a number or a schedule, in [0, 1], with which a player takes a random legal action instead of its part of the stage's solution; 1 plays at random throughout, as the values are learned whatever is played.</summary>
    public Schedule Epsilon { get; init; } = Schedule.Constant(1);

    /// <summary>Whether the learning rate goes by the visits of each state and joint action (as convergence needs it) or by the episode.</summary>
    public bool PerVisit { get; init; } = true;

    /// <summary>Of one row visited in every step, which comes after the last episode's number.</summary>
    private protected override long LastRateTime => PerVisit ? Episodes * MaxSteps : base.LastRateTime;

    /// <inheritdoc/>
    public override void Validate(string path, FaultList faults)
    {
        base.Validate(path, faults);
        CheckProbability($"{path}.epsilon", Epsilon, faults);
    }
}
