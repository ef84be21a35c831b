namespace VsgGym.Client;

/// <summary>One seat: what it sees and what it can do.</summary>
/// <param name="Name">The seat's name.</param>
/// <param name="Observation">Space of its observations.</param>
/// <param name="Action">Space of its actions.</param>
public sealed record PlayerInfo(string Name, Space Observation, Space Action);
