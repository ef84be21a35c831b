using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>What an evaluation measured.</summary>
/// <param name="Episodes">Episodes played with the greedy policies, and again with the sampled ones.</param>
/// <param name="Greedy">[N], the policies' most probable actions.</param>
/// <param name="Sampled">[N], the policies as they learn.</param>
/// <param name="NashConv">Of the sampled policies, in reward units; null where there is no table.</param>
/// <param name="OpponentModelDistance">[N], mean total variation, over times and states, of rho from the others' sampled policies; empty where there is no table.</param>
public sealed record RunEvaluation(
    long Episodes,
    ImmutableArray<PlayerEvaluation> Greedy,
    ImmutableArray<PlayerEvaluation> Sampled,
    double? NashConv,
    ImmutableArray<double> OpponentModelDistance);

/// <summary>How one player fared.</summary>
/// <param name="Player">Its name.</param>
/// <param name="MeanReturn">Undiscounted, in reward units.</param>
/// <param name="StandardError">Of the mean; NaN for a single episode.</param>
/// <param name="MeanAction">[length], box actions only, else empty.</param>
public sealed record PlayerEvaluation(string Player, double MeanReturn, double StandardError, ImmutableArray<double> MeanAction);
