using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>What a field of a step's data holds.</summary>
public enum FieldKind
{
    /// <summary>Reward of the step, float64 [B].</summary>
    Reward,

    /// <summary>Observation after the step, [B, ...].</summary>
    Observation,

    /// <summary>With same-step autoreset: the last observation of copies that just ended, [B, ...]; meaningful where ended.</summary>
    FinalObservation,

    /// <summary>Legal-action mask after the step, bool [B, A].</summary>
    LegalActions,

    /// <summary>The rules ended the episode, bool [B].</summary>
    Terminated,

    /// <summary>A time limit cut the episode, bool [B].</summary>
    Truncated,

    /// <summary>The seat is still in the episode after the step, bool [B].</summary>
    Live,
}

/// <summary>One array inside a step's data: fixed when the environment is made.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Player">The seat's number.</param>
/// <param name="ElementType">Its element type.</param>
/// <param name="Shape">Its shape, the batch first.</param>
/// <param name="Offset">Bytes from the start of the data.</param>
/// <param name="Bytes">Its length in bytes.</param>
public sealed record Field(FieldKind Kind, int Player, ElementType ElementType, ImmutableArray<int> Shape, int Offset, int Bytes);
