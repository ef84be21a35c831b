namespace VsgGym.Core;

/// <summary>One game with its options set: what the catalog makes from an id, or an upload becomes.</summary>
public abstract class Game
{
    /// <summary>The game as a finite table for solvers, or null where it has none (box actions).</summary>
    public virtual StochasticGame? Table => null;

    /// <summary>A simulator of the game.</summary>
    public abstract Environment CreateEnvironment();

    /// <summary>Draws one copy as it stands after its last reset or step.</summary>
    /// <param name="world">The copy.</param>
    public abstract Drawing Draw(in World world);
}
