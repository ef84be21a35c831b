using Google.Protobuf;
using Grpc.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Models;

namespace VsgGym.Server.Tests.Services;

/// <summary>Files of models to a server and back.</summary>
internal static class ModelTransfer
{
    public static Task<Model> UploadAsync(ModelService.ModelServiceClient client, byte[] bytes, string name = "policy.onnx") =>
        UploadAsync(client, FileChunks.Split(name, bytes, StoredModel.HashOf(bytes)));

    public static async Task<Model> UploadAsync(ModelService.ModelServiceClient client, IEnumerable<FileChunk> chunks)
    {
        using var call = client.Upload();
        try
        {
            foreach (var chunk in chunks) await call.RequestStream.WriteAsync(chunk);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            // the server has refused the file before its end; its answer says why
        }

        return await call.ResponseAsync;
    }

    public static async Task<List<FileChunk>> DownloadAsync(ModelService.ModelServiceClient client, string id)
    {
        using var call = client.Download(new ModelRequest { ModelId = id });
        var chunks = new List<FileChunk>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None)) chunks.Add(call.ResponseStream.Current);
        return chunks;
    }

    public static byte[] Join(IEnumerable<FileChunk> chunks) => [.. chunks.SelectMany(chunk => chunk.Data)];

    public static FileChunk Chunk(string name, long bytes, byte[] data, string sha256 = "") => new() { Name = name, Bytes = bytes, Data = ByteString.CopyFrom(data), Sha256 = sha256 };
}
