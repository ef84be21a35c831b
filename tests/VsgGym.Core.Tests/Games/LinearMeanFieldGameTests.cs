namespace VsgGym.Core.Tests;

public sealed class LinearMeanFieldGameTests
{
    [Fact]
    public void RewardsAndTransitions_AreTheSumsOverThePopulation()
    {
        var game = new LinearMeanFieldGame(Epidemic(timed: false));
        double[] population = [0.4, 0.6], rewards = new double[4], transitions = new double[8];
        game.WriteRewards(1, population, rewards);
        game.WriteTransitions(1, population, transitions);
        Assert.Equal([0 + (0.6 * -0.1), -0.5, -1, -1.5], rewards);
        double caught = 0.81 * 0.6;
        double[] expected = [1 - caught, caught, 1, 0, 0.3, 0.7, 0.3, 0.7];
        for (int i = 0; i < 8; i++) Assert.Equal(expected[i], transitions[i], 1e-15);
        Assert.Equal((2, 2, 3, "1", "0"), (game.StateCount, game.ActionCount, game.Horizon, game.StateLabels[1], game.ActionLabels[0]));
        Assert.Equal<double>([1, 0], game.Initial);
    }

    [Fact]
    public void ArraysWithTimes_AreReadAtTheirTime()
    {
        var game = new LinearMeanFieldGame(Epidemic(timed: true));
        double[] population = [0.5, 0.5], next = new double[2];
        for (int t = 0; t < 3; t++)
        {
            Assert.Equal(t - 0.05, game.Reward(t, 0, 0, population), 1e-15);
            Assert.Equal(t - 1.5, game.Reward(t, 1, 1, population), 1e-15);
            game.Transition(t, 0, 0, population, next);
            Assert.Equal(0.81 * 0.5 / (t + 1), next[1], 1e-15);
            game.Transition(t, 1, 1, population, next);
            Assert.Equal(0.7, next[1]);
        }
    }

    [Fact]
    public void Bounds_LieWhereTheWholePopulationIsInOneState()
    {
        var game = new LinearMeanFieldGame(Epidemic(timed: false));
        Assert.Equal((-1.5, 0), (game.LowestReward, game.HighestReward));
        var timed = new LinearMeanFieldGame(Epidemic(timed: true));
        Assert.Equal((-1.5, 2), (timed.LowestReward, timed.HighestReward));
    }

    public static TheoryData<string, string[], string> OneFault => new()
    {
        { "rewards of one dimension", ["rewards"], "wrong_shape" },
        { "reward terms without z", ["reward_terms"], "wrong_shape" },
        { "transitions of other states", ["transitions"], "wrong_shape" },
        { "transition terms of other times", ["transition_terms"], "wrong_shape" },
        { "initial of other states", ["initial"], "wrong_shape" },
        { "initial sum", ["initial"], "bad_sum" },
        { "initial negative", ["initial[0]"], "bad_probability" },
        { "state names", ["states"], "wrong_shape" },
        { "action names twice", ["actions"], "duplicate" },
        { "action name blank", ["actions[1]"], "empty" },
        { "horizon", ["horizon"], "out_of_range" },
        { "reward not finite", ["rewards[1, 0]"], "not_finite" },
        { "reward term not finite", ["reward_terms[0, 0, 1]"], "not_finite" },
        { "transition not finite", ["transitions[1, 0, 1]"], "not_finite" },
        { "row sum", ["transitions[1, 1]", "transitions[1, 1]"], "bad_sum" },
        { "row sum in one corner", ["transitions[0, 1]"], "bad_sum" },
        { "negative in one corner", ["transitions[0, 0, 0]"], "bad_probability" },
    };

    [Theory]
    [MemberData(nameof(OneFault))]
    public void OneFault_IsNamedWithItsIndices(string what, string[] paths, string reason)
    {
        var error = Assert.Throws<VsgGymException>(() => new LinearMeanFieldGame(Broken(what)));
        Assert.Equal(paths, error.Faults.Select(fault => fault.Path));
        Assert.All(error.Faults, fault => Assert.Equal(reason, fault.Reason));
    }

    [Fact]
    public void FaultInACorner_SaysWhereThePopulationIs()
    {
        var error = Assert.Throws<VsgGymException>(() => new LinearMeanFieldGame(Broken("negative in one corner")));
        Assert.Equal(
            "transitions[0, 0, 0] = -0.25: a probability must not be negative, transition_terms included, where the whole population is in state 1",
            error.Message);
    }

    [Fact]
    public void RoundingBelowZero_IsNoFault_AndIsNotWritten()
    {
        var tables = Epidemic(timed: false);
        double below = -(0.1 + 0.2); // a hair below -0.3
        (tables.Transitions.Data[4], tables.Transitions.Data[5]) = (0.3, 0.7);
        (tables.TransitionTerms!.Data[9], tables.TransitionTerms.Data[11]) = (below, 0.3);
        var next = new double[2];
        new LinearMeanFieldGame(tables).Transition(0, 1, 0, [0, 1], next);
        Assert.True(0.3 + below < 0);
        Assert.Equal((0, 1), (next[0], next[1]));
    }

