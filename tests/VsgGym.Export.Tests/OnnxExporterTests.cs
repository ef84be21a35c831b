using System.Security.Cryptography;
using VsgGym.Core;
using VsgGym.Export.Onnx;
using VsgGym.Networks;
using VsgGym.Networks.Tests;

namespace VsgGym.Export.Tests;

[Collection(ExportCollection.Name)]
public sealed class OnnxExporterTests(ExportedSamples samples)
{
    public static TheoryData<string, string, string, string> Signatures => new()
    {
        { "line", "policy", "observation:1[4] noise:1[2]", "action:1[1] sampled_action:1[1] log_probability:1[]" },
        { "line", "conditional", "observation:1[4] action.other_0:1[1] noise:1[1]", "action:1[1] sampled_action:1[1] log_probability:1[]" },
        { "line", "opponents", "observation:1[4] noise:1[1]", "action.other_0:1[1] sampled_action.other_0:1[1] log_probability.other_0:1[] mean.other_0:1[1] sigma.other_0:1[1]" },
        { "solid", "policy", "observation:1[4] noise:1[4]", "action:1[3] sampled_action:1[3] log_probability:1[]" },
        { "box_alone", "policy", "observation:1[4] noise:1[3]", "action:1[3] sampled_action:1[3] log_probability:1[]" },
        { "box_on_states", "policy", "observation:7[] noise:1[4]", "action:1[1] sampled_action:1[1] log_probability:1[]" },
        { "table", "policy", "observation:7[] noise:1[1]", "action:7[] sampled_action:7[] probabilities:1[4] log_probability:1[]" },
        { "trio", "policy", "observation:1[4] noise:1[1] legal_actions:9[3]", "action:7[] sampled_action:7[] probabilities:1[3] log_probability:1[]" },
        { "trio", "conditional", "observation:1[4] action.other_0:7[] action.other_1:7[] noise:1[1] legal_actions:9[3]", "action:7[] sampled_action:7[] probabilities:1[3] log_probability:1[]" },
        { "trio", "opponents", "observation:1[4] noise:1[2]", "action.other_0:7[] sampled_action.other_0:7[] probabilities.other_0:1[4] log_probability.other_0:1[] action.other_1:7[] sampled_action.other_1:7[] probabilities.other_1:1[2] log_probability.other_1:1[]" },
        { "stationary_table", "policy", "observation:7[] noise:1[1]", "action:7[] sampled_action:7[] probabilities:1[3] log_probability:1[]" },
        { "table_by_time", "policy", "observation:7[] time:7[] noise:1[1]", "action:7[] sampled_action:7[] probabilities:1[3] log_probability:1[]" },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public void File_HasTheInputsAndOutputsOfItsKind(string sample, string kind, string inputs, string outputs)
    {
        var graph = ModelProto.Parser.ParseFrom(samples.Bytes(sample, $"{kind}.me.onnx")).Graph;
        Assert.Equal(inputs.Split(' ').Order(), graph.Input.Select(Form).Order());
        Assert.Equal(outputs.Split(' ').Order(), graph.Output.Select(Form).Order());
    }

    [Fact]
    public void EveryFile_AgreesWithItsSourceOnTenThousandRows() => Assert.All(samples.Files, written =>
    {
        Assert.Equal(10_000, written.File.Parity.Rows);
        Assert.InRange(written.File.Parity.LargestDifference, 0, 1e-5);
        Assert.InRange(written.File.Parity.Edges, 0, 20); // 1e-5 * 10,000 rows, and as much again by rounding
    });

    [Fact]
    public void EveryFile_IsSelfContainedAndOfOneOperatorSet() => Assert.All(samples.Files, written =>
    {
        byte[] bytes = samples.Bytes(written.Sample, written.File.Name);
        var model = ModelProto.Parser.ParseFrom(bytes);
        Assert.Equal((8, "VsgGym", "0.1.0"), ((int)model.IrVersion, model.ProducerName, model.ProducerVersion));
        Assert.Equal(17, Assert.Single(model.OpsetImport).Version);
        Assert.All(model.Graph.Node, node => Assert.Equal(string.Empty, node.Domain));
        Assert.DoesNotContain(model.Graph.Node, node => node.OpType.Contains("Random", StringComparison.Ordinal) || node.OpType is "Multinomial" or "Bernoulli");
        Assert.Equal(model.Graph.Node.Count, model.Graph.Node.Select(node => node.Name).Distinct().Count());
        Assert.Equal((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), (written.File.Bytes, written.File.Sha256));
    });

    [Fact]
    public void Metadata_SaysWhereTheFileComesFrom()
    {
        var (_, file, _) = samples.Files.First(f => f.Sample == "solid");
        var stored = ModelProto.Parser.ParseFrom(samples.Bytes("solid")).MetadataProps.ToDictionary(p => p.Key, p => p.Value);
        Assert.Equal(file.Metadata, stored);
        Assert.Equal("policy", stored["kind"]);
        Assert.Equal("sample-v0", stored["game_id"]);
        Assert.Equal("""{"horizon":3}""", stored["game_options"]);
        Assert.Equal("me", stored["player"]);
        Assert.Equal("""["other_0"]""", stored["opponents"]);
        Assert.Equal("""{"kind":"box","low":[-1,0,5],"high":[1,0.25,105]}""", stored["action_space"]);
        Assert.Equal("""{"kind":"box","low":[-1,-200,3,0],"high":[1,50,3,0.001]}""", stored["observation_space"]);
        Assert.Equal("""{"kind":"affine","offset":[0,-75,3,0.0005],"scale":[1,0.008,1,1999.9999]}""", stored["normalisation"]);
        Assert.Equal(("rommeo", "run-1", "18446744073709551615", "0.1.0", "17"), (stored["algorithm"], stored["run_id"], stored["seed"], stored["product_version"], stored["onnx_opset"]));
        Assert.Equal((new string('a', 64), "2048"), (stored["training_hash"], stored["rows_together"]));
    }

    [Fact]
    public void GameOfOne_HasNoFilesAboutOpponents() =>
        Assert.Equal(["policy.me.onnx"], samples.Files.Where(f => f.Sample == "box_alone").Select(f => f.File.Name));

    [Fact]
    public void Folders_HoldThePublishedFilesOnly() => Assert.All(samples.Files.GroupBy(f => f.Sample), group => Assert.Equal(
        group.Select(f => f.File.Name).Order(), Directory.GetFiles(Path.Combine(samples.Root, group.Key)).Select(Path.GetFileName).Order()));

    [Fact]
    public void Publish_OfAFileThatDisagrees_RefusesAndLeavesNothing()
    {
        var blueprint = SampleBlueprints.Named("table");
        var last = blueprint.Policy.Layers[^1];
        float[] bias = last.Bias.ToArray();
        bias[1] += 0.01f;
        var other = blueprint with { Policy = new DenseNetwork([.. blueprint.Policy.Layers[..^1], new DenseLayer(last.Inputs, last.Outputs, last.Weight.ToArray(), bias)]) };
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<VsgGymException>(() => OnnxExporter.Publish(
            folder.Path, "policy.me.onnx", new BlueprintGraph(other).Policy(), new Dictionary<string, string>(), ExportedSamples.Context, "wrong", new BlueprintSource(new BlueprintForward(blueprint), FileKind.Policy)));
        Assert.Equal(ErrorKind.Numerical, error.Kind);
        Assert.Matches(@"policy\.me\.onnx\.probabilities\[\d+\] = 0\.\d+: the source gives 0\.\d+; the file is not published", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_OfAnUnusualPlayersName_KeepsToSafeFileNames()
    {
        using var folder = new TemporaryFolder();
        var model = new BlueprintModel(SampleBlueprints.Named("choice_alone") with { Player = "../a b" });
        Assert.Equal("policy...%2Fa%20b.onnx", Assert.Single(OnnxExporter.Write(model, ExportedSamples.Context, folder.Path)).Name);
    }

    [Fact]
    public void Write_OfATableForAnotherSeat_IsRefused()
    {
        var policy = ExportedSamples.Table("stationary_table");
        var seat = ExportedSamples.Seat(policy) with { Observation = new DiscreteSpace(5) };
        var error = Assert.Throws<VsgGymException>(() => OnnxExporter.Write(policy, seat, ExportedSamples.Context, samples.Root));
        Assert.Equal("policy = [.., 4, 3]: must have the seat's shape [.., 5, 3]", error.Message);
    }

    private static string Form(ValueInfoProto value)
    {
        var tensor = value.Type.TensorType;
        Assert.Equal("batch", tensor.Shape.Dim[0].DimParam);
        return $"{value.Name}:{tensor.ElemType}[{string.Join(",", tensor.Shape.Dim.Skip(1).Select(d => d.DimValue))}]";
    }
}
