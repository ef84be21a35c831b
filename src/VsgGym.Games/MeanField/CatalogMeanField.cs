using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A mean-field game of the catalog: its rules serve solvers as they are, and play with finitely many agents.</summary>
/// <param name="options">The game's options.</param>
public abstract class CatalogMeanField(MeanFieldOptions options) : Game
{
    private MeanFieldGame? _limit;

    /// <inheritdoc/>
    public sealed override MeanFieldGame MeanField => _limit ??= Lay(null);

    /// <summary>The game's name in drawings.</summary>
    protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override Core.Environment CreateEnvironment() => new MeanFieldEnvironment(Lay(options.Agents), options.Agents, options.ObservePopulation);

    /// <inheritdoc/>
    public sealed override Drawing Draw(in World world) => MeanFieldDrawing.Draw(Title, MeanField, options.Agents, world);

    /// <summary>The rules.</summary>
    /// <param name="agents">
    /// Null for the limit; else the number of agents: every share is then a multiple of 1 / agents, and rules that need more than + - * /
    /// look it up in a table over the counts.
    /// </param>
    protected abstract MeanFieldGame Lay(int? agents);
}
