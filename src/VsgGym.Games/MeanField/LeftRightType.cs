using System.ComponentModel.DataAnnotations;

namespace VsgGym.Games;

/// <summary>A kind of members of the left-or-right game.</summary>
public sealed record LeftRightType : PopulationType
{
    /// <summary>What a whole population on the left costs such a member.</summary>
    [Range(0d, 1e6)]
    public double LeftCost { get; init; } = 1;

    /// <summary>What a whole population on the right costs such a member.</summary>
    [Range(0d, 1e6)]
    public double RightCost { get; init; } = 2;
}
