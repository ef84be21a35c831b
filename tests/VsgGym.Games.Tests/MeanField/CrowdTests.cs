using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class CrowdTests
{
    private const int Left = 0, Stay = 1, Right = 2;

    // OpenSpiel's crowd modelling: 1 - |x - 5| / 5 - |move| / 10 - log(mu(x) + 1e-25).
    [Theory]
    [InlineData(5, Stay, 1)]
    [InlineData(0, Stay, 0)]
    [InlineData(9, Right, 1 - 0.8 - 0.1)]
    [InlineData(4, Left, 1 - 0.2 - 0.1)]
    public void Reward_IsPlaceMoveAndCrowd(int place, int action, double alone)
    {
        var game = new Crowd(new Crowd.Options()).MeanField;
        double[] population = [.. Enumerable.Repeat(0.1, 10)];
        Assert.Equal(alone + Math.Log(10), game.Reward(3, place, action, population), 1e-12);
    }

    [Fact]
    public void LastMove_IsFree()
    {
        var game = new Crowd(new Crowd.Options()).MeanField;
        double[] population = [.. Enumerable.Repeat(0.1, 10)];
        Assert.Equal(game.Reward(9, 2, Stay, population), game.Reward(9, 2, Left, population));
        Assert.Equal(game.Reward(8, 2, Stay, population) - 0.1, game.Reward(8, 2, Left, population), 1e-15);
    }

    [Fact]
    public void Moves_GoAroundTheRingWithTheWind()
    {
        var game = new Crowd(new Crowd.Options()).MeanField;
        var next = new double[10];
        game.Transition(0, 0, Left, new double[10], next);
        Assert.Equal([1.0 / 3, 0, 0, 0, 0, 0, 0, 0, 1.0 / 3, 1.0 / 3], next);
        game.Transition(0, 9, Right, new double[10], next);
        Assert.Equal([1.0 / 3, 1.0 / 3, 0, 0, 0, 0, 0, 0, 0, 1.0 / 3], next);
        Assert.Equal<double>([.. Enumerable.Repeat(0.1, 10)], game.Initial);
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(5, 4)]
    [InlineData(6, 5)]
    [InlineData(9, 6)]
    [InlineData(10, 10)]
    [InlineData(3, 4)]
    public void FirstPath_IsWhatADepthFirstSearchComesBy(int size, int horizon)
    {
        // The other implementation's search, written out: places in order, then left, stay, right, then the winds; the first way to a place and time counts.
        var costs = new Dictionary<(int Time, int Place), double>();
        void Visit(int time, int place, int move)
        {
            if (time == horizon || !costs.TryAdd((time, place), Math.Abs(move) / (double)size)) return;
            for (int next = -1; next <= 1; next++)
                for (int wind = -1; wind <= 1; wind++) Visit(time + 1, ((place + next + wind) % size + size) % size, next);
        }

        for (int place = 0; place < size; place++) Visit(0, place, 0);
        var game = new Crowd(new Crowd.Options { Size = size, Horizon = horizon, MoveCost = CrowdMoveCost.FirstPath }).MeanField;
        double[] population = [.. Enumerable.Repeat(1.0, size)]; // log 1 = 0
        foreach (var ((time, place), cost) in costs)
            for (int action = 0; action < 3; action++)
                Assert.Equal(1 - ((double)Math.Abs(place - (size / 2)) / (size / 2)) - cost, game.Reward(time, place, action, population), 1e-12);
        Assert.Equal(horizon * size, costs.Count);
    }

    [Fact]
    public void Agents_AloneOrTogether_PayByTheirCount()
    {
        var play = Play.Start(new Crowd(new Crowd.Options { Agents = 3, Size = 2 }), new VectorOptions { Copies = 64 });
        int[][] places = [.. Enumerable.Range(0, 3).Select(i => play.Worlds.DiscreteObservations(i).ToArray())];
        play.Step([.. Enumerable.Repeat(Stay, 3 * 64)]);
        for (int b = 0; b < 64; b++)
            for (int i = 0; i < 3; i++)
            {
                int count = places.Count(own => own[b] == places[i][b]);
                Assert.Equal(places[i][b] - Math.Log((count / 3.0) + 1e-25), play.Worlds.Rewards(i)[b], 1e-15);
            }

        Assert.Equal((-0.5, 1 + Math.Log(3)), (play.Worlds.Spec.LowestReward, play.Worlds.Spec.HighestReward));
    }

    [Theory]
    [InlineData(10, 8, 9, 1)]
    [InlineData(10, 8, 1, 3)] // the short way around
    [InlineData(10, 8, 3, 5)]
    [InlineData(7, 0, 4, 3)]
    [InlineData(7, 0, 3, 3)]
    public void Place_IsNearByEitherWayAround(int size, int place, int at, int distance)
    {
        var game = new Crowd(new Crowd.Options { Size = size, Place = place, Aversion = 2.5, StepCost = 0.75 }).MeanField;
        double[] population = [.. Enumerable.Repeat(1.0 / size, size)];
        double expected = 1 - ((double)distance / (size / 2)) + (2.5 * Math.Log(size));
        Assert.Equal(expected, game.Reward(3, at, Stay, population), 1e-12);
        Assert.Equal(expected - 0.75, game.Reward(3, at, Right, population), 1e-12);
        Assert.Equal((-0.75, 1 - (2.5 * Math.Log(1e-25))), (game.LowestReward, game.HighestReward));
    }

    [Fact]
    public void Types_WantTheirOwnPlacesAndMindEverybody()
    {
        var game = new Crowd(new Crowd.Options
        {
            Size = 4,
            Types = [new() { Name = "bar", Share = 0.25 }, new() { Name = "shy", Share = 0.75, Place = 0, Aversion = 3, StepCost = 0.5 }],
        }).MeanField;
        Assert.Equal<string>(["bar 0", "bar 1", "bar 2", "bar 3", "shy 0", "shy 1", "shy 2", "shy 3"], game.StateLabels);
        Assert.Equal<double>([.. Enumerable.Repeat(0.0625, 4), .. Enumerable.Repeat(0.1875, 4)], game.Initial);
        double[] population = [0.05, 0.1, 0.1, 0, 0.25, 0.25, 0.15, 0.1], next = new double[8]; // by place: 0.3, 0.35, 0.25, 0.1
        Assert.Equal(1 - Math.Log(0.25), game.Reward(0, 2, Stay, population), 1e-12);
        Assert.Equal(-0.25 - Math.Log(0.3), game.Reward(0, 0, Left, population), 1e-12);
        Assert.Equal(1 - (3 * Math.Log(0.3)), game.Reward(0, 4, Stay, population), 1e-12);
        Assert.Equal(0.5 - 0.5 - (3 * Math.Log(0.1)), game.Reward(0, 7, Right, population), 1e-12); // one place from 0 around the ring
        game.Transition(0, 7, Right, population, next);
        Assert.Equal([0, 0, 0, 0, 1.0 / 3, 1.0 / 3, 0, 1.0 / 3], next);
        Assert.Equal((-0.5, 1 - (3 * Math.Log(1e-25))), (game.LowestReward, game.HighestReward));
    }

    [Fact]
    public void TypedAgents_PayByTheCountOfAllTypes()
    {
        const int Agents = 4, Copies = 64;
        var play = Play.Start(
            new Crowd(new Crowd.Options { Agents = Agents, Size = 2, Types = [new() { Name = "a", Share = 0.5 }, new() { Name = "b", Share = 0.5, Place = 0, Aversion = 2 }] }),
            new VectorOptions { Copies = Copies });
        int[][] states = [.. Enumerable.Range(0, Agents).Select(i => play.Worlds.DiscreteObservations(i).ToArray())];
        play.Step([.. Enumerable.Repeat(Stay, Agents * Copies)]);
        for (int b = 0; b < Copies; b++)
            for (int i = 0; i < Agents; i++)
            {
                int place = states[i][b] % 2, count = states.Count(own => own[b] % 2 == place);
                double log = Math.Log((count / (double)Agents) + 1e-25), expected = states[i][b] < 2 ? place - log : 1 - place - (2 * log);
                Assert.Equal(expected, play.Worlds.Rewards(i)[b], 1e-14);
                Assert.Equal(states[i][b] / 2, play.Worlds.DiscreteObservations(i)[b] / 2); // a type never changes
            }
    }

    [Fact]
    public void FaultyOptions_AreReportedTogether()
    {
        var catalog = Catalog.Scan([typeof(Crowd).Assembly]);
        var error = Assert.Throws<VsgGymException>(() => catalog.CreateGame(
            "mf_crowd-v0", """{"size": 6, "place": 6, "move_cost": "first_path", "types": [{"name": "a", "share": 0.5}, {"name": "b", "share": 0.4, "place": 9}]}"""));
        Assert.Equal(
            ["game.options.move_cost", "game.options.place", "game.options.types", "game.options.types[1].place"],
            error.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
        error = Assert.Throws<VsgGymException>(() => catalog.CreateGame("mf_crowd-v0", """{"types": [{"name": "a", "share": 1, "place": -1, "aversion": -2, "step_cost": -3}]}"""));
        Assert.Equal(
            ["game.options.types[0].aversion", "game.options.types[0].place", "game.options.types[0].step_cost"], error.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
    }
}
