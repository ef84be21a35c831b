using System.Text;
using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;

namespace VsgGym.Runs.Tests;

/// <summary>The real games and metric with the sample learner; the content of a game given in full is its nfg text.</summary>
internal sealed class SampleFactory : IRunFactory
{
    public static Catalog Catalog { get; } = Catalog.Scan(typeof(Climbing).Assembly, typeof(Solvers.NashCertificate).Assembly, typeof(SampleLearner).Assembly);

    public Game CreateGame(RunGame game) =>
        game.Content is { } text ? UploadedGame.FromNfg(Encoding.UTF8.GetString(text)) : Catalog.CreateGame(game.Id, game.OptionsJson);

    public string ResolveOptions(string learner, string optionsJson) => Catalog.FindLearner(learner).ResolveOptions(optionsJson, "options");

    public ILearner CreateLearner(string learner, Core.Environment environment, string optionsJson, RandomStream random) =>
        Catalog.CreateLearner(learner, environment, optionsJson, random);

    public IMetric? CreateMetric(StochasticGame table) => Catalog.CreateMetric("nash", table);
}
