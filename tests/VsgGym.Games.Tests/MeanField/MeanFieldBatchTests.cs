using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Games.Tests;

/// <summary>The batch of a mean-field game must do, bit for bit, what its cores do copy by copy.</summary>
public sealed class MeanFieldBatchTests
{
    private const string TwoTypes = """{"name": "a", "share": 0.3}, {"name": "b", "share": 0.7, """;

    public static TheoryData<string, string> Games => new()
    {
        { "mf_crowd-v0", "{}" },
        { "mf_crowd-v0", """{"size": 2, "agents": 1, "horizon": 3}""" },
        { "mf_crowd-v0", """{"size": 3, "agents": 33, "observe_population": true}""" },
        { "mf_crowd-v0", """{"move_cost": "first_path", "agents": 3}""" },
        { "mf_crowd-v0", """{"size": 4, "agents": 5, "types": [""" + TwoTypes + "\"place\": 1}]}" },
        { "mf_crowd-v0", """{"size": 70, "agents": 400, "horizon": 2}""" },
        { "mf_sis-v0", "{}" },
        { "mf_sis-v0", """{"infected": 0, "agents": 7}""" },
        { "mf_sis-v0", """{"infected": 1, "recovery_rate": 1, "infection_rate": 1, "horizon": 4}""" },
        { "mf_sis-v0", """{"horizon": 5, "observe_population": true, "types": [""" + TwoTypes + "\"infection_rate\": 0.3}]}" },
        { "mf_left_right-v0", "{}" },
        { "mf_left_right-v0", """{"horizon": 5, "types": [""" + TwoTypes + "\"left_cost\": 3}]}" },
        { "mf_rock_paper_scissors-v0", """{"horizon": 4}""" },
        { "mf_rock_paper_scissors-v0", """{"horizon": 3, "agents": 6, "types": [""" + TwoTypes + "\"rock_win\": 5}]}" },
    };

    [Theory]
    [MemberData(nameof(Games))]
    public void Game_PlaysTheSameBytesAsOneByOne(string id, string options)
    {
        var game = (CatalogMeanField)Catalog.Scan([typeof(Crowd).Assembly]).CreateGame(id, options);
        Assert.NotNull(MeanFieldTables.Of(game.MeanField, game.Agents));
        Compare(() => (MeanFieldEnvironment)game.CreateEnvironment());
    }

    [Theory]
    [InlineData(1, 3, true)]
    [InlineData(4, 5, true)]
    [InlineData(6, 12, false)] // 13^6 keys per state
    public void RandomTables_PlayTheSameBytesAsOneByOne(int states, int agents, bool fits)
    {
        var rules = RandomMeanFieldGames.Create(RandomStream.Create((ulong)states), states, 2, 3);
        Assert.Equal(fits, MeanFieldTables.Of(rules, agents) is not null);
        Compare(() => new MeanFieldEnvironment(rules, agents, observePopulation: false));
    }

    [Fact]
    public void RewardsOfZeroAndMinusZero_KeepTheirSigns()
    {
        var rules = new LinearMeanFieldGame(new LinearMeanFieldTables
        {
            Horizon = 3,
            Rewards = new ShapedArray([0.0, -0.0, -0.0, 0.0, 0.0, -0.0], 3, 1, 2),
            Transitions = new ShapedArray([1, 1], 1, 2, 1),
        });
        Compare(() => new MeanFieldEnvironment(rules, 4, observePopulation: false));
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void Felt_NamesEveryShareThatChangesAnything(string id, string options)
    {
        var rules = ((CatalogMeanField)Catalog.Scan([typeof(Crowd).Assembly]).CreateGame(id, options)).MeanField;
        CheckFelt(rules, times: Math.Min(3, rules.Horizon), states: Math.Min(20, rules.StateCount));
    }

    [Fact]
    public void Felt_OfTables_NamesEveryShareThatChangesAnything()
    {
        double[] terms = new double[2 * 3 * 2 * 3];
        (terms[5], terms[18 + 7]) = (1, -2); // state 0 feels 2 at the first time, state 1 feels 1 at the second
        var rules = new LinearMeanFieldGame(new LinearMeanFieldTables
        {
            Horizon = 2,
            Rewards = new ShapedArray(new double[6], 3, 2),
            RewardTerms = new ShapedArray(terms, 2, 3, 2, 3),
            Transitions = new ShapedArray([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1], 3, 2, 3),
        });
        Assert.Equal([2], rules.Felt(0).ToArray());
        Assert.Equal([1], rules.Felt(1).ToArray());
        Assert.Empty(rules.Felt(2));
        CheckFelt(rules, 2, 3);
        var dense = RandomMeanFieldGames.Create(RandomStream.Create(1), 3, 2, 2);
        Assert.All(Enumerable.Range(0, 3), state => Assert.Equal([0, 1, 2], dense.Felt(state).ToArray()));
    }

    private static void CheckFelt(MeanFieldGame rules, int times, int states)
    {
        var random = RandomStream.Create(4);
        double[] before = new double[rules.StateCount], after = new double[before.Length], next = new double[before.Length], nextAfter = new double[before.Length];
        for (int time = 0; time < times; time++)
            for (int state = 0; state < states; state++)
            {
                random.NextSimplex(before);
                random.NextSimplex(after);
                foreach (int felt in rules.Felt(state)) after[felt] = before[felt];
                for (int action = 0; action < rules.ActionCount; action++)
                {
                    Assert.Equal(rules.Reward(time, state, action, before), rules.Reward(time, state, action, after));
                    rules.Transition(time, state, action, before, next);
                    rules.Transition(time, state, action, after, nextAfter);
                    Assert.Equal(next, nextAfter);
                }
            }
    }

    private static void Compare(Func<MeanFieldEnvironment> environment)
    {
        foreach (var mode in (AutoresetMode[])[AutoresetMode.NextStep, AutoresetMode.SameStep])
        {
            var options = new VectorOptions { Copies = 330, Autoreset = mode, TimeLimit = 7 };
            var batch = new VectorEnvironment(environment(), options, 5);
            var single = new VectorEnvironment(new OneByOne(environment()), options, 5);
            batch.Reset();
            single.Reset();
            var random = RandomStream.Create(3);
            var some = new bool[options.Copies];
            for (int t = 0; t < 24; t++)
            {
                Assert.True(batch.Worlds.Wire.Span.SequenceEqual(single.Worlds.Wire.Span), $"step {t}");
                byte[] actions = Play.RandomActions(batch, ref random);
                batch.Step(actions);
                single.Step(actions);
                if (t % 5 != 3) continue;
                for (int b = 0; b < some.Length; b++) some[b] = random.NextInt32(t % 2 == 0 ? 3 : 30) == 0; // a batch is worth it, or not
                batch.Reset(default, some);
                single.Reset(default, some);
            }

            Assert.True(batch.Worlds.States.SequenceEqual(single.Worlds.States));
        }
    }

    /// <summary>Drives the two cores, one copy after the other.</summary>
    private sealed class OneByOne(MeanFieldEnvironment environment) : Core.Environment(environment.Spec, environment.StateSize)
    {
        public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies) => environment.ResetOneByOne(worlds, copies);

        public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies) => environment.StepOneByOne(worlds, copies);

        protected override void ResetCore(ref World world) => throw new InvalidOperationException("whole batches only");

        protected override void StepCore(ref World world) => throw new InvalidOperationException("whole batches only");
    }
}
