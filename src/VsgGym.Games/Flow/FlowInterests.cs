namespace VsgGym.Games;

/// <summary>How the second player's returns stand to the first one's.</summary>
public enum FlowInterests
{
    /// <summary>Both have the same returns.</summary>
    Common,

    /// <summary>The second player's returns are the first one's in reverse order.</summary>
    Opposed,
}
