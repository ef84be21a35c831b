namespace VsgGym.Client;

/// <summary>What policies achieved when they played each other.</summary>
/// <param name="Episodes">Episodes played.</param>
/// <param name="MeanLength">Decisions per episode.</param>
/// <param name="Players">By player.</param>
/// <param name="Elapsed">Time it took the server.</param>
public sealed record Evaluation(long Episodes, double MeanLength, IReadOnlyDictionary<string, PlayerResult> Players, TimeSpan Elapsed);

/// <summary>One player's returns, undiscounted sums of an episode's rewards.</summary>
/// <param name="MeanReturn">Mean per episode.</param>
/// <param name="StandardError">Of that mean.</param>
/// <param name="Lowest">The least return.</param>
/// <param name="Highest">The greatest return.</param>
public sealed record PlayerResult(double MeanReturn, double StandardError, double Lowest, double Highest);
