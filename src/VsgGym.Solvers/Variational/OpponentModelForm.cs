namespace VsgGym.Solvers;

/// <summary>Where the opponent model rho of vsg section 5.1 comes from.</summary>
public enum OpponentModelForm
{
    /// <summary>The policies that the others play.</summary>
    Exact,

    /// <summary>The closed form of vsg Eq. (5), with the soft action values of the opponent's own rewards and what it plays as prior.</summary>
#pragma warning disable CA1707 // the option's text is the proposition's number
    Proposition_5_9,
#pragma warning restore CA1707

    /// <summary>The mean of what the others have played in all iterations so far.</summary>
    Empirical,
}
