using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>The options that every tabular game of the catalog shares.</summary>
public sealed class TabularOptionsTests
{
    private const int Copies = 24;
    private static readonly Catalog Entries = Catalog.Scan([typeof(Climbing).Assembly]);

    /// <summary>Every game whose options are of that family and give it a table.</summary>
    public static TheoryData<string> Ids => [.. AllGames.Names.Where(id => Entries.CreateGame(id, "{}") is CatalogTable)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Observations_AreThreeFormsOfOneState(string id)
    {
        var index = Play.Start(Entries.CreateGame(id, "{}"), new VectorOptions { Copies = Copies });
        var oneHot = Play.Start(Entries.CreateGame(id, """{"observation": "one_hot"}"""), new VectorOptions { Copies = Copies });
        var features = Play.Start(Entries.CreateGame(id, """{"observation": "features"}"""), new VectorOptions { Copies = Copies });
        var states = (DiscreteSpace)index.Worlds.Spec.Observations[0];
        var space = (BoxSpace)features.Worlds.Spec.Observations[0];
        Assert.Equal(states.Count, oneHot.Worlds.Spec.Observations[0].Length);
        Assert.All((BoxSpace[])[space, (BoxSpace)oneHot.Worlds.Spec.Observations[0]], box => Assert.Equal(box.Length, box.Labels.Distinct().Count()));
        var seen = new Dictionary<int, float[]>();
        var random = RandomStream.Create(4);
        for (int t = 0; t < 30; t++)
        {
            for (int p = 0; p < index.Worlds.Spec.PlayerCount; p++)
                for (int b = 0; b < Copies; b++)
                {
                    int state = index.Worlds.DiscreteObservations(p)[b];
                    var vector = oneHot.Worlds.BoxObservations(p).Slice(b * states.Count, states.Count);
                    Assert.Equal((1f, 1f), (vector[state], vector.ToArray().Sum()));
                    float[] own = features.Worlds.BoxObservations(p).Slice(b * space.Length, space.Length).ToArray();
                    for (int k = 0; k < own.Length; k++) Assert.InRange(own[k], space.Low[k], space.High[k]);
                    if (!seen.TryAdd(state, own)) Assert.Equal(seen[state], own);
                }

            byte[] actions = Play.RandomActions(index, ref random);
            index.Step(actions);
            oneHot.Step(actions);
            features.Step(actions);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Features_TellStatesApart(string id)
    {
        var game = Entries.CreateGame(id, """{"observation": "features"}""");
        var play = new VectorEnvironment(game.CreateEnvironment(), new VectorOptions { Copies = 1 }, 1);
        var table = game.Table!;
        var space = (BoxSpace)play.Worlds.Spec.Observations[0];
        Assert.True(table.StateCount == 1 || space.Low.Zip(space.High).Any(bounds => bounds.First < bounds.Second));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Discount_TakesThePlaceOfTheHorizon(string id)
    {
        var table = Entries.CreateGame(id, """{"horizon": null, "discount": 0.75, "repeat": true}""").Table!;
        Assert.Equal((null, 0.75, false), (table.Horizon, table.Discount, table.HasTerminalRewards));
        for (int row = 0; row < table.StateCount * table.JointActionCount; row++)
            if (table.IsLegalJoint(row / table.JointActionCount, row % table.JointActionCount))
                Assert.True(table.RowStarts[row + 1] > table.RowStarts[row], $"row {row} ends although the game repeats");
    }

    [Theory]
    [InlineData("""{"discount": 0.5}""", "game.options.discount")]
    [InlineData("""{"horizon": null}""", "game.options.horizon")]
    [InlineData("""{"horizon": 0}""", "game.options.horizon")]
    [InlineData("""{"horizon": 10001}""", "game.options.horizon")]
    [InlineData("""{"horizon": null, "discount": 1}""", "game.options.discount")]
    [InlineData("""{"observation": "pixels"}""", "game.options.observation")]
    public void FaultyOptions_AreRefusedByName(string options, string path) =>
        Assert.Contains(path, Assert.Throws<VsgGymException>(() => Entries.CreateGame("pursuit-v0", options)).Faults.Select(fault => fault.Path));

    [Fact]
    public void Table_PlaysASeatThatSeesVectors()
    {
        var game = Entries.CreateGame("pursuit-v0", """{"observation": "features"}""");
        var table = game.Table!;
        var stays = new double[table.StateCount * 5];
        for (int s = 0; s < table.StateCount; s++) stays[s * 5] = 1;
        var policy = new TabularPolicy(stays, 1, table.StateCount, 5);
        var play = Play.Start(game, new VectorOptions { Copies = 8 });
        policy.CheckFits(play.Worlds.Spec, 0);
        play.Worlds.DiscreteActions(0).Fill(3);
        policy.Act(play.Worlds, 0, [.. Enumerable.Repeat(true, 8)]);
        Assert.All(play.Worlds.DiscreteActions(0).ToArray(), action => Assert.Equal(0, action));
        var wrong = Assert.Throws<VsgGymException>(() => new TabularPolicy(stays[..10], 1, 2, 5).CheckFits(play.Worlds.Spec, 0));
        Assert.Contains("[81, 5]", wrong.Faults[0].Rule, StringComparison.Ordinal);
    }
}
