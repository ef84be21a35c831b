namespace VsgGym.Client;

/// <summary>What happens to a copy whose episode has ended.</summary>
public enum AutoresetMode
{
    /// <summary>The step after the end ignores the copy's actions and resets it. The default.</summary>
    NextStep = 1,

    /// <summary>The ending step also resets; the last observation is in the final observations.</summary>
    SameStep = 2,

    /// <summary>The caller resets; stepping an ended copy is an error.</summary>
    Disabled = 3,
}
