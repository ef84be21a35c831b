namespace VsgGym.Solvers;

/// <summary>How trajectories are weighed in the gradient of the reward inference.</summary>
public enum TrajectoryWeights
{
    /// <summary>By w = exp(sum of discounted rewards) / rho_j, as printed in vsg Eq. (7): right where moves are deterministic and the others' actions do not matter.</summary>
    Importance,

    /// <summary>Equally, w = 1, and given the states and the others' actions seen: the gradient of the likelihood of the player's decisions under its model.</summary>
    Causal,
}
