using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The options that every mean-field game of the catalog has; a game's own record starts from the game's own horizon.</summary>
public abstract record MeanFieldOptions
{
    /// <summary>The most agents of a simulated population.</summary>
    public const int MostAgents = 1000;

    /// <summary>Starts from a number of decisions.</summary>
    /// <param name="horizon">T, at least 1.</param>
    protected MeanFieldOptions(int horizon) => Horizon = horizon;

    /// <summary>Number of decisions T.</summary>
    [Range(1, TabularOptions.MostDecisions)]
    public int Horizon { get; init; }

    /// <summary>Number of agents N of the simulated population; solvers see the limit of infinitely many.</summary>
    [Range(1, MostAgents)]
    public int Agents { get; init; } = 10;

    /// <summary>Whether the seats also see how the agents are spread: a one-hot vector of the own state, then the share of agents in each state.</summary>
    public bool ObservePopulation { get; init; }
}
