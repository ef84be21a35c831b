namespace VsgGym.Core;

/// <summary>What happens to an action that is in the action space but illegal in the present state.</summary>
public enum IllegalActionRule
{
    /// <summary>The step is refused with an error and nothing changes.</summary>
    Refuse,

    /// <summary>The seat's first legal action is played instead, as Gymnasium's contract needs: every member of the space is playable.</summary>
    FirstLegal,
}
