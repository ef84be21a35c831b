using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>What a simulator promises about its seats, spaces, rewards and episodes.</summary>
public sealed record EnvironmentSpec
{
    /// <summary>The seats' names, [N].</summary>
    public required ImmutableArray<string> Players { get; init; }

    /// <summary>Each seat's observation space, [N].</summary>
    public required ImmutableArray<Space> Observations { get; init; }

    /// <summary>Each seat's action space, [N].</summary>
    public required ImmutableArray<Space> Actions { get; init; }

    /// <summary>Whether some state forbids some action, so that legal-action masks are sent.</summary>
    public bool HasIllegalActions { get; init; }

    /// <summary>Number of states S where the game is a table and the first number of its hidden state is the state's number; else null.</summary>
    public int? TableStates { get; init; }

    /// <summary>Decisions per episode, or null where the rules set no end.</summary>
    public int? Horizon { get; init; }

    /// <summary>The discount of the game, 1 where there is a horizon.</summary>
    public double Discount { get; init; } = 1.0;

    /// <summary>The least reward a seat can get in one step.</summary>
    public required double LowestReward { get; init; }

    /// <summary>The greatest reward a seat can get in one step.</summary>
    public required double HighestReward { get; init; }

    /// <summary>Number of seats N.</summary>
    public int PlayerCount => Players.Length;
}
