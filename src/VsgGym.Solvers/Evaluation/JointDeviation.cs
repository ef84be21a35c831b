namespace VsgGym.Solvers;

/// <summary>How a player may leave what a common signal recommends.</summary>
internal enum JointDeviation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Without seeing its recommendation: one action per state, as in a coarse correlated equilibrium.</summary>
    Blind,

    /// <summary>Seeing its recommendation: one action per state and recommended action, as in a correlated equilibrium.</summary>
    Informed,
}
