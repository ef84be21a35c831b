using System.Collections.Immutable;

namespace VsgGym.Networks;

/// <summary>What one player takes home, as plain numbers: a conditional policy pi(a_i | s, a_-i), and the opponent model rho(a_-i | s) under which it is played.</summary>
/// <remarks>
/// To act: encode the observation; the opponent model's network gives the parameters of each opponent's head, one after the other in player
/// order, and the opponents are independent given the observation; the policy's network takes the encoded observation followed by the encoded
/// actions of the opponents. Box actions: sampled play draws the opponents' actions and then its own; greedy play takes x = tanh(mu) of both.
/// Discrete actions: the played policy is the marginal pi(a_i|s) = sum over a_-i of rho(a_-i|s) pi(a_i|s, a_-i), greedy play its most probable
/// action (the first of equals). Every player's actions are boxes, or every player's are discrete.
/// </remarks>
public sealed record PlayerBlueprint
{
    /// <summary>The most joint actions of the opponents over which the marginal policy is summed.</summary>
    public const int MostJointActions = 4096;

    /// <summary>The player's name.</summary>
    public required string Player { get; init; }

    /// <summary>How the observation is encoded.</summary>
    public required ObservationEncoder Observation { get; init; }

    /// <summary>The player's own actions.</summary>
    public required ActionHead Action { get; init; }

    /// <summary>The opponents' names in player order; empty in a game of one.</summary>
    public required ImmutableArray<string> Opponents { get; init; }

    /// <summary>The opponents' actions in the same order.</summary>
    public required ImmutableArray<ActionHead> OpponentActions { get; init; }

    /// <summary>Takes [encoded observation, encoded opponents' actions], gives the parameters of <see cref="Action"/>.</summary>
    public required DenseNetwork Policy { get; init; }

    /// <summary>Takes the encoded observation, gives the parameters of every opponent's head; null in a game of one.</summary>
    public required DenseNetwork? OpponentModel { get; init; }

    /// <summary>Whether some observation forbids some action, so that a mask of the legal actions [B, A] is needed to act: illegal actions get probability 0 and the rest is scaled.</summary>
    public bool HasIllegalActions { get; init; }
}
