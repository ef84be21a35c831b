using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Games.Tests;

public sealed class FlowEnvironmentTests
{
    public static TheoryData<string> Graphs => ["tree", "grid", "two players", "features"];

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Batch_IsBitForBitWhatTheCoresDoOneByOne(string which)
    {
        const int Copies = 37;
        var environment = Create(which);
        VectorEnvironment batch = new(environment, new VectorOptions { Copies = Copies }, 3), slow = new(new OneByOne(environment), new VectorOptions { Copies = Copies }, 3);
        batch.Reset();
        slow.Reset();
        var random = RandomStream.Create(8);
        for (int t = 0; t < 60; t++)
        {
            Assert.Equal(slow.Worlds.Wire.ToArray(), batch.Worlds.Wire.ToArray());
            Assert.Equal(slow.Worlds.States.ToArray(), batch.Worlds.States.ToArray());
            byte[] actions = Play.RandomActions(batch, ref random);
            batch.Step(actions);
            slow.Step(actions);
        }
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Step_AllocatesNothing(string which)
    {
        var batch = new VectorEnvironment(Create(which), new VectorOptions { Copies = 16, IllegalActions = IllegalActionRule.FirstLegal }, 1);
        batch.Reset();
        byte[] actions = new byte[batch.ActionBytes];
        for (int t = 0; t < 200; t++) batch.Step(actions); // warms up
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int t = 0; t < 500; t++) batch.Step(actions);
        }));
    }

    [Fact]
    public void LowestReward_IsZeroUnlessEveryMoveEndsTheEpisode()
    {
        var graph = new FlowGraph(new FlowTables { Edges = [new(0, 1), new(0, 2)], Returns = new ShapedArray([0, 2, 3], 1, 3) });
        Assert.Equal((2.0, 3.0, 1), Bounds(new FlowEnvironment(graph, null).Spec));
        Assert.Equal((0.0, 8.0, 3), Bounds(Create("tree").Spec));
        static (double, double, int?) Bounds(EnvironmentSpec spec) => (spec.LowestReward, spec.HighestReward, spec.Horizon);
    }

    private static FlowEnvironment Create(string which) => (FlowEnvironment)(which switch
    {
        "tree" => (Game)new FlowTree(new FlowTree.Options()),
        "grid" => new FlowGrid(new FlowGrid.Options { Dimensions = 3, Side = 3 }),
        "features" => new FlowGrid(new FlowGrid.Options { Observation = ObservationForm.Features }),
        _ => new FlowTwoPlayer(new FlowTwoPlayer.Options()),
    }).CreateEnvironment();

    private sealed class OneByOne(FlowEnvironment rules) : Core.Environment(rules.Spec, rules.StateSize)
    {
        public override void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies) => rules.ResetOneByOne(worlds, copies);

        public override void Step(StepBuffer worlds, ReadOnlySpan<bool> copies) => rules.StepOneByOne(worlds, copies);

        protected override void ResetCore(ref World world) => throw new InvalidOperationException("batches only");

        protected override void StepCore(ref World world) => throw new InvalidOperationException("batches only");
    }
}
