using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>What every mean-field game of the catalog owes, in the limit and with agents.</summary>
public sealed class CatalogMeanFieldTests
{
    private static readonly Catalog Entries = Catalog.Scan([typeof(Climbing).Assembly]);

    public static TheoryData<string> Ids => [.. Names];

    private static IEnumerable<string> Names => AllGames.Names.Where(id => Entries.CreateGame(id, "{}").MeanField is not null);

    [Fact]
    public void TheGames_AreTheFourOfTheLiterature() =>
        Assert.Equal(["mf_crowd-v0", "mf_left_right-v0", "mf_rock_paper_scissors-v0", "mf_sis-v0"], Names);

    [Theory]
    [InlineData("mf_crowd-v0", "{}", false)]
    [InlineData("mf_crowd-v0", """{"types": [{"name": "bar", "share": 0.25}, {"name": "shy", "share": 0.75, "place": 0}]}""", false)]
    [InlineData("mf_left_right-v0", "{}", false)]
    [InlineData("mf_rock_paper_scissors-v0", "{}", false)]
    [InlineData("mf_sis-v0", "{}", true)]
    [InlineData("mf_sis-v0", """{"types": [{"name": "young", "share": 0.5}, {"name": "old", "share": 0.5, "recovery_rate": 0.1}]}""", true)]
    public void Moves_ThatThePopulationChanges_AreSaidToBe(string id, string options, bool depend)
    {
        var game = Entries.CreateGame(id, options).MeanField!;
        Assert.Equal(depend, game.TransitionsDependOnPopulation);
        double[] first = [1, .. new double[game.StateCount - 1]], last = [.. new double[game.StateCount - 1], 1], one = new double[game.StateCount], other = new double[game.StateCount];
        bool differ = false;
        for (int t = 0; t < game.Horizon; t++)
        {
            for (int row = 0; row < game.StateCount * game.ActionCount; row++)
            {
                game.Transition(t, row / game.ActionCount, row % game.ActionCount, first, one);
                game.Transition(t, row / game.ActionCount, row % game.ActionCount, last, other);
                differ |= !one.SequenceEqual(other);
            }
        }

        Assert.Equal(depend, differ);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rules_GiveDistributionsAndRewardsInBounds_ForEveryPopulation(string id)
    {
        var game = Entries.CreateGame(id, "{}").MeanField!;
        var random = RandomStream.Create(3);
        double[] population = new double[game.StateCount], next = new double[game.StateCount];
        for (int trial = 0; trial < 30; trial++)
        {
            random.NextSimplex(population);
            if (trial < game.StateCount) // the corners, too
            {
                population.AsSpan().Clear();
                population[trial] = 1;
            }

            foreach (int t in (int[])[0, game.Horizon - 1])
                for (int s = 0; s < game.StateCount; s++)
                    for (int a = 0; a < game.ActionCount; a++)
                    {
                        next.AsSpan().Fill(7); // what was there must not matter
                        game.Transition(t, s, a, population, next);
                        Assert.True(Simplex.IsDistribution(next, 1e-12));
                        Assert.InRange(game.Reward(t, s, a, population), game.LowestReward, game.HighestReward);
                    }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Agents_AreRewardedAndMovedByTheirEmpiricalDistribution(string id)
    {
        const int Agents = 7, Copies = 40;
        var game = Entries.CreateGame(id, $$"""{"agents": {{Agents}}}""");
        var rules = game.MeanField!;
        var play = Play.Start(game, new VectorOptions { Copies = Copies, Autoreset = AutoresetMode.SameStep });
        var random = RandomStream.Create(5);
        for (int t = 0; t + 1 < rules.Horizon && t < 12; t++)
        {
            int[][] before = States(play, Agents);
            play.Step(Play.RandomActions(play, ref random));
            int[][] after = States(play, Agents);
            for (int b = 0; b < Copies; b++)
                for (int i = 0; i < Agents; i++)
                {
                    double[] shares = [.. Enumerable.Range(0, rules.StateCount).Select(s => before.Count(own => own[b] == s) / (double)Agents)];
                    int action = play.Worlds.DiscreteActions(i)[b];
                    Assert.Equal(rules.Reward(t, before[i][b], action, shares), play.Worlds.Rewards(i)[b], 1e-12);
                    var next = new double[rules.StateCount];
                    rules.Transition(t, before[i][b], action, shares, next);
                    Assert.True(next[after[i][b]] > 0);
                }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Population_IsObservedBesideTheOwnState(string id)
    {
        var plain = Play.Start(Entries.CreateGame(id, """{"agents": 5}"""), new VectorOptions { Copies = 6 });
        var both = Play.Start(Entries.CreateGame(id, """{"agents": 5, "observe_population": true}"""), new VectorOptions { Copies = 6 });
        int states = ((DiscreteSpace)plain.Worlds.Spec.Observations[0]).Count;
        var space = (BoxSpace)both.Worlds.Spec.Observations[0];
        Assert.Equal((2 * states, 2 * states), (space.Length, space.Labels.Distinct().Count()));
        var random = RandomStream.Create(6);
        for (int t = 0; t < 4; t++)
        {
            for (int b = 0; b < 6; b++)
            {
                int[] own = [.. Enumerable.Range(0, 5).Select(i => plain.Worlds.DiscreteObservations(i)[b])];
                for (int i = 0; i < 5; i++)
                {
                    float[] expected = [.. Enumerable.Range(0, states).Select(s => s == own[i] ? 1f : 0f), .. Enumerable.Range(0, states).Select(s => (float)(own.Count(x => x == s) / 5.0))];
                    Assert.Equal(expected, both.Worlds.BoxObservations(i).Slice(b * 2 * states, 2 * states).ToArray());
                }
            }

            byte[] actions = Play.RandomActions(plain, ref random);
            plain.Step(actions);
            both.Step(actions);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Policies_OfThePopulation_FillSeats(string id)
    {
        var game = Entries.CreateGame(id, """{"agents": 3}""");
        var rules = game.MeanField!;
        double[] last = [.. Enumerable.Range(0, rules.Horizon * rules.StateCount).SelectMany(_ => Enumerable.Range(0, rules.ActionCount).Select(a => a + 1 == rules.ActionCount ? 1.0 : 0))];
        var policy = new TabularPolicy(last, rules.Horizon, rules.StateCount, rules.ActionCount);
        var play = Play.Start(game, new VectorOptions { OwnSeats = [0], Others = System.Collections.Immutable.ImmutableDictionary<int, IPolicy>.Empty.Add(1, policy).Add(2, policy) });
        play.Step(0);
        Assert.Equal((0, rules.ActionCount - 1, rules.ActionCount - 1), (play.Worlds.DiscreteActions(0)[0], play.Worlds.DiscreteActions(1)[0], play.Worlds.DiscreteActions(2)[0]));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void LargePopulations_AreDrawnWithoutTheirMembers(string id)
    {
        var few = Play.Start(Entries.CreateGame(id, """{"agents": 4}"""));
        var many = Entries.CreateGame(id, """{"agents": 200}""");
        Assert.Contains("agent_3", Entries.CreateGame(id, """{"agents": 4}""").Draw(new World(few.Worlds, 0)).ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("agent_3", many.Draw(new World(Play.Start(many).Worlds, 0)).ToText(), StringComparison.Ordinal);
    }

    private static int[][] States(VectorEnvironment play, int agents) =>
        [.. Enumerable.Range(0, agents).Select(i => play.Worlds.DiscreteObservations(i).ToArray())];
}
