using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>One player of a run's game.</summary>
/// <param name="Name">The seat's name.</param>
/// <param name="Observation">What it sees.</param>
/// <param name="Action">What it does.</param>
public sealed record RunPlayer(string Name, Space Observation, Space Action);
