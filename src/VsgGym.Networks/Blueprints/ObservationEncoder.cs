using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>How an observation becomes a network's input: a discrete one one-hot; a box with each axis scaled from its bounds to [-1, 1].</summary>
/// <param name="Space">The observation space.</param>
public sealed record ObservationEncoder(Space Space)
{
    /// <summary>Numbers of the encoded observation.</summary>
    public int Length => Space is DiscreteSpace discrete ? discrete.Count : Space.Length;

    /// <summary>What is subtracted from an axis of a box before it is scaled.</summary>
    public float Offset(int axis) => 0.5f * (Box.Low[axis] + Box.High[axis]);

    /// <summary>What an axis of a box is multiplied with after the offset is subtracted, above 0; 1 for an axis of no width.</summary>
    public float Scale(int axis) => Box.Low[axis] < Box.High[axis] ? 2f / (Box.High[axis] - Box.Low[axis]) : 1f;

    private BoxSpace Box => (BoxSpace)Space;
}
