namespace VsgGym.Solvers;

/// <summary>What a player's reward is a weighted sum of.</summary>
public enum FeatureKind
{
    /// <summary>One feature per state and own action, 1 there: any reward R_i(x, a_i).</summary>
    StateAction,

    /// <summary>One feature per state, 1 there: any reward R_i(x).</summary>
    State,
}
