using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Models;

namespace VsgGym.Server.Tests.Models;

public sealed class IncomingFileTests
{
    private const long Most = 300_000;

    private static readonly byte[] Content = [.. Enumerable.Range(0, 150_000).Select(i => (byte)(i * 7))];

    public static TheoryData<string, string, string> Malformed => new()
    {
        { "[]", "chunks", "missing" },
        { """[{"bytes": 3, "data": "AAAA"}]""", "name", "missing" },
        { """[{"name": "../x.onnx", "bytes": 3}]""", "name", "malformed" },
        { """[{"name": "..", "bytes": 3}]""", "name", "malformed" },
        { """[{"name": "x", "data": "AAAA"}]""", "bytes", "out_of_range" },
        { """[{"name": "x", "bytes": -4, "data": "AAAA"}]""", "bytes", "out_of_range" },
        { """[{"name": "x", "bytes": 2, "data": "AAAA"}]""", "chunks[0].data", "wrong_size" },
        { """[{"name": "x", "bytes": 4, "data": "AAAA"}, {"data": "AAAA"}]""", "chunks[1].data", "wrong_size" },
        { """[{"name": "x", "bytes": 6, "data": "AAAA"}, {"name": "y", "data": "AAAA"}]""", "chunks[1].name", "repeated" },
        { """[{"name": "x", "bytes": 6, "data": "AAAA"}, {"bytes": 6, "data": "AAAA"}]""", "chunks[1].bytes", "repeated" },
        { """[{"name": "x", "bytes": 6, "data": "AAAA", "sha256": "ab"}, {"data": "AAAA"}]""", "chunks[1]", "after_end" },
        { """[{"name": "x", "bytes": 3, "data": "AAAA"}]""", "sha256", "missing" },
        { """[{"name": "x", "bytes": 3, "data": "AAAA", "sha256": "zz"}]""", "sha256", "malformed" },
        { """[{"name": "x", "bytes": 3, "data": "AAAA", "sha256": "709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147d"}]""", "sha256", "wrong_hash" },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(FileChunks.Size)]
    [InlineData(FileChunks.Size + 1)]
    [InlineData(150_000)]
    public void Chunks_OfAFile_GiveTheFileBack(int length)
    {
        var bytes = Content.AsMemory(0, length);
        var chunks = FileChunks.Split("policy.hunter.onnx", bytes, StoredModel.HashOf(bytes.Span)).ToList();
        Assert.Equal((length + FileChunks.Size - 1) / FileChunks.Size, chunks.Count);
        Assert.All(chunks[1..], chunk => Assert.Equal((string.Empty, 0L), (chunk.Name, chunk.Bytes)));
        Assert.All(chunks[..^1], chunk => Assert.Empty(chunk.Sha256));
        var file = Receive(chunks);
        Assert.Equal("policy.hunter.onnx", file.Name);
        Assert.Equal(bytes.ToArray(), file.Bytes.ToArray());
        Assert.Equal(StoredModel.HashOf(bytes.Span), file.Sha256);
    }

    [Fact]
    public void HashOfZeros_IsKnown()
    {
        // printf '\0\0\0' | sha256sum
        Assert.Equal("709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c", StoredModel.HashOf([0, 0, 0]));
        var file = Receive([new FileChunk { Name = "x", Bytes = 3, Data = ByteString.CopyFrom(0, 0, 0), Sha256 = "709E80C88487A2411E1EE4DFB9F22A861492D20C4765150C0C794ABD70F8147C" }]);
        Assert.Equal("709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c", file.Sha256);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Upload_ThatIsMalformed_NamesTheField(string json, string path, string reason)
    {
        var chunks = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsArray().Select(node => FileChunk.Parser.ParseJson(node!.ToJsonString()));
        var error = Assert.Throws<VsgGymException>(() => Receive(chunks));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        Assert.Equal((path, reason), (error.Faults[0].Path, error.Faults[0].Reason));
    }

    [Fact]
    public void FirstChunk_WithManyFaults_NamesThemAll()
    {
        var error = Assert.Throws<VsgGymException>(() => Receive([new FileChunk { Name = "a/b", Bytes = -1 }]));
        Assert.Equal(["name", "bytes"], error.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void CutStream_SaysHowMuchCame()
    {
        var error = Assert.Throws<VsgGymException>(() => Receive([new FileChunk { Name = "x", Bytes = 5, Data = ByteString.CopyFrom(1, 2) }]));
        Assert.Equal(["bytes", "sha256"], error.Faults.Select(fault => fault.Path));
        Assert.Contains("only 2 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnnouncedSize_AboveTheLimit_IsRefusedBeforeAnyData()
    {
        var error = Assert.Throws<VsgGymException>(() => new IncomingFile(Most).Add(new FileChunk { Name = "x", Bytes = Most + 1 }));
        Assert.Equal((ErrorKind.ResourceExhausted, "bytes", "model_too_large"), (error.Kind, error.Faults[0].Path, error.Faults[0].Reason));
        Assert.Contains("--max-model-bytes", error.Message, StringComparison.Ordinal);
    }

    private static ReceivedFile Receive(IEnumerable<FileChunk> chunks)
    {
        var file = new IncomingFile(Most);
        foreach (var chunk in chunks) file.Add(chunk);
        return file.Finish();
    }
}
