namespace VsgGym.Core;

/// <summary>A game given by its table, which serves play, solvers and learners alike.</summary>
public abstract class TabularGame : Game
{
    private readonly Lazy<StochasticGame> _table;

    /// <summary>Defers the building of the table to its first use.</summary>
    protected TabularGame() => _table = new Lazy<StochasticGame>(Build);

    /// <inheritdoc/>
    public sealed override StochasticGame Table => _table.Value;

    /// <inheritdoc/>
    public override Environment CreateEnvironment() => new TabularEnvironment(Table);

    /// <summary>Builds the table from the options.</summary>
    protected abstract StochasticGame Build();
}
