using System.ComponentModel.DataAnnotations;

namespace VsgGym.Games;

/// <summary>A kind of members of the epidemic game.</summary>
public sealed record EpidemicType : PopulationType
{
    /// <summary>Probability that a susceptible member of this kind who goes out is infected where everybody else is.</summary>
    [Range(0d, 1d)]
    public double InfectionRate { get; init; } = 0.81;

    /// <summary>Probability that an infected member of this kind recovers.</summary>
    [Range(0d, 1d)]
    public double RecoveryRate { get; init; } = 0.3;

    /// <summary>What keeping distance costs such a member, where being infected costs 1.</summary>
    [Range(0d, 1e6)]
    public double DistanceCost { get; init; } = 0.5;
}
