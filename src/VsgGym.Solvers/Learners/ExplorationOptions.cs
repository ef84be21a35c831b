using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The options of learners that explore around what looks best.</summary>
public abstract record ExplorationOptions : PlayOptions
{
    /// <summary>Starts from a solver's own defaults.</summary>
    /// <param name="learningRate">Step size of the value update by episode.</param>
    /// <param name="episodes">Number of episodes.</param>
    /// <param name="exploration">The rule.</param>
    protected ExplorationOptions(Schedule learningRate, long episodes, ExplorationRule exploration)
        : base(learningRate, episodes) => Exploration = exploration;

    /// <summary>The rule: epsilon_greedy (the answer is then greedy) or boltzmann (the answer is what is played).</summary>
    public ExplorationRule Exploration { get; init; }

    /// <summary>Probability epsilon of a random legal action by episode, a number or a schedule, in [0, 1]; for epsilon_greedy.</summary>
    public Schedule Epsilon { get; init; } = Schedule.Constant(0.1);

    /// <summary>Temperature by episode, a number or a schedule, above 0 and at most 1e12, in reward units; for boltzmann.</summary>
    public Schedule Temperature { get; init; } = Schedule.Exponential(500, 0.1, 0.1);

    /// <inheritdoc/>
    public override void Validate(string path, FaultList faults)
    {
        base.Validate(path, faults);
        CheckProbability($"{path}.epsilon", Epsilon, faults);
        Temperature.CheckWithin($"{path}.temperature", Episodes - 1, 0, 1e12, faults);
    }
}
