using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Games.Tests;

/// <summary>The batch of a game with box actions must do, bit for bit, what its cores do copy by copy.</summary>
public sealed class BoxBatchTests
{
    private delegate void Pass(StepBuffer worlds, ReadOnlySpan<bool> copies);

    public static TheoryData<int, AutoresetMode> Cases
    {
        get
        {
            var cases = new TheoryData<int, AutoresetMode>();
            for (int number = 0; number < Simulators.Length; number++)
            {
                cases.Add(number, AutoresetMode.NextStep);
                cases.Add(number, AutoresetMode.SameStep);
            }

            return cases;
        }
    }

    private static (Game Game, Func<Core.Environment, Core.Environment> Slow)[] Simulators { get; } =
    [
        (new Differential(new Differential.Options()), Differential),
        (new Differential(new Differential.Options { Horizon = 4, Payoff = DifferentialPayoff.Code }), Differential),
        (new Differential(new Differential.Options { Horizon = 3, Players = 5 }), Differential),
        (new Routing(new Routing.Options()), Routing),
        (new Routing(new Routing.Options { Instance = RoutingInstance.Pigou, Players = 5, Horizon = 4, RewardNoise = 0.5 }), Routing),
        (new Routing(new Routing.Options { Instance = RoutingInstance.Parallel, Slopes = [1, 2, 3, 4], Constants = [1, 0, 0, 2], Horizon = 4, GoalSwapAt = 2 }), Routing),
        (new Routing(new Routing.Options { Horizon = 9, GoalSwapAt = 3, Capacities = [1, 0.5, 3], CapacityPersistence = 0.7, RewardNoise = 0.1 }), Routing),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Batch_PlaysTheSameBytesAsOneByOne(int number, AutoresetMode mode)
    {
        var (game, slow) = Simulators[number];
        var options = new VectorOptions { Copies = 600, Autoreset = mode, TimeLimit = 7 };
        var batch = new VectorEnvironment(game.CreateEnvironment(), options, 5);
        var single = new VectorEnvironment(slow(game.CreateEnvironment()), options, 5);
        batch.Reset();
        single.Reset();
        var random = RandomStream.Create((ulong)number);
        var some = new bool[options.Copies];
        for (int t = 0; t < 30; t++)
        {
            Assert.True(batch.Worlds.Wire.Span.SequenceEqual(single.Worlds.Wire.Span), $"step {t}");
            byte[] actions = t % 5 == 4 ? new byte[batch.ActionBytes] : Play.RandomActions(batch, ref random);
            batch.Step(actions);
            single.Step(actions);
            if (t % 7 != 3) continue;
            for (int b = 0; b < some.Length; b++) some[b] = random.NextInt32(3) == 0;
            batch.Reset(default, some);
            single.Reset(default, some);
        }

        Assert.True(batch.Worlds.States.SequenceEqual(single.Worlds.States));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_AllocatesNothing(int number, AutoresetMode mode)
    {
        var play = Play.Start(Simulators[number].Game, new VectorOptions { Copies = 600, Autoreset = mode });
        var actions = new byte[play.ActionBytes];
        for (int t = 0; t < 100; t++) play.Step(actions);
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int t = 0; t < 100; t++) play.Step(actions);
        }));
    }

    private static OneByOne Differential(Core.Environment environment) =>
        environment is DifferentialSimulator simulator ? new OneByOne(simulator, simulator.ResetOneByOne, simulator.StepOneByOne) : throw new ArgumentException("another simulator", nameof(environment));

    private static OneByOne Routing(Core.Environment environment) =>
        environment is RoutingSimulator simulator ? new OneByOne(simulator, simulator.ResetOneByOne, simulator.StepOneByOne) : throw new ArgumentException("another simulator", nameof(environment));

    /// <summary>Drives the two cores, one copy after the other.</summary>
    private sealed class OneByOne(Core.Environment environment, Pass reset, Pass step) : Core.Environment(environment.Spec, environment.StateSize)
    {
        public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies) => reset(worlds, copies);

        public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies) => step(worlds, copies);

        protected override void ResetCore(ref World world) => throw new InvalidOperationException("whole batches only");

        protected override void StepCore(ref World world) => throw new InvalidOperationException("whole batches only");
    }
}
