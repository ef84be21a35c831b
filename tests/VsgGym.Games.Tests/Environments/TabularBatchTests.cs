using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Games.Tests;

/// <summary>The batch of a table must do, bit for bit, what its cores do copy by copy.</summary>
public sealed class TabularBatchTests
{
    public static TheoryData<int, AutoresetMode> Cases
    {
        get
        {
            var cases = new TheoryData<int, AutoresetMode>();
            for (int number = 0; number < 11; number++)
            {
                cases.Add(number, AutoresetMode.NextStep);
                cases.Add(number, AutoresetMode.SameStep);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void RandomGame_PlaysTheSameBytesAsOneByOne(int number, AutoresetMode mode)
    {
        var game = number < 8 ? RandomGame(number) : LargeGame(number);
        var options = new VectorOptions { Copies = 1100, Autoreset = mode, TimeLimit = 9 };
        var vectors = number % 2 == 0 ? null : StateVectors.OneHot(game);
        var batch = new VectorEnvironment(new TabularEnvironment(game, vectors), options, 5);
        var single = new VectorEnvironment(new OneByOne(new TabularEnvironment(game, vectors)), options, 5);
        batch.Reset();
        single.Reset();
        var random = RandomStream.Create((ulong)number);
        var some = new bool[options.Copies];
        for (int t = 0; t < 40; t++)
        {
            Assert.True(batch.Worlds.Wire.Span.SequenceEqual(single.Worlds.Wire.Span), $"step {t}");
            byte[] actions = Play.RandomActions(batch, ref random);
            batch.Step(actions);
            single.Step(actions);
            if (t % 7 != 3) continue;
            for (int b = 0; b < some.Length; b++) some[b] = random.NextInt32(3) == 0;
            batch.Reset(default, some);
            single.Reset(default, some);
        }

        Assert.True(batch.Worlds.States.SequenceEqual(single.Worlds.States));
    }

    [Fact]
    public void UnmarkedCopies_AreLeftAlone()
    {
        var table = new Pursuit(new Pursuit.Options()).Table;
        var play = Play.Start(new Pursuit(new Pursuit.Options()), new VectorOptions { Copies = 40 });
        byte[] before = play.Worlds.Wire.ToArray();
        var environment = new TabularEnvironment(table);
        bool[] marked = new bool[40];
        marked[17] = true;
        play.Worlds.States[17] = 0;
        environment.Step(play.Worlds, marked);
        byte[] after = play.Worlds.Wire.ToArray();
        foreach (var field in play.Worlds.WireFields)
        {
            int width = field.Bytes / 40;
            for (int b = 0; b < 40; b++)
                if (b != 17) Assert.Equal(before.AsSpan(field.Offset + (b * width), width), after.AsSpan(field.Offset + (b * width), width));
        }

        Assert.Equal(0, play.Worlds.DiscreteObservations(0)[17]);
    }

    [Theory]
    [InlineData(AutoresetMode.NextStep)]
    [InlineData(AutoresetMode.SameStep)]
    public void Step_AllocatesNothing(AutoresetMode mode)
    {
        var play = Play.Start(new Pursuit(new Pursuit.Options { Horizon = 5 }), new VectorOptions { Copies = 600, Autoreset = mode });
        var actions = new byte[play.ActionBytes];
        for (int t = 0; t < 200; t++) play.Step(actions);
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int t = 0; t < 100; t++) play.Step(actions);
        }));
    }

    [Fact]
    public void FirstState_IsNeverOneOfProbabilityZero()
    {
        var game = new StochasticGameBuilder(["a"], 5, [1]).WithInitial([0, 0.25, 0, 0.75, 0]).BuildFiniteHorizon(1);
        var play = new VectorEnvironment(new TabularEnvironment(game), new VectorOptions { Copies = 4000 }, 1);
        play.Reset();
        int[] counts = new int[5];
        foreach (int state in play.Worlds.DiscreteObservations(0)) counts[state]++;
        Assert.Equal([0, 0, 0], [counts[0], counts[2], counts[4]]);
        Assert.InRange(counts[1], 900, 1100); // 1000 expected, standard deviation 27
    }

    [Fact]
    public void FirstLegal_ReplacesIllegalActionsOnly()
    {
        var play = Play.Start(
            new Pursuit(new Pursuit.Options { HunterStart = 0, PreyStart = 8 }),
            new VectorOptions { Copies = 5, IllegalActions = IllegalActionRule.FirstLegal });
        play.Step(0, 1, 2, 3, 4, 0, 0, 0, 0, 0);
        Assert.Equal([8, 8, 17, 35, 8], play.Worlds.DiscreteObservations(0).ToArray());
    }

    /// <summary>Some games with every kind of row: none, one, several or many successors, masks of few and of many actions, both ends, rewards of -0.</summary>
    private static StochasticGame RandomGame(int number)
    {
        var random = RandomStream.Create(99).Fork((ulong)number);
        int states = number >= 6 ? 40 : 3 + random.NextInt32(5), players = 1 + (number % 3);
        int[] counts = [.. Enumerable.Range(0, players).Select(p => number == 4 && p == 0 ? 11 : 2 + (p % 2))];
        var builder = new StochasticGameBuilder([.. counts.Select((_, p) => $"p{p}")], states, counts);
        var row = new double[states];
        for (int s = 0; s < states; s++)
        {
            for (int p = 0; p < players && number % 2 == 0; p++)
                for (int a = 1; a < counts[p]; a++)
                    if (random.NextInt32(3) == 0) builder.Forbid(p, s, a);
            for (int joint = 0; joint < builder.JointActionCount; joint++)
            {
                for (int p = 0; p < players; p++) builder.SetReward(p, s, joint, number == 7 ? -0.0 : random.NextDouble() - 0.5);
                int kind = random.NextInt32(6);
                if (kind == 0) continue;
                if (kind <= 2) builder.AddTransition(s, joint, random.NextInt32(states), 1);
                else
                {
                    random.NextSimplex(row);
                    for (int next = 0; next < states; next++) builder.AddTransition(s, joint, next, row[next]);
                }
            }
        }

        random.NextSimplex(row);
        builder.WithInitial(row);
        if (number < 3) return builder.BuildDiscounted(0.9);
        for (int s = 0; s < states; s++) builder.SetTerminalReward(0, s, s + 0.25);
        return builder.BuildFiniteHorizon(number == 3 ? 1 : 6);
    }

    /// <summary>Games of so many rows that their tables are laid out anew: few different rewards, many, and few but for too many players.</summary>
    private static StochasticGame LargeGame(int number)
    {
        const int states = 1200;
        var random = RandomStream.Create(98).Fork((ulong)number);
        int[] counts = number == 10 ? [2, 2, 2, 2, 2] : [4, 3, 2];
        var builder = new StochasticGameBuilder([.. counts.Select((_, p) => $"p{p}")], states, counts);
        for (int s = 0; s < states; s++)
        {
            if (s % 3 > 0) builder.Forbid(0, s, s % 2);
            builder.SetTerminalReward(1, s, s - 0.5);
            for (int joint = 0; joint < builder.JointActionCount; joint++)
            {
                for (int p = 0; p < counts.Length; p++)
                    builder.SetReward(p, s, joint, number == 9 ? random.NextDouble() : random.NextInt32(4) == 0 ? -0.0 : random.NextInt32(255) / 7.0); // 256 kinds with -0
                int kind = random.NextInt32(10);
                if (kind == 0) continue;
                if (kind < 8) builder.AddTransition(s, joint, random.NextInt32(states), 1);
                else builder.AddTransition(s, joint, random.NextInt32(states), 0.25).AddTransition(s, joint, random.NextInt32(states), 0.75);
            }
        }

        var initial = new double[states];
        random.NextSimplex(initial);
        return builder.WithInitial(initial).BuildFiniteHorizon(8);
    }

    /// <summary>Drives the two cores, one copy after the other.</summary>
    private sealed class OneByOne(TabularEnvironment environment) : Core.Environment(environment.Spec, environment.StateSize)
    {
        public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies) => environment.ResetOneByOne(worlds, copies);

        public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies) => environment.StepOneByOne(worlds, copies);

        protected override void ResetCore(ref World world) => throw new InvalidOperationException("whole batches only");

        protected override void StepCore(ref World world) => throw new InvalidOperationException("whole batches only");
    }
}
