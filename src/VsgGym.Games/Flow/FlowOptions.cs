using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The options that every flow game of the catalog has.</summary>
public abstract record FlowOptions
{
    /// <summary>What the seats see: the number of the node, a one-hot vector of it, or the game's features.</summary>
    public ObservationForm Observation { get; init; } = ObservationForm.Index;
}
