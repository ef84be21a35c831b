namespace VsgGym.Core;

/// <summary>What happens to a copy whose episode has ended.</summary>
public enum AutoresetMode
{
    /// <summary>The next step ignores the copy's action, resets it and pays reward 0.</summary>
    NextStep,

    /// <summary>The same step resets it; the last observation is kept in the final-observation fields.</summary>
    SameStep,

    /// <summary>The caller resets it; stepping it before is an error.</summary>
    Disabled,
}
