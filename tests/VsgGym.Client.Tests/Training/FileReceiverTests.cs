using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client.Tests;

public sealed class FileReceiverTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"vsggym-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task TwoFiles_ArriveWhole()
    {
        var paths = await ReceiveAsync([.. File("a.onnx"), .. File("b.json")]);
        Assert.Equal([Path.Combine(_folder, "a.onnx"), Path.Combine(_folder, "b.json")], paths);
        Assert.All(paths, path => Assert.Equal(Content, System.IO.File.ReadAllBytes(path)));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task EmptyFile_Arrives()
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData([]));
        var paths = await ReceiveAsync([new Wire.FileChunk { Name = "empty", Sha256 = hash }]);
        Assert.Empty(await System.IO.File.ReadAllBytesAsync(paths[0]));
    }

    [Fact]
    public async Task WrongHash_LeavesNoFile()
    {
        var chunks = File("a.onnx");
        chunks[^1].Sha256 = new string('0', 64);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ReceiveAsync(chunks));
        Assert.Contains("a.onnx has 1000 bytes with SHA-256 " + Hash, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task WrongHash_KeepsTheFileThatWasThere()
    {
        Directory.CreateDirectory(_folder);
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, "a.onnx"), "before");
        var chunks = File("a.onnx");
        chunks[0].Bytes = 999;
        await Assert.ThrowsAsync<InvalidDataException>(() => ReceiveAsync(chunks));
        Assert.Equal("before", await System.IO.File.ReadAllTextAsync(Path.Combine(_folder, "a.onnx")));
    }

    [Theory]
    [InlineData("../a.onnx")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a\\b")]
    public async Task NameThatLeadsElsewhere_IsRefused(string name) => await Assert.ThrowsAsync<InvalidDataException>(() => ReceiveAsync(File(name)));

    [Fact]
    public async Task StreamThatEndsEarly_IsRefusedAndLeavesNoFile()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => ReceiveAsync(File("a.onnx")[..1]));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task DataBeforeAName_IsRefused() => await Assert.ThrowsAsync<InvalidDataException>(() => ReceiveAsync(File("a.onnx")[1..]));

    private static Wire.FileChunk[] File(string name) =>
    [
        new Wire.FileChunk { Name = name, Bytes = Content.Length, Data = ByteString.CopyFrom(Content[..600]) },
        new Wire.FileChunk { Data = ByteString.CopyFrom(Content[600..]), Sha256 = Hash },
    ];

    private Task<IReadOnlyList<string>> ReceiveAsync(Wire.FileChunk[] chunks) =>
        FileReceiver.ReceiveAsync(new Chunks(chunks), name => Path.Combine(_folder, name), "download", CancellationToken.None);

    private sealed class Chunks(Wire.FileChunk[] chunks) : IAsyncStreamReader<Wire.FileChunk>
    {
        private int _at = -1;

        public Wire.FileChunk Current => chunks[_at];

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(++_at < chunks.Length);
    }
}
