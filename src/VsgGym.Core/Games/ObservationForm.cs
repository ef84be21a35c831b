namespace VsgGym.Core;

/// <summary>How the seats of a tabular game see its state.</summary>
public enum ObservationForm
{
    /// <summary>The number of the state, a discrete space with a label per state.</summary>
    Index,

    /// <summary>A box [0, 1]^S with a 1 at the state's number.</summary>
    OneHot,

    /// <summary>A box of the game's own features, such as positions on a grid, with a label per number.</summary>
    Features,
}
