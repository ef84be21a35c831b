namespace VsgGym.Solvers;

/// <summary>Where ROMMEO-Q's opponent model comes from.</summary>
public enum RhoMode
{
    /// <summary>The regularized model, rommeo Eq. (11).</summary>
    Rommeo,

    /// <summary>The prior itself: what the opponents were seen to do (the ablation ROMMEO-Q-EMP); state values are the mean over it.</summary>
    Empirical,
}
