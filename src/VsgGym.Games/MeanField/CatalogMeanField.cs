using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A mean-field game of the catalog: its rules serve solvers as they are, and play with finitely many agents.</summary>
/// <param name="options">The game's options.</param>
public abstract class CatalogMeanField(MeanFieldOptions options) : Game
{
    private MeanFieldGame? _limit;

    /// <inheritdoc/>
    public sealed override MeanFieldGame MeanField => _limit ??= Lay(null);

    /// <summary>Number of agents N of the simulated population.</summary>
    public int Agents => options.Agents;

    /// <summary>The game's name in drawings.</summary>
    protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override Core.Environment CreateEnvironment() => new MeanFieldEnvironment(Lay(options.Agents), options.Agents, options.ObservePopulation);

    /// <inheritdoc/>
    public sealed override Drawing Draw(in World world) => MeanFieldDrawing.Draw(Title, MeanField, options.Agents, world);

    /// <summary>Whether the rules, with types or without, are the same at all times and linear in the population: tables then say all of them.</summary>
    protected virtual bool IsLinear => false;

    /// <summary>The rules in the limit as tables; null where they are not linear in the population.</summary>
    /// <param name="mostNumbers">The most numbers they may have.</param>
    /// <exception cref="VsgGymException">RESOURCE_EXHAUSTED: they have more.</exception>
    public LinearMeanFieldTables? ReadTables(long mostNumbers) => IsLinear ? MeanFieldCorners.Read(MeanField, mostNumbers) : null;

    /// <summary>The rules.</summary>
    /// <param name="agents">
    /// Null for the limit; else the number of agents: every share is then a multiple of 1 / agents, and rules that need more than + - * /
    /// look it up in a table over the counts.
    /// </param>
    protected abstract MeanFieldGame Lay(int? agents);
}
