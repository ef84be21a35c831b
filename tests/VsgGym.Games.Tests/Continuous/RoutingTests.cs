using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

public sealed class RoutingTests
{
    [Fact]
    public void Default_IsBraessForTwo_AtItsEquilibrium()
    {
        var play = Play.Start(new Routing(new Routing.Options()));
        play.Step(1f, 1f, 1f, 0.25f, 0.25f, 0.25f); // a third of 1/2 each: cost 14/9 in all
        Assert.All(play.Rewards(), reward => Assert.Equal(-7.0 / 9, reward, 1e-12));
        Assert.True(play.Worlds.Terminated(1)[0]);
        Assert.Equal([1f, 0f], play.Worlds.BoxObservations(0).ToArray());
    }

    [Theory]
    [InlineData(0f, 0f, 0f)]
    [InlineData(1e-45f, 1e-45f, 1e-45f)]
    [InlineData(1f, 1f, 1f)]
    public void EqualNumbers_SplitEvenly(float a, float b, float c)
    {
        var play = Play.Start(new Routing(new Routing.Options()));
        play.Step(a, b, c, 0f, 0f, 1f);
        double expected = RoutingCosts.Cost(RoutingNetwork.Braess(), [[1.0 / 6, 1.0 / 6, 1.0 / 6], [0, 0, 0.5]], 0);
        Assert.Equal(-expected, play.Rewards()[0], 1e-14);
    }

