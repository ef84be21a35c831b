namespace VsgGym.Solvers;

/// <summary>Turns action values into what is played, by the rule and the numbers of the present episode.</summary>
internal sealed class Exploration
{
    private readonly ExplorationOptions _options;

    public Exploration(ExplorationOptions options)
    {
        _options = options;
        Begin(0);
    }

    /// <summary>Epsilon or the temperature, whichever the rule uses.</summary>
    public double Level { get; private set; }

    /// <summary>The name of <see cref="Level"/>.</summary>
    public static string LevelName(ExplorationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Exploration == ExplorationRule.Boltzmann ? "temperature" : "epsilon";
    }

    /// <summary>Takes the numbers of an episode, from 0.</summary>
    public void Begin(long episode) => Level = (_options.Exploration == ExplorationRule.Boltzmann ? _options.Temperature : _options.Epsilon).At(episode);

    /// <summary>What is played.</summary>
    /// <param name="values">[A], minus infinity where illegal.</param>
    /// <param name="policy">[A], overwritten.</param>
    public void Play(ReadOnlySpan<double> values, Span<double> policy)
    {
        if (_options.Exploration == ExplorationRule.Boltzmann) BoltzmannKernels.Policy(values, 1 / Level, policy);
        else ChoiceKernels.EpsilonGreedy(values, Level, policy);
    }

    /// <summary>What is answered: what is played, without the random actions of epsilon_greedy.</summary>
    /// <param name="values">[A], minus infinity where illegal.</param>
    /// <param name="policy">[A], overwritten.</param>
    public void Answer(ReadOnlySpan<double> values, Span<double> policy)
    {
        if (_options.Exploration == ExplorationRule.Boltzmann) Play(values, policy);
        else ChoiceKernels.EpsilonGreedy(values, 0, policy);
    }
}
