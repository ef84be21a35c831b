namespace VsgGym.Solvers;

/// <summary>What the opponent of a zero-sum inference knows when it acts.</summary>
public enum ZeroSumForm
{
    /// <summary>Nothing of the agent's action: both answer the mean over the other's policy.</summary>
    Independent,

    /// <summary>The agent's action, to which it reacts: two-player soft Q-learning with two temperatures.</summary>
    Reacting,
}
