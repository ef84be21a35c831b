using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Networks;
using VsgGym.Networks.Tests;
using static VsgGym.Export.Onnx.TensorProto.Types;

namespace VsgGym.Export.Tests;

[Collection(ExportCollection.Name)]
public sealed class OnnxPolicyTests(ExportedSamples samples)
{
    public static TheoryData<string, bool> Games => new() { { "differential", true }, { "differential", false }, { "climbing", true }, { "climbing", false }, { "pursuit", true }, { "pursuit", false } };

    [Theory]
    [MemberData(nameof(Games))]
    public void Act_InAGame_PlaysAsTheSourceDoes(string name, bool greedy)
    {
        var environment = Game(name).CreateEnvironment();
        var model = ModelFor(environment.Spec);
        using var folder = new TemporaryFolder();
        OnnxExporter.Write(model, ExportedSamples.Context, folder.Path);
        using var policy = OnnxPolicy.Open(Path.Combine(folder.Path, $"policy.{model.Player}.onnx"), greedy);
        var one = Start(environment, policy, 50);
        var two = Start(Game(name).CreateEnvironment(), model.Policy(greedy), 50);
        for (int round = 0; round < 6; round++)
        {
            one.Step(new byte[one.ActionBytes]);
            two.Step(new byte[two.ActionBytes]);
            if (environment.Spec.Actions[0] is BoxSpace)
                Assert.All(one.Worlds.BoxActions(0).ToArray().Zip(two.Worlds.BoxActions(0).ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
            else
                Assert.Equal(two.Worlds.DiscreteActions(0).ToArray(), one.Worlds.DiscreteActions(0).ToArray());
        }
    }

    [Theory]
    [InlineData("differential")]
    [InlineData("pursuit")]
    public void Act_InABatch_PlaysAsOnSingleCopies(string name)
    {
        var model = ModelFor(Game(name).CreateEnvironment().Spec);
        using var folder = new TemporaryFolder();
        OnnxExporter.Write(model, ExportedSamples.Context, folder.Path);
        using var policy = OnnxPolicy.Open(Path.Combine(folder.Path, $"policy.{model.Player}.onnx"), greedy: false);
        var batch = Start(Game(name).CreateEnvironment(), policy, 37);
        batch.Step(new byte[batch.ActionBytes]);
        for (int b = 0; b < 37; b++)
        {
            var single = Start(Game(name).CreateEnvironment(), policy, 1, seed: (ulong)b);
            single.Step(new byte[single.ActionBytes]);
            if (batch.Worlds.Spec.Actions[0] is BoxSpace) Assert.Equal(single.Worlds.BoxActions(0)[0], batch.Worlds.BoxActions(0)[b]);
            else Assert.Equal(single.Worlds.DiscreteActions(0)[0], batch.Worlds.DiscreteActions(0)[b]);
        }
    }

    [Fact]
    public void Act_OfATableByTime_PlaysAsTheTableDoes()
    {
        var table = ExportedSamples.Table("table_by_time");
        using var policy = OnnxPolicy.Open(samples.Bytes("table_by_time"), greedy: false);
        VectorEnvironment one = Start(new TabularEnvironment(Ring()), policy, 200), two = Start(new TabularEnvironment(Ring()), table, 200);
        int differing = 0;
        for (int round = 0; round < 5; round++)
        {
            one.Step(new byte[one.ActionBytes]);
            two.Step(new byte[two.ActionBytes]);
            differing += one.Worlds.DiscreteActions(0).ToArray().Zip(two.Worlds.DiscreteActions(0).ToArray()).Count(pair => pair.First != pair.Second);
        }

        Assert.Equal(0, differing);
    }

    [Fact]
    public void CheckFits_OnAnotherSeat_NamesWhatWasFoundAndWhatIsNeeded()
    {
        using var policy = OnnxPolicy.Open(samples.Bytes("solid"), greedy: true);
        var error = Assert.Throws<VsgGymException>(() => policy.CheckFits(new TabularEnvironment(Ring()).Spec, 0));
        Assert.Equal(["others.me.observation", "others.me.action"], error.Faults.Select(f => f.Path));
        Assert.Contains("float32 [batch, 4]: must be int64 [batch]", error.Message, StringComparison.Ordinal);
        Assert.Contains("float32 [batch, 3]: must be int64 [batch]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckFits_WithOtherCounts_ReadsTheFilesProperties()
    {
        using var policy = OnnxPolicy.Open(samples.Bytes("table"), greedy: true);
        var error = Assert.Throws<VsgGymException>(() => policy.CheckFits(new TabularEnvironment(Ring()).Spec, 0));
        Assert.Contains("4 actions: must be the seat's 3", error.Message, StringComparison.Ordinal);
        using var states = OnnxPolicy.Open(samples.Bytes("choice_alone"), greedy: true);
        Assert.Contains("discrete(6): must be the seat's discrete(4)", Assert.Throws<VsgGymException>(() => states.CheckFits(new TabularEnvironment(Ring()).Spec, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAConditionalPolicy_SaysWhichInputIsUnknown()
    {
        var error = Assert.Throws<VsgGymException>(() => OnnxPolicy.Open(samples.Bytes("line", "conditional.me.onnx"), greedy: true));
        Assert.Equal("model.inputs.action.other_0 = float32 [batch, 1]: is unknown; a policy takes observation, noise, legal_actions, time", error.Message);
    }

    [Fact]
    public void Open_OnCudaWhereThereIsNone_ListsTheProviders()
    {
        Assert.DoesNotContain("CUDAExecutionProvider", OnnxSessions.Available);
        var error = Assert.Throws<VsgGymException>(() => OnnxPolicy.Open(samples.Bytes("line"), greedy: true, new OnnxOptions { Provider = "cuda" }));
        Assert.Contains("options.provider = cuda: this build of ONNX Runtime has no CUDAExecutionProvider; available: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("CPUExecutionProvider", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithWrongOptions_NamesAll()
    {
        var error = Assert.Throws<VsgGymException>(() => OnnxPolicy.Open(samples.Bytes("line"), greedy: true, new OnnxOptions { Provider = "tpu", Threads = -1 }));
        Assert.Equal(["options.threads", "options.provider"], error.Faults.Select(f => f.Path));
    }

    [Fact]
    public void Act_OfAFileFromElsewhere_PlaysItsActions()
    {
        using var policy = OnnxPolicy.Open(Foreign(0), greedy: true);
        var worlds = Start(new TabularEnvironment(Ring(forbidden: true)), policy, 40);
        int[] states = worlds.Worlds.DiscreteObservations(0).ToArray();
        worlds.Step(new byte[worlds.ActionBytes]);
        Assert.Equal(states.Select(s => s == 1 ? 0 : s), worlds.Worlds.DiscreteActions(0).ToArray()); // action 1 is forbidden in state 1
    }

    [Fact]
    public void Act_OutsideTheSpace_NamesTheCopyAndTheAction()
    {
        using var policy = OnnxPolicy.Open(Foreign(3), greedy: true);
        var worlds = Start(new TabularEnvironment(Ring()), policy, 1);
        var error = Assert.Throws<VsgGymException>(() => worlds.Step(new byte[worlds.ActionBytes]));
        Assert.Equal($"model.action[0] = {worlds.Worlds.DiscreteObservations(0)[0] + 3}: must be in [0, 3)", error.Message);
    }

    [Fact]
    public void Open_ForSampledPlayOfAGreedyFile_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => OnnxPolicy.Open(Foreign(0), greedy: false));
        Assert.Equal("model.outputs.sampled_action: is missing; this file can only play greedily", error.Message);
    }

    [Fact]
    public void Metadata_OfAnOpenFile_IsTheFilesOwn()
    {
        using var policy = OnnxPolicy.Open(samples.PathOf("line", "policy.me.onnx"), greedy: true);
        Assert.Equal("sample-v0", policy.Metadata["game_id"]);
    }

    private static Game Game(string name) => name switch
    {
        "differential" => new Differential(new Differential.Options()),
        "climbing" => new Climbing(new Climbing.Options()),
        _ => new Pursuit(new Pursuit.Options()),
    };

    private static BlueprintModel ModelFor(EnvironmentSpec spec)
    {
        var blueprint = SampleBlueprints.Build(spec.Observations[0], spec.Actions[0], [.. spec.Actions.Skip(1)], spec.HasIllegalActions);
        return new(blueprint with { Player = spec.Players[0] });
    }

    [Fact]
    public void FewerRowsThanAskedFor_AreRefusedWithBothNumbers()
    {
        var graph = new GraphWriter("short");
        string observation = graph.Input("observation", DataType.Int64, null);
        string first = graph.Node("Slice", observation, graph.Constant("from", [0L], 1), graph.Constant("to", [1L], 1));
        graph.Output("action", first, DataType.Int64, null);
        using var policy = OnnxPolicy.Open(graph.Build(new Dictionary<string, string>(), "1", "short").ToByteArray(), greedy: true);
        var batch = Start(new TabularEnvironment(Ring()), policy, copies: 5);
        var error = Assert.Throws<VsgGymException>(() => batch.Step(MemoryMarshal.AsBytes(new int[5].AsSpan())));
        Assert.Equal("model.outputs.action = 1 numbers: must be 5 for a batch of 5", error.Message);
    }

    /// <summary>A file from elsewhere: it plays the number of the state plus an offset, and neither samples nor says anything else.</summary>
    private static byte[] Foreign(long offset)
    {
        var graph = new GraphWriter("foreign");
        string observation = graph.Input("observation", DataType.Int64, null);
        graph.Output("action", graph.Node("Add", observation, graph.Constant("offset", [offset])), DataType.Int64, null);
        return graph.Build(new Dictionary<string, string>(), "1", "foreign").ToByteArray();
    }

    /// <summary>Four states in a ring that the first of two players walks; time goes on past the table's three blocks.</summary>
    private static StochasticGame Ring(bool forbidden = false)
    {
        var builder = new StochasticGameBuilder(["me", "watcher"], 4, [3, 1]).WithInitial(forbidden ? [0.25, 0.25, 0.5, 0] : [0.25, 0.25, 0.25, 0.25]);
        if (forbidden) builder.Forbid(0, 1, 1);
        for (int s = 0; s < 4; s++)
            for (int a = 0; a < 3; a++)
                if (!forbidden || s != 1 || a != 1) builder.SetReward(0, s, a, a).AddTransition(s, a, (s + 1 + a) % 4, 1);
        return builder.BuildFiniteHorizon(10);
    }

    /// <summary>The policy in seat 0, the caller in the last seat.</summary>
    private static VectorEnvironment Start(Core.Environment environment, IPolicy policy, int copies, ulong seed = 0)
    {
        var others = ImmutableDictionary<int, IPolicy>.Empty.Add(0, policy);
        var options = new VectorOptions { Copies = copies, OwnSeats = [environment.Spec.PlayerCount - 1], Others = others, IllegalActions = IllegalActionRule.FirstLegal };
        var batch = new VectorEnvironment(environment, options, seed);
        batch.Reset();
        return batch;
    }
}
