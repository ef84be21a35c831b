namespace VsgGym.Solvers;

/// <summary>Whether a player's policy in the inference depends on what it thinks the others do.</summary>
public enum PolicyForm
{
    /// <summary>pi_i(a_i | s, a_-i), as in the paper; what is played is its mean over the opponent model.</summary>
    Conditional,

    /// <summary>pi_i(a_i | s), which answers the mean of Q over the opponent model: the policies that vsg Theorem 4.2 speaks of.</summary>
    Independent,
}
