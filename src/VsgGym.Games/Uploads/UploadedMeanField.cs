using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A mean-field game that a caller gives as tables linear in the population's distribution; played by ten agents.</summary>
public sealed class UploadedMeanField : Game, IUploadedGame
{
    /// <summary>The agents of the simulated population, as many as the catalog's games have by default.</summary>
    public const int Agents = 10;

    private readonly LinearMeanFieldGame _rules;

    /// <summary>Checks the arrays and takes them over.</summary>
    /// <param name="tables">The arrays; not to be changed afterwards.</param>
    /// <param name="title">The game's name in drawings.</param>
    /// <exception cref="VsgGymException">Every fault, or RESOURCE_EXHAUSTED where the game is too large.</exception>
    public UploadedMeanField(LinearMeanFieldTables tables, string title = "")
    {
        _rules = new LinearMeanFieldGame(tables);
        Title = string.IsNullOrWhiteSpace(title) ? "Uploaded mean-field game" : title;
    }

    /// <inheritdoc/>
    public string Title { get; }

    /// <inheritdoc/>
    public override MeanFieldGame MeanField => _rules;

    /// <inheritdoc/>
    public override Core.Environment CreateEnvironment() => new MeanFieldEnvironment(_rules, Agents, observePopulation: false);

    /// <inheritdoc/>
    public override Drawing Draw(in World world) => MeanFieldDrawing.Draw(Title, _rules, Agents, world);
}
