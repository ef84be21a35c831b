namespace VsgGym.Client;

/// <summary>A game under given options.</summary>
/// <param name="Players">Its seats, in order.</param>
/// <param name="Horizon">Decisions of an episode; null without a horizon.</param>
/// <param name="Discount">In (0, 1]; 1 with a horizon.</param>
/// <param name="LowestReward">Least reward of a step.</param>
/// <param name="HighestReward">Largest reward of a step.</param>
/// <param name="States">Number of states; null where the game has no table.</param>
/// <param name="Transitions">Stored transitions; null where the game has no table.</param>
/// <param name="HasIllegalActions">Whether some actions are illegal in some states.</param>
/// <param name="OptionsJson">The resolved options.</param>
/// <param name="StateLabels">One per state, or none.</param>
public sealed record GameDescription(
    IReadOnlyList<PlayerInfo> Players,
    int? Horizon,
    double Discount,
    double LowestReward,
    double HighestReward,
    long? States,
    long? Transitions,
    bool HasIllegalActions,
    string OptionsJson,
    IReadOnlyList<string> StateLabels)
{
    /// <summary>"tabular", "box", "mean_field" or "flow"; empty where an older server does not say.</summary>
    public string Kind { get; init; } = string.Empty;
}
