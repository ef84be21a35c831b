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
}
