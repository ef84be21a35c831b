namespace VsgGym.Solvers;

/// <summary>What a player takes the others for.</summary>
public enum OthersAre
{
    /// <summary>They help it to its largest value.</summary>
    Friends,

    /// <summary>Together they hold it down to its least.</summary>
    Foes,
}
