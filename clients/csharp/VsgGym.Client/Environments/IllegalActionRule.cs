namespace VsgGym.Client;

/// <summary>What happens to an illegal action.</summary>
public enum IllegalActionRule
{
    /// <summary>The step is an error and nothing changes. The default.</summary>
    Refuse = 1,

    /// <summary>The seat's first legal action is played instead.</summary>
    FirstLegal = 2,
}
