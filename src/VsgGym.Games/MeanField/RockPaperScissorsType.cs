using System.ComponentModel.DataAnnotations;

namespace VsgGym.Games;

/// <summary>A kind of members of the population that plays rock, paper, scissors.</summary>
public sealed record RockPaperScissorsType : PopulationType
{
    /// <summary>What rock gains such a member where the whole population shows scissors.</summary>
    [Range(0d, 1e6)]
    public double RockWin { get; init; } = 2;

    /// <summary>What rock costs such a member where the whole population shows paper.</summary>
    [Range(0d, 1e6)]
    public double RockLoss { get; init; } = 1;

    /// <summary>What paper gains such a member where the whole population shows rock.</summary>
    [Range(0d, 1e6)]
    public double PaperWin { get; init; } = 4;

    /// <summary>What paper costs such a member where the whole population shows scissors.</summary>
    [Range(0d, 1e6)]
    public double PaperLoss { get; init; } = 2;

    /// <summary>What scissors gain such a member where the whole population shows paper.</summary>
    [Range(0d, 1e6)]
    public double ScissorsWin { get; init; } = 6;

    /// <summary>What scissors cost such a member where the whole population shows rock.</summary>
    [Range(0d, 1e6)]
    public double ScissorsLoss { get; init; } = 3;
}
