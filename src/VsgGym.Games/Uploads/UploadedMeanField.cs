using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A mean-field game that a caller gives as tables linear in the population's distribution; played by as many agents as the caller says.</summary>
public sealed class UploadedMeanField : Game, IUploadedGame
{
    /// <summary>The agents of the simulated population where the caller says nothing, as many as the catalog's games have by default.</summary>
    public const int DefaultAgents = 10;

    private readonly LinearMeanFieldGame _rules;

    /// <summary>Checks the arrays and takes them over.</summary>
    /// <param name="tables">The arrays; not to be changed afterwards.</param>
    /// <param name="title">The game's name in drawings.</param>
    /// <param name="agents">Agents of the simulated population, from 1 to <see cref="MeanFieldOptions.MostAgents"/>.</param>
    /// <exception cref="VsgGymException">Every fault, or RESOURCE_EXHAUSTED where the game is too large.</exception>
    public UploadedMeanField(LinearMeanFieldTables tables, string title = "", int agents = DefaultAgents)
    {
        var faults = new FaultList();
        if (agents is < 1 or > MeanFieldOptions.MostAgents)
            faults.Add("agents", agents, $"must be in [1, {MeanFieldOptions.MostAgents}]", "out_of_range");
        Arrays = Build(tables, faults);
        var centered = CenteredTransitions.Of(tables);
        _rules = ReferenceEquals(centered, tables) ? Arrays : new LinearMeanFieldGame(centered);
        Agents = agents;
        Title = string.IsNullOrWhiteSpace(title) ? "Uploaded mean-field game" : title;
    }

    /// <inheritdoc/>
    public string Title { get; }

    /// <summary>Number of agents N of the simulated population.</summary>
    public int Agents { get; }

    /// <summary>The game with the arrays as the caller gave them; <see cref="MeanField"/> is the same up to rounding.</summary>
    public LinearMeanFieldGame Arrays { get; }

    /// <inheritdoc/>
    public override MeanFieldGame MeanField => _rules;

    /// <inheritdoc/>
    public override Core.Environment CreateEnvironment() => new MeanFieldEnvironment(_rules, Agents, observePopulation: false);

    /// <inheritdoc/>
    public override Drawing Draw(in World world) => MeanFieldDrawing.Draw(Title, _rules, Agents, world);

    /// <summary>The rules, or every fault of the arrays and those found before.</summary>
    private static LinearMeanFieldGame Build(LinearMeanFieldTables tables, FaultList faults)
    {
        LinearMeanFieldGame rules;
        try
        {
            rules = new LinearMeanFieldGame(tables);
        }
        catch (VsgGymException error) when (error.Kind == ErrorKind.InvalidArgument)
        {
            faults.AddAll(error);
            throw faults.ToException();
        }

        faults.ThrowIfAny();
        return rules;
    }
}
