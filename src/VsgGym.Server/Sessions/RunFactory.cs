using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.Runs;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Builds what runs are made of from the catalog; the content of a game given in full is its message.</summary>
/// <param name="catalog">Games, learners and metrics.</param>
internal sealed class RunFactory(Catalog catalog) : IRunFactory
{
    private const string Concept = "nash";

    /// <inheritdoc/>
    public Game CreateGame(RunGame game) => game.Content is { } content
        ? UploadReader.Read(Proto.GameSpec.Parser.ParseFrom(content), "game")
        : catalog.CreateGame(game.Id, game.OptionsJson);

    /// <inheritdoc/>
    public string ResolveOptions(string learner, string optionsJson) => catalog.FindLearner(learner).ResolveOptions(optionsJson, "options");

    /// <inheritdoc/>
    public ILearner CreateLearner(string learner, Core.Environment environment, string optionsJson, RandomStream random) =>
        catalog.CreateLearner(learner, environment, optionsJson, random);

    /// <inheritdoc/>
    public IMetric? CreateMetric(StochasticGame table) => catalog.Metrics.ContainsKey(Concept) ? catalog.CreateMetric(Concept, table) : null;
}
