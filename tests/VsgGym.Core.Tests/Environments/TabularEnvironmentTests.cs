using VsgGym.Numerics;

namespace VsgGym.Core.Tests;

public sealed class TabularEnvironmentTests
{
    public static TheoryData<int, int, int> Shapes()
    {
        var cases = new TheoryData<int, int, int>();
        foreach (int copies in (int[])[1, 7, 64, 1300]) // beyond one chunk of the batch
            foreach (var (rows, columns) in ((int, int)[])[(2, 3), (1, 8), (5, 9)]) // masks below, at and above one word
                cases.Add(copies, rows, columns);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Step_OfAWholeBatch_EqualsTheRulesOneByOne(int copies, int rows, int columns)
    {
        var environment = new TabularEnvironment(RandomTable(rows, columns));
        foreach (var mode in (AutoresetMode[])[AutoresetMode.NextStep, AutoresetMode.SameStep])
        {
            var options = new VectorOptions { Copies = copies, Autoreset = mode };
            var fast = Play.Start(environment, options, 5);
            var slow = Play.Start(new OneByOne(environment), options, 5);
            for (int round = 0; round < 25; round++)
            {
                Assert.True(slow.Worlds.Wire.Span.SequenceEqual(fast.Worlds.Wire.Span), $"round {round}");
                byte[] actions = Play.ScriptedActions(slow, round);
                slow.Step(actions);
                fast.Step(actions);
                if (round % 10 != 9) continue;
                bool[] some = [.. Enumerable.Range(0, copies).Select(b => b % 3 == 0)];
                slow.Reset(default, some);
                fast.Reset(default, some);
            }
        }
    }

    [Fact]
    public void Step_AtTheHorizon_PaysTheTerminalRewardAndTerminates()
    {
        var game = new StochasticGameBuilder(["a"], 2, [2])
            .AddTransition(0, 0, 0, 1).AddTransition(0, 1, 1, 1).AddTransition(1, 0, 0, 1).AddTransition(1, 1, 1, 1)
            .SetReward(0, 0, 1, 3).SetTerminalReward(0, 1, 100).BuildFiniteHorizon(2);
        var batch = Play.Start(new TabularEnvironment(game), new VectorOptions { Copies = 2 });
        batch.Step(Play.Discrete(0, 1));
        Assert.Equal([0.0, 3.0], batch.Worlds.Rewards(0).ToArray());
        batch.Step(Play.Discrete(1, 0));
        Assert.Equal([103.0, 0.0], batch.Worlds.Rewards(0).ToArray());
        Assert.Equal([true, true], batch.Worlds.Terminated(0).ToArray());
        Assert.Equal([1, 0], batch.Worlds.DiscreteObservations(0).ToArray());
        Assert.Equal((0.0, 103.0), (batch.Worlds.Spec.LowestReward, batch.Worlds.Spec.HighestReward));
    }

    [Fact]
    public void Step_OfARowWithoutSuccessors_TerminatesAndPaysNoTerminalReward()
    {
        var game = new StochasticGameBuilder(["a"], 1, [2])
            .AddTransition(0, 0, 0, 1).SetReward(0, 0, 1, 5).SetTerminalReward(0, 0, 100).BuildFiniteHorizon(1);
        var batch = Play.Start(new TabularEnvironment(game), new VectorOptions { Copies = 2 });
        batch.Step(Play.Discrete(0, 1));
        Assert.Equal([100.0, 5.0], batch.Worlds.Rewards(0).ToArray());
        Assert.Equal([true, true], batch.Worlds.Terminated(0).ToArray());
    }

    [Fact]
    public void Step_OfADiscountedGame_NeverEndsByItself()
    {
        var game = new StochasticGameBuilder(["a"], 1, [1]).AddTransition(0, 0, 0, 1).BuildDiscounted(0.9);
        var batch = Play.Start(new TabularEnvironment(game), new VectorOptions { TimeLimit = 1000 });
        for (int t = 0; t < 999; t++) batch.Step(Play.Discrete(0));
        Assert.False(batch.Worlds.Terminated(0)[0] | batch.Worlds.Truncated(0)[0]);
        batch.Step(Play.Discrete(0));
        Assert.Equal((false, true), (batch.Worlds.Terminated(0)[0], batch.Worlds.Truncated(0)[0]));
    }

    [Fact]
    public void Step_OverManyCopies_FollowsTheProbabilities()
    {
        const int copies = 40_000;
        var game = new StochasticGameBuilder(["a"], 3, [1])
            .WithInitial([0.2, 0, 0.8]).AddTransition(0, 0, 1, 1).AddTransition(2, 0, 0, 0.3).AddTransition(2, 0, 1, 0.7).BuildDiscounted(0.5);
        var batch = Play.Start(new TabularEnvironment(game), new VectorOptions { Copies = copies });
        int[] first = batch.Worlds.DiscreteObservations(0).ToArray();
        batch.Step(new byte[batch.ActionBytes]);
        int[] second = batch.Worlds.DiscreteObservations(0).ToArray();
        Assert.Equal(0.2, first.Count(state => state == 0) / (double)copies, 0.008); // 4 standard deviations
        Assert.DoesNotContain(1, first);
        int[] fromTwo = [.. second.Where((_, b) => first[b] == 2)];
        Assert.Equal(0.3, fromTwo.Count(state => state == 0) / (double)fromTwo.Length, 0.0103);
        Assert.All(second.Where((_, b) => first[b] == 0), state => Assert.Equal(1, state));
    }

    private static StochasticGame RandomTable(int rows, int columns)
    {
        const int states = 6;
        var random = RandomStream.Create((ulong)((10 * rows) + columns));
        var builder = new StochasticGameBuilder(["row", "column"], states, [rows, columns]);
        var initial = new double[states];
        random.NextSimplex(initial);
        builder.WithInitial(initial);
        for (int s = 0; s < states; s++)
        {
            if (columns > 1) builder.Forbid(1, s, random.NextInt32(columns));
            builder.SetTerminalReward(0, s, random.NextDouble());
            for (int joint = 0; joint < builder.JointActionCount; joint++)
            {
                builder.SetReward(0, s, joint, random.NextDouble()).SetReward(1, s, joint, -random.NextDouble());
                int kind = random.NextInt32(8);
                if (kind == 0) continue; // ends the episode
                if (kind < 4) builder.AddTransition(s, joint, random.NextInt32(states), 1);
                else builder.AddTransition(s, joint, random.NextInt32(states), 0.25).AddTransition(s, joint, random.NextInt32(states), 0.75);
            }
        }

        return builder.BuildFiniteHorizon(7);
    }

    /// <summary>The same rules without the passes over whole batches.</summary>
    private sealed class OneByOne(TabularEnvironment inner) : Environment(inner.Spec, inner.StateSize)
    {
        public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies) => inner.ResetOneByOne(worlds, copies);

        public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies) => inner.StepOneByOne(worlds, copies);

        protected override void ResetCore(ref World world) => throw new NotSupportedException();

        protected override void StepCore(ref World world) => throw new NotSupportedException();
    }
}