    [Fact]
    public void ManyFaults_AreReportedAtOnce()
    {
        var tables = Epidemic(timed: false);
        tables.Rewards.Data[3] = double.NaN;
        tables.TransitionTerms!.Data[1] = double.NegativeInfinity;
        var error = Assert.Throws<VsgGymException>(() => new LinearMeanFieldGame(tables with
        {
            Horizon = 0,
            Initial = new ShapedArray([0.5, 0.6], 2),
            States = ["a"],
        }));
        Assert.Equal(["states", "horizon", "initial", "rewards[1, 1]", "transition_terms[0, 0, 0, 1]"], error.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void FaultsOfTimedRows_NameTheTime()
    {
        var tables = Epidemic(timed: true);
        tables.TransitionTerms!.Data[(((((2 * 2) + 1) * 2) + 1) * 4) + 3] += 0.5;
        var error = Assert.Throws<VsgGymException>(() => new LinearMeanFieldGame(tables));
        Assert.Equal("transitions[2, 1, 1]", Assert.Single(error.Faults).Path);
    }

    [Fact]
    public void TooLargeAGame_IsOverTheLimit()
    {
        const int States = 9000;
        var error = Assert.Throws<VsgGymException>(() => new LinearMeanFieldGame(Epidemic(false) with { Rewards = new ShapedArray(new double[States], States, 1) }));
        Assert.Equal((ErrorKind.ResourceExhausted, "states"), (error.Kind, Assert.Single(error.Faults).Path));
    }

    // Susceptible and infected, out and distance: Cui and Koeppl 2021, and a cost of the infected for those who go out.
    private static LinearMeanFieldTables Epidemic(bool timed)
    {
        double[] rewards = [0, -0.5, -1, -1.5], terms = [0, -0.1, 0, 0, 0, 0, 0, 0];
        double[] transitions = [1, 0, 1, 0, 0.3, 0.7, 0.3, 0.7];
        double[] perShare = [0, -0.81, 0, 0.81, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        if (!timed)
            return new LinearMeanFieldTables
            {
                Horizon = 3,
                Rewards = new ShapedArray(rewards, 2, 2),
                RewardTerms = new ShapedArray(terms, 2, 2, 2),
                Transitions = new ShapedArray(transitions, 2, 2, 2),
                TransitionTerms = new ShapedArray(perShare, 2, 2, 2, 2),
            };
        return new LinearMeanFieldTables
        {
            Horizon = 3,
            Rewards = new ShapedArray([.. Enumerable.Range(0, 3).SelectMany(t => rewards.Select(r => r + t))], 3, 2, 2),
            RewardTerms = new ShapedArray(terms, 2, 2, 2),
            Transitions = new ShapedArray(transitions, 2, 2, 2),
            TransitionTerms = new ShapedArray([.. Enumerable.Range(0, 3).SelectMany(t => perShare.Select(p => p / (t + 1)))], 3, 2, 2, 2, 2),
        };
    }

    private static LinearMeanFieldTables Broken(string what)
    {
        var sound = Epidemic(timed: false);
        switch (what)
        {
            case "rewards of one dimension": return sound with { Rewards = new ShapedArray(new double[4], 4) };
            case "reward terms without z": return sound with { RewardTerms = sound.Rewards };
            case "transitions of other states": return sound with { Transitions = new ShapedArray(new double[12], 2, 2, 3) };
            case "transition terms of other times": return sound with { TransitionTerms = new ShapedArray(new double[32], 2, 2, 2, 2, 2) };
            case "initial of other states": return sound with { Initial = new ShapedArray([1], 1) };
            case "initial sum": return sound with { Initial = new ShapedArray([0.5, 0.6], 2) };
            case "initial negative": return sound with { Initial = new ShapedArray([-0.5, 1.5], 2) };
            case "state names": return sound with { States = ["s", "i", "r"] };
            case "action names twice": return sound with { Actions = ["out", "out"] };
            case "action name blank": return sound with { Actions = ["out", " "] };
            case "horizon": return sound with { Horizon = -1 };
            case "reward not finite": sound.Rewards.Data[2] = double.PositiveInfinity; return sound;
            case "reward term not finite": sound.RewardTerms!.Data[1] = double.NaN; return sound;
            case "transition not finite": sound.Transitions.Data[5] = double.NaN; return sound;
            case "row sum": sound.Transitions.Data[7] = 0.6; return sound;
            case "row sum in one corner": sound.TransitionTerms!.Data[6] = 0.1; return sound;
            case "negative in one corner": sound.TransitionTerms!.Data[1] = -1.25; sound.TransitionTerms.Data[3] = 1.25; return sound;
            default: throw new ArgumentException("unknown case", nameof(what));
        }
    }
}