    public static TheoryData<string> Variants => ["pigou", "braess", "parallel", "capacities", "swap"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Rewards_AreMinusTheCosts_InEveryStateAndTime(string variant)
    {
        var options = Variant(variant) with { Horizon = 5 };
        var play = Play.Start(new Routing(options), new VectorOptions { Copies = 40, Autoreset = AutoresetMode.SameStep });
        var random = RandomStream.Create(4);
        int routes = options.Network().Routes.Length;
        for (int t = 0; t < 5; t++)
        {
            int[] states = [.. Enumerable.Range(0, 40).Select(b => (int)play.Worlds.States[b])];
            play.Step(Play.RandomActions(play, ref random));
            for (int b = 0; b < 40; b++)
            {
                var network = t >= options.GoalSwapAt ? options.Network().ToOtherSink() : options.Network();
                double[][] flows = [.. Enumerable.Range(0, 3).Select(p => Split(play.Worlds.BoxActions(p).Slice(b * routes, routes), options.Demands[p]))];
                for (int p = 0; p < 3; p++)
                    Assert.Equal(-RoutingCosts.Cost(network.WithCapacity(options.Capacities[states[b]]), flows, p), play.Worlds.Rewards(p)[b], 1e-13);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Table_AgreesWithTheBoxGame_OnItsPoints(string variant)
    {
        var options = Variant(variant) with { Horizon = 5 };
        var table = new Routing(options with { Discretize = 3 }).Table!;
        var grid = ActionGrid.Simplex(options.Network().Routes.Length, 3); // halves, which float32 holds exactly
        int states = options.Capacities.Length;
        Assert.Equal(states * (1 + (options.GoalSwapAt ?? 0)), table.StateCount);
        var play = Play.Start(new Routing(options), new VectorOptions { Copies = table.JointActionCount });
        float[] actions = [.. Enumerable.Range(0, 3).SelectMany(p => Enumerable.Range(0, table.JointActionCount).SelectMany(joint => grid[table.ActionOf(p, joint)].Select(x => (float)x)))];
        for (int t = 0; t < 5; t++)
        {
            int[] from = [.. Enumerable.Range(0, play.Copies).Select(b => (Math.Min(t, options.GoalSwapAt ?? 0) * states) + (int)play.Worlds.States[b])];
            play.Step(actions);
            for (int b = 0; b < play.Copies; b++)
            {
                int row = (from[b] * table.JointActionCount) + b, next = (Math.Min(t + 1, options.GoalSwapAt ?? 0) * states) + (int)play.Worlds.States[b];
                for (int p = 0; p < 3; p++) Assert.Equal(table.Rewards(p)[row], play.Worlds.Rewards(p)[b], 1e-13);
                Assert.True(table.NextStates[table.RowStarts[row]..table.RowStarts[row + 1]].Contains(next));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Bounds_AreTight(string variant)
    {
        var options = Variant(variant) with { Horizon = 3, GoalSwapAt = variant == "swap" ? 1 : null, Demands = [0.5, 1, 0.7] };
        var spec = new Routing(options).CreateEnvironment().Spec;
        var table = new Routing(options with { Discretize = 7 }).CreateEnvironment().Spec;
        Assert.InRange(table.LowestReward, spec.LowestReward, spec.LowestReward + 1e-10); // a corner of the simplex
        Assert.InRange(table.HighestReward, spec.HighestReward - 0.05, spec.HighestReward);
    }

    [Fact]
    public void Capacity_StaysAsOftenAsItsChanceSays()
    {
        const int Copies = 40_000;
        var options = new Routing.Options { Capacities = [1, 0.5, 2], CapacityPersistence = 0.4, Horizon = 3 };
        var play = Play.Start(new Routing(options), new VectorOptions { Copies = Copies });
        int[] first = [.. play.Worlds.States.ToArray().Select(s => (int)s)];
        for (int c = 0; c < 3; c++) Assert.InRange(first.Count(s => s == c), 12_900, 13_770); // 13,333, standard deviation 94
        play.Step(new byte[play.ActionBytes]);
        int stayed = Enumerable.Range(0, Copies).Count(b => play.Worlds.States[b] == first[b]);
        Assert.InRange(stayed, 23_500, 24_500); // 0.4 + 0.6 / 3 = 0.6, standard deviation 98
        for (int b = 0; b < 100; b++)
            Assert.Equal([.. Enumerable.Range(0, 3).Select(c => play.Worlds.States[b] == c ? 1f : 0f), 0f], play.Worlds.BoxObservations(1).Slice(b * 4, 4).ToArray());
        Assert.Equal(["capacity 1", "capacity 0.5", "capacity 2", "goal u"], ((BoxSpace)play.Worlds.Spec.Observations[0]).Labels.ToArray());
        Assert.Equal(["s-v-t", "s-w-t", "s-v-w-t"], ((BoxSpace)play.Worlds.Spec.Actions[1]).Labels.ToArray());
        var table = new Routing(options with { Discretize = 2 }).Table!;
        Assert.Equal([0.6, 0.2, 0.2], table.Probabilities[..3].ToArray().Select(chance => Math.Round(chance, 15)));
    }

    [Fact]
    public void GoalSwap_ExchangesTheLastEdgesCosts_AndIsSeenBefore()
    {
        var play = Play.Start(new Routing(new Routing.Options { GoalSwapAt = 2, Horizon = 4 }));
        float[] rewards = new float[4], goals = new float[4];
        for (int t = 0; t < 4; t++)
        {
            goals[t] = play.Worlds.BoxObservations(0)[1];
            play.Step(1f, 0f, 0f, 1f, 0f, 0f); // both over v: x + 1 per unit, later x + x
            rewards[t] = (float)play.Rewards()[0];
        }

        Assert.Equal([0f, 0f, 1f, 1f], goals);
        Assert.Equal([-1f, -1f, -1f, -1f], rewards); // the flow is 1, so x = 1 and both cost alike
        play.Reset();
        play.Step(1f, 0f, 0f, 0f, 1f, 0f);
        play.Step(1f, 0f, 0f, 0f, 1f, 0f);
        Assert.Equal([-0.75, -0.75], play.Rewards()); // 1/2 (1/2 + 1)
        play.Step(1f, 0f, 0f, 0f, 1f, 0f);
        Assert.Equal([-0.5, -1], play.Rewards()); // 1/2 (1/2 + 1/2) by way of v, 1/2 (1 + 1) by way of w
    }

    [Fact]
    public void Noise_IsBoundedCenteredAndOwn()
    {
        const int Copies = 20_000;
        var options = new Routing.Options { RewardNoise = 0.25 };
        var play = Play.Start(new Routing(options), new VectorOptions { Copies = Copies });
        play.Step(new byte[play.ActionBytes]); // even splits: 7/9 each
        double[] first = [.. play.Worlds.Rewards(0).ToArray().Select(r => r + (7.0 / 9))], second = [.. play.Worlds.Rewards(1).ToArray().Select(r => r + (7.0 / 9))];
        Assert.All(first, noise => Assert.InRange(noise, -0.2500001, 0.2500001));
        Assert.InRange(first.Max() - first.Min(), 0.49, 0.5);
        Assert.Equal(0, first.Average(), 0.005); // standard error 0.001
        Assert.Equal(0, first.Zip(second, (a, b) => a * b).Average(), 0.001); // standard error 0.00015
    }

    public static TheoryData<Routing.Options, string> Misfits => new()
    {
        { new Routing.Options { Demands = [1] }, "options.demands" },
        { new Routing.Options { Capacities = [] }, "options.capacities" },
        { new Routing.Options { Slopes = [1, 1] }, "options.slopes" },
        { new Routing.Options { Constants = [1] }, "options.constants" },
        { new Routing.Options { Instance = RoutingInstance.Parallel }, "options.slopes" },
        { new Routing.Options { Instance = RoutingInstance.Parallel, Slopes = [1, 2], Constants = [1] }, "options.constants" },
        { new Routing.Options { GoalSwapAt = 1 }, "options.goal_swap_at" },
        { new Routing.Options { RewardNoise = 1, Discretize = 3 }, "options.reward_noise" },
        { new Routing.Options { Players = 12, Discretize = 5 }, "options.discretize" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void OptionsThatDoNotFit_AreRefusedByName(Routing.Options options, string path)
    {
        var error = Assert.Throws<VsgGymException>(() => new Routing(options));
        Assert.Equal(path, Assert.Single(error.Faults).Path);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Episode_EndsAtItsHorizon(int? discretize)
    {
        var play = Play.Start(new Routing(new Routing.Options { Horizon = 3, Discretize = discretize }), new VectorOptions { Copies = 2, Autoreset = AutoresetMode.Disabled });
        for (int t = 1; t <= 3; t++)
        {
            play.Step(new byte[play.ActionBytes]);
            for (int p = 0; p < 2; p++) Assert.Equal([t == 3, t == 3], play.Worlds.Terminated(p).ToArray());
        }
    }

    [Fact]
    public void ActionOutsideTheBox_IsRefused()
    {
        var play = Play.Start(new Routing(new Routing.Options()));
        var error = Assert.Throws<VsgGymException>(() => play.Step(0f, -0.001f, 0f, 0f, 0f, 0f));
        Assert.Equal("actions.player_0[0, 1]", Assert.Single(error.Faults).Path);
    }

    [Fact]
    public void Drawing_ShowsTheFlowsOfEitherForm()
    {
        var options = new Routing.Options { Instance = RoutingInstance.Pigou, Horizon = 2, GoalSwapAt = 1, Capacities = [0.5] };
        var boxes = new Routing(options);
        var points = new Routing(options with { Discretize = 3 });
        var play = Play.Start(boxes);
        play.Step(0.5f, 0.5f, 1f, 0f);
        string text = boxes.Draw(new World(play.Worlds, 0)).ToText();
        Assert.Contains("goal u", text, StringComparison.Ordinal);
        Assert.Contains("s ─> u  2x: 0.75  ████████", text, StringComparison.Ordinal);
        Assert.Contains("s ─> u  1: 0.25   ███", text, StringComparison.Ordinal);
        var same = Play.Start(points);
        same.Step(1, 0);
        Assert.Equal(text, points.Draw(new World(same.Worlds, 0)).ToText());
    }

    private static Routing.Options Variant(string name)
    {
        var options = new Routing.Options { Players = 3, Demands = [0.5, 0.25, 2] };
        return name switch
        {
            "pigou" => options with { Instance = RoutingInstance.Pigou },
            "parallel" => options with { Instance = RoutingInstance.Parallel, Slopes = [1, 0.5, 2], Constants = [0.5, 0.75, 0] },
            "capacities" => options with { Capacities = [1, 0.25, 4], CapacityPersistence = 0.5 },
            "swap" => options with { GoalSwapAt = 2, Capacities = [1, 2] },
            _ => options,
        };
    }

    private static double[] Split(ReadOnlySpan<float> numbers, double demand)
    {
        double sum = 0;
        foreach (float number in numbers) sum += number;
        double[] flow = new double[numbers.Length];
        for (int k = 0; k < flow.Length; k++) flow[k] = demand * numbers[k] / sum;
        return flow;
    }
}
