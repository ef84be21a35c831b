using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>Which games of the catalog are tables linear in the population, and that the tables are they.</summary>
public sealed class MeanFieldCornersTests
{
    private const long Plenty = 1 << 20;

    private static readonly Catalog Entries = Catalog.Scan([typeof(Crowd).Assembly]);

    public static TheoryData<string, string> Linear => new()
    {
        { "mf_left_right-v0", "{}" },
        { "mf_left_right-v0", """{"left_cost": 0, "right_cost": 0, "horizon": 7}""" },
        { "mf_left_right-v0", """{"types": [{"name": "a", "share": 0.3}, {"name": "b", "share": 0.7, "left_cost": 5}]}""" },
        { "mf_rock_paper_scissors-v0", "{}" },
        { "mf_rock_paper_scissors-v0", """{"rock_win": 0.3, "types": [{"name": "a", "share": 0.3}, {"name": "b", "share": 0.7, "paper_loss": 0.1}]}""" },
        { "mf_sis-v0", "{}" },
        { "mf_sis-v0", """{"infection_rate": 0.37, "infected": 0.1, "distance_cost": 0.07}""" },
        { "mf_sis-v0", """{"types": [{"name": "a", "share": 0.3}, {"name": "b", "share": 0.7, "recovery_rate": 0.9}, {"name": "c", "share": 0}]}""" },
    };

    [Theory]
    [MemberData(nameof(Linear))]
    public void Tables_AreTheRules_ForEveryPopulationAndTime(string id, string options)
    {
        var rules = Entries.CreateGame(id, options).MeanField!;
        var tables = new LinearMeanFieldGame(Assert.IsAssignableFrom<CatalogMeanField>(Entries.CreateGame(id, options)).ReadTables(Plenty)!);
        Assert.Equal((rules.Horizon, rules.LowestReward, rules.HighestReward), (tables.Horizon, tables.LowestReward, tables.HighestReward));
        Assert.Equal(rules.Initial.ToArray(), tables.Initial.ToArray());
        Assert.Equal(rules.StateLabels.ToArray(), tables.StateLabels.ToArray());
        Assert.Equal(rules.ActionLabels.ToArray(), tables.ActionLabels.ToArray());
        var random = RandomStream.Create(8);
        double[] population = new double[rules.StateCount], next = new double[rules.StateCount], read = new double[rules.StateCount];
        for (int trial = 0; trial < 200; trial++)
        {
            random.NextSimplex(population);
            int t = trial % rules.Horizon;
            for (int s = 0; s < rules.StateCount; s++)
                for (int a = 0; a < rules.ActionCount; a++)
                {
                    Assert.Equal(rules.Reward(t, s, a, population), tables.Reward(t, s, a, population), 1e-14);
                    rules.Transition(t, s, a, population, next);
                    tables.Transition(t, s, a, population, read);
                    for (int to = 0; to < next.Length; to++) Assert.Equal(next[to], read[to], 1e-14);
                }
        }
    }

    [Fact]
    public void Terms_AreThereOnlyWhereThePopulationCounts()
    {
        var leftRight = new LeftRight(new LeftRight.Options()).ReadTables(Plenty)!;
        Assert.Equal(new double[6], leftRight.Rewards.Data);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, -1, 0, 0, -1, 0, 0, 0, -2, 0, 0, -2], leftRight.RewardTerms!.Data);
        Assert.Null(leftRight.TransitionTerms);
        var epidemic = new Epidemic(new Epidemic.Options()).ReadTables(Plenty)!;
        Assert.Equal([0, -0.5, -1, -1.5], epidemic.Rewards.Data);
        Assert.Null(epidemic.RewardTerms);
        Assert.Equal([1, 0, 1, 0, 0.3, 0.7, 0.3, 0.7], epidemic.Transitions.Data.Select(p => Math.Round(p, 15)));
        Assert.Equal([0, -0.81, 0, 0.81, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], epidemic.TransitionTerms!.Data.Select(p => Math.Round(p, 15)));
    }

    [Fact]
    public void Rows_SumToOne_WhereSharesDoSoUpToRoundingOnly()
    {
        var tables = new LinearMeanFieldGame(new Epidemic(new Epidemic.Options { InfectionRate = 0.37 }).ReadTables(Plenty)!);
        double[] next = new double[2];
        tables.Transition(0, 0, 0, [0.5 + 1e-6, 0.5], next);
        Assert.Equal(1, next.Sum(), 1e-15);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"aversion": 2, "types": [{"name": "a", "share": 1}]}""")]
    public void Crowd_HasALogarithmAndNoTables(string options)
    {
        Assert.Null(Assert.IsType<Crowd>(Entries.CreateGame("mf_crowd-v0", options)).ReadTables(Plenty));
        var rules = Entries.CreateGame("mf_crowd-v0", options).MeanField!;
        double[] first = new double[rules.StateCount], second = new double[rules.StateCount], between = new double[rules.StateCount];
        (first[0], second[1]) = (1, 1);
        (between[0], between[1]) = (0.5, 0.5);
        double middle = (rules.Reward(0, 0, 1, first) + rules.Reward(0, 0, 1, second)) / 2;
        Assert.True(Math.Abs(middle - rules.Reward(0, 0, 1, between)) > 1);
    }

    [Fact]
    public void TooManyNumbers_AreRefusedWithBoth()
    {
        var game = new LeftRight(new LeftRight.Options()); // 6 pairs, 3 corners, 1 + 3 numbers
        Assert.NotNull(game.ReadTables(72));
        var error = Assert.Throws<VsgGymException>(() => game.ReadTables(71));
        Assert.Equal((ErrorKind.ResourceExhausted, "3 states, 2 actions"), (error.Kind, error.Faults[0].Value));
        Assert.Contains("72 numbers, and at most 71", error.Faults[0].Rule, StringComparison.Ordinal);
    }
}
