using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>One player's returns over the episodes of an evaluation; a return is the undiscounted sum of an episode's rewards.</summary>
/// <param name="Player">The player's name.</param>
/// <param name="MeanReturn">The mean over the episodes.</param>
/// <param name="StandardError">Of the mean: the sample standard deviation over the root of the number of episodes; NaN for a single episode.</param>
/// <param name="Lowest">The least return.</param>
/// <param name="Highest">The greatest return.</param>
/// <param name="MeanAction">[length], the mean over all the player's decisions of all episodes; empty where actions are discrete.</param>
public sealed record PlayerReturns(
    string Player,
    double MeanReturn,
    double StandardError,
    double Lowest,
    double Highest,
    ImmutableArray<double> MeanAction);
