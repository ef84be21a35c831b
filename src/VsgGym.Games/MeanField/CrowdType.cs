using System.ComponentModel.DataAnnotations;

namespace VsgGym.Games;

/// <summary>A kind of members of the crowd game.</summary>
public sealed record CrowdType : PopulationType
{
    /// <summary>The place such a member wants to be at, below size; absent: the middle, size / 2.</summary>
    [Range(0, Crowd.MostPlaces - 1)]
    public int? Place { get; init; }

    /// <summary>How much such a member minds company: the weight of -log mu.</summary>
    [Range(0d, 1e6)]
    public double Aversion { get; init; } = 1;

    /// <summary>What a move costs such a member; absent: 1 / size.</summary>
    [Range(0d, 1e6)]
    public double? StepCost { get; init; }
}
