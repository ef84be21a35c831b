using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>What the episodes of an evaluation were like.</summary>
/// <param name="Episodes">Whole episodes played, at least 1.</param>
/// <param name="MeanLength">Decisions per episode.</param>
/// <param name="Players">What each player got, [N].</param>
public sealed record EvaluationResult(long Episodes, double MeanLength, ImmutableArray<PlayerReturns> Players);
