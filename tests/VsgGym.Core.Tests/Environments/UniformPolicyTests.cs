using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Core.Tests;

public sealed class UniformPolicyTests
{
    public static TheoryData<int, int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, bool>();
            foreach (int copies in (int[])[1, 2, 7, 256, 700])
                foreach (int actions in (int[])[1, 2, 5, 7, 8, 9, 20])
                    foreach (bool masked in (bool[])[true, false])
                        cases.Add(copies, actions, masked);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Act_OnManyCopies_PlaysWhatEachCopysStreamSays(int copies, int actions, bool masked)
    {
        var worlds = Worlds(copies, actions, masked);
        bool[] marked = [.. Enumerable.Range(0, copies).Select(b => b % 5 != 3)];
        for (int seat = 0; seat < 2; seat++)
        {
            worlds.DiscreteActions(seat).Fill(-7);
            UniformPolicy.Instance.Act(worlds, seat, marked);
            for (int b = 0; b < copies; b++)
                Assert.Equal(marked[b] && worlds.Live(seat)[b] ? OneByOne(worlds, seat, b, actions) : -7, worlds.DiscreteActions(seat)[b]);
        }
    }

    [Fact]
    public void Act_OnManyCopies_AllocatesNothing()
    {
        var worlds = Worlds(1024, 5, masked: true);
        bool[] marked = [.. Enumerable.Repeat(true, 1024)];
        UniformPolicy.Instance.Act(worlds, 1, marked);
        Assert.Equal(0, SteadyState.Bytes(() => UniformPolicy.Instance.Act(worlds, 1, marked)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    public void Act_WithoutALegalAction_SaysWhereItIs(int actions)
    {
        var worlds = Worlds(3, actions, masked: true);
        worlds.LegalActionsOf(1, 2).Clear();
        worlds.Live(1)[2] = true;
        var error = Assert.Throws<InvalidOperationException>(() => UniformPolicy.Instance.Act(worlds, 1, [true, true, true]));
        Assert.Contains("Seat 1 of copy 2", error.Message, StringComparison.Ordinal);
    }

    private static int OneByOne(StepBuffer worlds, int seat, int copy, int actions)
    {
        var random = worlds.StreamOf(copy, 1 + (uint)seat);
        int[] legal = [.. Enumerable.Range(0, actions).Where(a => worlds.LegalActions(seat).IsEmpty || worlds.LegalActionsOf(seat, copy)[a])];
        return legal[random.NextInt32(legal.Length)];
    }

    /// <summary>Copies with arbitrary times, episodes, masks and live flags.</summary>
    private static StepBuffer Worlds(int copies, int actions, bool masked)
    {
        var worlds = new StepBuffer(new Still(actions, masked), copies, [0], finalObservations: false);
        var random = RandomStream.Create(5);
        for (int b = 0; b < copies; b++)
        {
            (worlds.Seeds[b], worlds.Episodes[b], worlds.Times[b]) = (random.NextUInt64(), random.NextUInt32(), random.NextInt32(50));
            for (int seat = 0; seat < 2; seat++)
            {
                worlds.Live(seat)[b] = random.NextInt32(4) > 0;
                if (!masked) continue;
                var mask = worlds.LegalActionsOf(seat, b);
                for (int a = 0; a < actions; a++) mask[a] = random.NextInt32(2) > 0;
                mask[random.NextInt32(actions)] = true;
            }
        }

        return worlds;
    }

    private sealed class Still(int actions, bool masked) : Environment(
        new EnvironmentSpec
        {
            Players = ["first", "second"],
            Observations = [new DiscreteSpace(1), new DiscreteSpace(1)],
            Actions = [new DiscreteSpace(actions), new DiscreteSpace(actions)],
            HasIllegalActions = masked,
            LowestReward = 0,
            HighestReward = 0,
        },
        stateSize: 0)
    {
        protected override void ResetCore(ref World world) => world.Observe(0, 0);

        protected override void StepCore(ref World world) => world.Observe(0, 0);
    }
}
