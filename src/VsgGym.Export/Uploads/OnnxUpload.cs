using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using VsgGym.Core;
using VsgGym.Export.Onnx;

namespace VsgGym.Export;

/// <summary>Checks a policy's file that somebody sends, before anything of it runs.</summary>
/// <remarks>
/// Refused: a file that is empty, too large, or no ONNX model; operators outside the standard domains, which would need code of the sender's;
/// weights in other files, which would read the server's disk; loops, which need not end; and what is not a policy. Last, the model plays
/// three rows of zeros. Memory that operators claim while they run is not bounded here.
/// </remarks>
public static class OnnxUpload
{
    private const int TrialRows = 3;
    private const int OldestVersion = 3; // the first with operator sets
    private static readonly string[] Domains = [string.Empty, "ai.onnx", "ai.onnx.ml"];
    private static readonly string[] Loops = ["Loop", "Scan"];

    /// <summary>Checks; throws with every fault of the first stage that finds one.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="limits">What is allowed; null for the defaults.</param>
    /// <exception cref="VsgGymException">The file is refused; names the rule.</exception>
    public static UploadedModel Check(ReadOnlyMemory<byte> model, UploadLimits? limits = null)
    {
        limits ??= new UploadLimits();
        if (model.IsEmpty) throw VsgGymException.Invalid("model", "0 bytes", "must not be empty", "empty_model");
        if (model.Length > limits.Bytes) throw VsgGymException.OverLimit("model", $"{model.Length} bytes", $"must be at most {limits.Bytes} bytes", "model_too_large");
        Structure(Parse(model), limits);
        using var session = OnnxSessions.Open(model.ToArray(), new OnnxOptions());
        var signature = PolicySignature.Read(session);
        Trial(session, signature);
        return new UploadedModel(
            model.Length,
            Convert.ToHexStringLower(SHA256.HashData(model.Span)),
            session.InputMetadata.ToDictionary(node => node.Key, node => TensorForm.Describe(node.Value)),
            session.OutputMetadata.ToDictionary(node => node.Key, node => TensorForm.Describe(node.Value)),
            new Dictionary<string, string>(session.ModelMetadata.CustomMetadataMap),
            signature.DeclaredObservation,
            signature.DeclaredAction);
    }

    private static ModelProto Parse(ReadOnlyMemory<byte> model)
    {
        const string Rule = "must be an ONNX model";
        ModelProto proto;
        try
        {
            proto = ModelProto.Parser.ParseFrom(model.Span);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw VsgGymException.Invalid("model", $"{model.Length} bytes", $"{Rule}; its bytes end early or are damaged: {error.Message}", "not_onnx");
        }

        // Many bytes that mean something else are well-formed messages of unknown fields.
        if (!proto.HasIrVersion || proto.IrVersion < OldestVersion || proto.Graph is null || proto.Graph.Node.Count == 0 || proto.OpsetImport.Count == 0)
            throw VsgGymException.Invalid("model", $"{model.Length} bytes", $"{Rule} of intermediate version {OldestVersion} or newer with a graph and its operator sets", "not_onnx");
        return proto;
    }

    private static void Structure(ModelProto model, UploadLimits limits)
    {
        var faults = new FaultList();
        foreach (var set in model.OpsetImport)
            if (!Domains.Contains(set.Domain)) faults.Add("model.opset_import", set.Domain, $"must be one of '{string.Join("', '", Domains)}'", "unknown_domain");
        foreach (var function in model.Functions)
            faults.Add("model.functions", function.Name, "a policy's file must not define operators of its own", "unknown_domain");
        int nodes = 0;
        var graphs = new Stack<GraphProto>([model.Graph]);
        while (graphs.TryPop(out var graph))
        {
            nodes += graph.Node.Count;
            foreach (var tensor in graph.Initializer) Weights(faults, tensor);
            foreach (var node in graph.Node)
            {
                if (!Domains.Contains(node.Domain))
                    faults.Add($"model.graph.{node.Name}", $"{node.Domain}.{node.OpType}", $"must be of a domain in '{string.Join("', '", Domains)}'", "unknown_domain");
                if (Loops.Contains(node.OpType)) faults.Add($"model.graph.{node.Name}", node.OpType, "a policy's file must not contain loops", "loop");
                foreach (var attribute in node.Attribute)
                {
                    if (attribute.G is not null) graphs.Push(attribute.G);
                    foreach (var inner in attribute.Graphs) graphs.Push(inner);
                    if (attribute.T is not null) Weights(faults, attribute.T);
                    foreach (var tensor in attribute.Tensors) Weights(faults, tensor);
                }
            }
        }

        if (nodes > limits.Nodes) throw VsgGymException.OverLimit("model.graph", $"{nodes} nodes", $"must have at most {limits.Nodes} nodes", "too_many_nodes");
        faults.ThrowIfAny();
    }

    private static void Weights(FaultList faults, TensorProto tensor)
    {
        if (tensor.ExternalData.Count > 0 || tensor.DataLocation == TensorProto.Types.DataLocation.External)
            faults.Add($"model.graph.{tensor.Name}", "external data", "must lie inside the file", "external_data");
    }

    private static void Trial(InferenceSession session, PolicySignature signature)
    {
        using var inputs = new OnnxInputs(TrialRows);
        if (signature.Observation!.Width is { } length) inputs.Add(BlueprintGraph.Observation, new float[TrialRows * length], length);
        else inputs.Add(BlueprintGraph.Observation, new long[TrialRows], null);
        if (signature.Noise?.Width is { } numbers) inputs.Add(BlueprintGraph.Noise, new float[TrialRows * numbers], numbers);
        if (signature.TakesTime) inputs.Add(TableGraph.Time, new long[TrialRows], null);
        if (signature.Legal?.Width is { } actions) inputs.Add(BlueprintGraph.Legal, [.. Enumerable.Repeat(true, TrialRows * actions)], actions);
        try
        {
            using var outputs = inputs.Run(session, [PolicySignature.Action]);
            long[] shape = outputs[0].GetTensorTypeAndShape().Shape, needed = signature.Played!.Width is { } width ? [TrialRows, width] : [TrialRows];
            if (!shape.AsSpan().SequenceEqual(needed))
                throw VsgGymException.Invalid("model.outputs.action", $"[{string.Join(", ", shape)}]", $"must be [{string.Join(", ", needed)}] for a batch of {TrialRows}", "wrong_shape");
        }
        catch (OnnxRuntimeException error)
        {
            throw VsgGymException.Invalid("model", "a batch of zeros", $"ONNX Runtime could not run it: {error.Message}", "model_failed");
        }
    }
}
