namespace VsgGym.Solvers;

/// <summary>How a learner tries actions that do not look best.</summary>
public enum ExplorationRule
{
    /// <summary>The best action, but with probability epsilon any legal one.</summary>
    EpsilonGreedy,

    /// <summary>Every action with a probability proportional to exp(value / temperature).</summary>
    Boltzmann,
}
