using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>What the seats of a game of boxes see where its actions are points.</summary>
public sealed class BoxObservationTests
{
    private const int Copies = 40;
    private static readonly Catalog Entries = Catalog.Scan([typeof(Differential).Assembly]);

    public static TheoryData<string, string> Games => new()
    {
        { "differential-v0", "\"horizon\": 4" },
        { "routing-v0", "\"horizon\": 4" },
        { "routing-v0", "\"horizon\": 6, \"capacities\": [1, 0.5, 2], \"capacity_persistence\": 0.25" },
        { "routing-v0", "\"horizon\": 6, \"capacities\": [1, 2], \"goal_swap_at\": 3, \"instance\": \"pigou\"" },
    };

    [Theory]
    [MemberData(nameof(Games))]
    public void Observations_AreThreeFormsOfOneState(string id, string options)
    {
        var silent = Start(id, options);
        var index = Start(id, $"{options}, \"observation\": \"index\"");
        var oneHot = Start(id, $"{options}, \"observation\": \"one_hot\"");
        var features = Start(id, $"{options}, \"observation\": \"features\"");
        int states = ((DiscreteSpace)index.Worlds.Spec.Observations[0]).Count;
        var space = (BoxSpace)features.Worlds.Spec.Observations[0];
        Assert.Equal(states, oneHot.Worlds.Spec.Observations[1].Length);
        var seen = new Dictionary<int, float[]>();
        var random = RandomStream.Create(4);
        for (int t = 0; t < 20; t++)
        {
            for (int p = 0; p < 2; p++)
            {
                Assert.Equal(index.Worlds.DiscreteObservations(p), silent.Worlds.DiscreteObservations(p));
                for (int b = 0; b < Copies; b++)
                {
                    int state = index.Worlds.DiscreteObservations(p)[b];
                    var vector = oneHot.Worlds.BoxObservations(p).Slice(b * states, states).ToArray();
                    Assert.Equal((1f, 1f), (vector[state], vector.Sum()));
                    float[] own = features.Worlds.BoxObservations(p).Slice(b * space.Length, space.Length).ToArray();
                    if (!seen.TryAdd(state, own)) Assert.Equal(seen[state], own);
                }
            }

            byte[] actions = Play.RandomActions(index, ref random);
            foreach (var play in (VectorEnvironment[])[silent, index, oneHot, features]) play.Step(actions);
        }

        Assert.Equal(states, seen.Count);
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void Features_AreWhatTheBoxGameShowsAtTheTime(string id, string options)
    {
        var points = Start(id, $"{options}, \"observation\": \"features\"");
        var boxes = Play.Start(Entries.CreateGame(id, $"{{{options}}}"), new VectorOptions { Copies = Copies });
        var (own, shown) = ((BoxSpace)points.Worlds.Spec.Observations[0], (BoxSpace)boxes.Worlds.Spec.Observations[0]);
        Assert.Equal(shown.Length, own.Length);
        if (!shown.Labels.IsDefaultOrEmpty) Assert.Equal(shown.Labels.ToArray(), own.Labels.ToArray());
        for (int k = 0; k < own.Length; k++) Assert.True(own.Low[k] >= shown.Low[k] && own.High[k] <= shown.High[k]);
        var random = RandomStream.Create(5);
        for (int t = 0; t < 20; t++)
        {
            Assert.Equal(Rows(boxes, shown.Length), Rows(points, own.Length)); // as sets: which copy draws which capacity is another matter
            points.Step(Play.RandomActions(points, ref random));
            boxes.Step(Play.RandomActions(boxes, ref random));
        }
    }

    [Fact]
    public void Labels_SayWhatTheNumbersAre()
    {
        const string Options = "\"horizon\": 6, \"capacities\": [1, 2], \"goal_swap_at\": 3";
        Assert.Equal(["capacity 1", "capacity 2", "goal u"], Labels("routing-v0", $"{Options}, \"observation\": \"features\""));
        Assert.Equal("capacity 2, goal t, time 2", Labels("routing-v0", $"{Options}, \"observation\": \"one_hot\"")[5]);
        Assert.Equal(["constant"], Labels("differential-v0", "\"observation\": \"features\""));
    }

    [Theory]
    [InlineData("differential-v0", """{"observation": "one_hot"}""")]
    [InlineData("routing-v0", """{"observation": "index"}""")]
    [InlineData("routing-v0", """{"observation": "pixels"}""")]
    [InlineData("differential-v0", """{"observation": "pixels", "discretize": 3}""")]
    public void FormsThatThereAreNot_AreRefusedByName(string id, string options) =>
        Assert.Equal("game.options.observation", Assert.Single(Assert.Throws<VsgGymException>(() => Entries.CreateGame(id, options)).Faults).Path);

    [Theory]
    [InlineData("differential-v0")]
    [InlineData("routing-v0")]
    public void Features_AreWhatBoxGamesShowAnyway(string id)
    {
        var said = (BoxSpace)Entries.CreateGame(id, """{"observation": "features"}""").CreateEnvironment().Spec.Observations[0];
        var shown = (BoxSpace)Entries.CreateGame(id, "{}").CreateEnvironment().Spec.Observations[0];
        Assert.Equal(shown.High.ToArray(), said.High.ToArray());
        Assert.Equal(shown.Low.ToArray(), said.Low.ToArray());
    }

    private static VectorEnvironment Start(string id, string options) =>
        Play.Start(Entries.CreateGame(id, $"{{\"discretize\": 3, {options}}}"), new VectorOptions { Copies = Copies });

    private static string[] Labels(string id, string options) => [.. ((BoxSpace)Start(id, options).Worlds.Spec.Observations[0]).Labels];

    private static string[] Rows(VectorEnvironment play, int length) =>
        [.. Enumerable.Range(0, play.Copies).Select(b => string.Join(" ", play.Worlds.BoxObservations(1).Slice(b * length, length).ToArray())).Distinct().Order(StringComparer.Ordinal)];
}
