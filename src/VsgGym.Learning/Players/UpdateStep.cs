using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>What the updates after one step of the games share.</summary>
/// <param name="Step">The step's number, from 1.</param>
/// <param name="Alpha">The temperature.</param>
/// <param name="RateFactor">What every learning rate is multiplied with.</param>
/// <param name="SharedReward">Weight of the anchor of inferred rewards at the player's own critic.</param>
/// <param name="Random">The player's random numbers for this step.</param>
/// <param name="Together">Random numbers for this step that all players have alike.</param>
internal sealed record UpdateStep(long Step, double Alpha, double RateFactor, double SharedReward, RandomStream Random, RandomStream Together);
