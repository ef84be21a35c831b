using System.Text;
using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Export.Onnx;

namespace VsgGym.Export.Tests;

[Collection(ExportCollection.Name)]
public sealed class OnnxUploadTests(ExportedSamples samples)
{
    private static readonly Dictionary<string, Action<ModelProto>> Damages = new()
    {
        ["no graph"] = model => model.Graph = null,
        ["no nodes"] = model => model.Graph.Node.Clear(),
        ["no operator set"] = model => model.OpsetImport.Clear(),
        ["custom domain of a node"] = model => model.Graph.Node[0].Domain = "evil.ops",
        ["custom operator set"] = model => model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 }),
        ["custom function"] = model => model.Functions.Add(new FunctionProto { Name = "Mine" }),
        ["unknown operator"] = model => model.Graph.Node[0].OpType = "Exfiltrate",
        ["external data"] = model =>
        {
            model.Graph.Initializer[0].ClearRawData();
            model.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External;
            model.Graph.Initializer[0].ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "/etc/passwd" });
        },
        ["a loop inside a branch"] = model => model.Graph.Node.Add(new NodeProto
        {
            OpType = "If",
            Attribute = { new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = new GraphProto { Node = { new NodeProto { OpType = "Loop" } } } } },
        }),
        ["weights cut short"] = model => model.Graph.Initializer[0].RawData = ByteString.CopyFrom(1, 2, 3),
        ["weights of another shape"] = model => model.Graph.Initializer[0].Dims[0] += 1,
        ["no observation"] = model => Rename(model, "observation", "obs"),
        ["no action"] = model => model.Graph.Output.Remove(model.Graph.Output.First(o => o.Name == "action")),
        ["fixed batch"] = model => model.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 1 },
        ["observation of doubles"] = model => model.Graph.Input[0].Type.TensorType.ElemType = 11,
        ["newer operator set"] = model => model.OpsetImport[0].Version = 999,
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "no graph", "not_onnx" }, { "no nodes", "not_onnx" }, { "no operator set", "not_onnx" },
        { "custom domain of a node", "unknown_domain" }, { "custom operator set", "unknown_domain" }, { "custom function", "unknown_domain" },
        { "unknown operator", "refused_by_runtime" }, { "external data", "external_data" }, { "a loop inside a branch", "loop" },
        { "weights cut short", "refused_by_runtime" }, { "weights of another shape", "refused_by_runtime" },
        { "no observation", "unknown_input,missing_tensor" }, { "no action", "missing_tensor" }, { "fixed batch", "wrong_shape,wrong_shape" },
        { "observation of doubles", "wrong_shape" }, { "newer operator set", "refused_by_runtime" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Check_OfADamagedModel_IsRefusedByName(string damage, string reasons)
    {
        var model = ModelProto.Parser.ParseFrom(samples.Bytes("line"));
        Damages[damage](model);
        Assert.Equal(reasons.Split(','), Reasons(model.ToByteArray()));
    }

    [Fact]
    public void Check_OfBytesThatAreNoModel_IsRefused()
    {
        byte[] good = samples.Bytes("line");
        Assert.Equal(["empty_model"], Reasons([]));
        Assert.Equal(["not_onnx"], Reasons(Encoding.UTF8.GetBytes("this is not a model")));
        Assert.Equal(["not_onnx"], Reasons([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00])); // the start of a zip file
        Assert.Equal(["not_onnx"], Reasons([0x98, 0x3f, 0x01])); // a well-formed message of another kind
        Assert.Equal(["not_onnx"], Reasons(good[..(good.Length / 2)]));
        Assert.Equal(["not_onnx"], Reasons(good[..^1]));
    }

    [Fact]
    public void Check_OfAFlippedByte_NeverFailsInAnotherWay()
    {
        byte[] good = samples.Bytes("line");
        for (int i = 0; i < good.Length; i += 131)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x55;
            var error = Record.Exception(() => OnnxUpload.Check(bad));
            Assert.True(error is null or VsgGymException, $"byte {i}: {error}");
        }
    }

    [Fact]
    public void Check_OfTooMuch_IsOverTheLimit()
    {
        byte[] good = samples.Bytes("line");
        var size = Assert.Throws<VsgGymException>(() => OnnxUpload.Check(good, new UploadLimits { Bytes = good.Length - 1 }));
        Assert.Equal((ErrorKind.ResourceExhausted, "model_too_large"), (size.Kind, size.Faults[0].Reason));
        var nodes = Assert.Throws<VsgGymException>(() => OnnxUpload.Check(good, new UploadLimits { Nodes = 3 }));
        Assert.Equal((ErrorKind.ResourceExhausted, "too_many_nodes"), (nodes.Kind, nodes.Faults[0].Reason));
    }

    [Fact]
    public void Check_OfEveryExportedPolicy_Passes() => Assert.All(samples.Files.Where(f => f.File.Name.StartsWith("policy", StringComparison.Ordinal)), written =>
    {
        var model = OnnxUpload.Check(samples.Bytes(written.Sample, written.File.Name));
        Assert.Equal((written.File.Bytes, written.File.Sha256), (model.Bytes, model.Sha256));
        Assert.Equal("sample-v0", model.Metadata["game_id"]);
        Assert.Contains("observation", model.Inputs.Keys);
        Assert.Matches(@"^(int64 \[batch\]|float32 \[batch, \d\])$", model.Outputs["action"]);
    });

    [Fact]
    public void Check_OfAConditionalPolicy_IsRefused() => Assert.Equal(["unknown_input"], Reasons(samples.Bytes("line", "conditional.me.onnx")));

    private static string[] Reasons(byte[] model) => [.. Assert.Throws<VsgGymException>(() => OnnxUpload.Check(model)).Faults.Select(f => f.Reason)];

    private static void Rename(ModelProto model, string from, string to)
    {
        foreach (var input in model.Graph.Input)
            if (input.Name == from) input.Name = to;
        foreach (var node in model.Graph.Node)
            for (int i = 0; i < node.Input.Count; i++)
                if (node.Input[i] == from) node.Input[i] = to;
    }
}
