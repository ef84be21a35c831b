namespace VsgGym.Core;

/// <summary>One game with its options set: what the catalog makes from an id, or an upload becomes.</summary>
public abstract class Game
{
    /// <summary>The game as a finite table for solvers, or null where it has none (box actions, a population, a graph).</summary>
    public virtual StochasticGame? Table => null;

    /// <summary>The game of a whole population, or null where it is none; the simulator then plays it with finitely many agents.</summary>
    public virtual MeanFieldGame? MeanField => null;

    /// <summary>The game as an acyclic graph with returns at its ends, or null where it is none.</summary>
    public virtual FlowGraph? Flow => null;

    /// <summary>A simulator of the game.</summary>
    public abstract Environment CreateEnvironment();

    /// <summary>Draws one copy as it stands after its last reset or step.</summary>
    /// <param name="world">The copy.</param>
    public abstract Drawing Draw(in World world);

    /// <summary>The form of the game that solvers of one kind take: its table, its population or its graph.</summary>
    /// <param name="form">StochasticGame, MeanFieldGame, FlowGraph, or ISolvableGame for whichever there is.</param>
    /// <returns>Null where the game has no such form.</returns>
    public ISolvableGame? Form(Type form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return ((ISolvableGame?[])[Table, MeanField, Flow]).FirstOrDefault(form.IsInstanceOfType);
    }
}
