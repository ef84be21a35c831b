using System.Text.Json;
using Grpc.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Tests.Hosting;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Tests.Services;

public sealed class CatalogServiceTests : IAsyncLifetime
{
    private const string Nfg = "NFG 1 R \"Coordination\" { \"Ann\" \"Ben\" } { 2 2 }\n\n1 1 0 0 0 0 2 2\n";

    private ServerHost _host = null!;
    private Grpc.Net.Client.GrpcChannel _channel = null!;
    private Proto.CatalogService.CatalogServiceClient _catalog = null!;

    public async Task InitializeAsync()
    {
        _host = await ServerHost.StartAsync(Hosts.Quiet with { Limits = new ServerLimits { MaxUploads = 1, MaxNumEnvs = 7, MaxRuns = 3 } });
        _channel = Hosts.Open(_host);
        _catalog = new(_channel);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Handshake_TellsVersionsCapabilitiesAndLimits()
    {
        var answer = await _catalog.HandshakeAsync(new Proto.HandshakeRequest { ProtocolMajor = 1, ProtocolMinor = 9 });
        Assert.Equal((1, 0), (answer.ProtocolMajor, answer.ProtocolMinor));
        Assert.StartsWith("vsggym 0.", answer.Server, StringComparison.Ordinal);
        Assert.Contains("stream", answer.Capabilities);
        Assert.Contains("runs", answer.Capabilities);
        Assert.Contains("models", answer.Capabilities);
        Assert.Contains("seats.model", answer.Capabilities);
        var limits = new Proto.Limits
        {
            MaxMessageBytes = 64 << 20,
            MaxNumEnvs = 7,
            MaxEnvironments = 1024,
            MaxSolves = 8,
            MaxUploads = 1,
            MaxRuns = 3,
            MaxQueuedRuns = 100,
            MaxModels = 256,
            MaxModelBytes = 64 << 20,
            MaxSolveBytes = 4L << 30,
            IdleSeconds = 1800,
            OrphanSeconds = 30,
        };
        Assert.Equal(limits, answer.Limits);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 5)]
    public async Task Handshake_OfAnotherMajorVersion_IsRefusedWithBothNamed(int major, int minor)
    {
        var error = await FailAsync(() => _catalog.HandshakeAsync(new Proto.HandshakeRequest { ProtocolMajor = major, ProtocolMinor = minor }));
        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("1.0", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains($"{major}.{minor}", error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("protocol_mismatch", Assert.Single(Hosts.ErrorOf(error).Faults).Reason);
    }

    [Fact]
    public async Task List_IsSortedByKindThenById()
    {
        var entries = (await _catalog.ListAsync(new Proto.ListRequest())).Entries;
        Assert.Equal(entries.OrderBy(e => e.Kind).ThenBy(e => e.Id, StringComparer.Ordinal), entries);
        Assert.All(entries, entry => Assert.NotEmpty(entry.Summary));
        Assert.All(entries, entry => Assert.NotEmpty(entry.Sources));
        var solvers = (await _catalog.ListAsync(new Proto.ListRequest { Kind = Proto.EntryKind.Solver })).Entries;
        Assert.Equal(entries.Where(e => e.Kind == Proto.EntryKind.Solver), solvers);
    }

    [Fact]
    public async Task List_OfAnUnknownKind_IsInvalid() =>
        Assert.Equal("kind", Assert.Single(Hosts.ErrorOf(await FailAsync(() => _catalog.ListAsync(new Proto.ListRequest { Kind = (Proto.EntryKind)9 }))).Faults).Path);

    [Fact]
    public async Task Describe_OfEveryEntry_HasASchemaItsDefaultsAndForGamesSpaces()
    {
        foreach (var entry in (await _catalog.ListAsync(new Proto.ListRequest())).Entries)
        {
            var answer = await _catalog.DescribeAsync(new Proto.DescribeRequest { Id = entry.Id });
            Assert.Equal(entry, answer.Entry);
            Assert.Equal("object", JsonDocument.Parse(answer.OptionsSchemaJson).RootElement.GetProperty("type").GetString());
            Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(answer.DefaultOptionsJson).RootElement.ValueKind);
            Assert.Equal(entry.Kind == Proto.EntryKind.Game, answer.Game?.Players.Count > 0);
        }
    }

    [Fact]
    public async Task Describe_OfAGameWithOptions_IsUnderThem()
    {
        var game = new Proto.GameSpec { Id = "climbing-v0", OptionsJson = """{"horizon": 5}""" };
        var answer = await _catalog.DescribeAsync(new Proto.DescribeRequest { Game = game });
        Assert.Equal(5, answer.Game.Horizon);
        Assert.Equal("""{"horizon":5,"discount":null,"repeat":false,"observation":"index"}""", answer.Game.OptionsJson);
        Assert.Equal((-30, 11), (answer.Game.LowestReward, answer.Game.HighestReward));
        Assert.Equal(["player_0", "player_1"], answer.Game.Players.Select(player => player.Name));
        Assert.Equal(["A", "B", "C"], answer.Game.Players[0].Action.Discrete.Labels);
    }

    [Theory]
    [InlineData("climbing", StatusCode.NotFound)]
    [InlineData("", StatusCode.NotFound)]
    [InlineData("upload-0123", StatusCode.NotFound)]
    public async Task Describe_OfAnUnknownId_IsNotFound(string id, StatusCode status) =>
        Assert.Equal(status, (await FailAsync(() => _catalog.DescribeAsync(new Proto.DescribeRequest { Id = id }))).StatusCode);

    [Fact]
    public async Task Describe_OfNothing_IsInvalid() =>
        Assert.Equal(StatusCode.InvalidArgument, (await FailAsync(() => _catalog.DescribeAsync(new Proto.DescribeRequest()))).StatusCode);

    [Fact]
    public async Task Upload_OfTheSameContent_GivesTheSameIdAndIsKeptOnce()
    {
        var request = new Proto.UploadGameRequest { Game = new Proto.GameSpec { Nfg = Nfg } };
        string id = (await _catalog.UploadGameAsync(request)).Id;
        Assert.Matches("^upload-[0-9a-f]{16,}$", id);
        Assert.Equal(id, (await _catalog.UploadGameAsync(request)).Id);
        var answer = await _catalog.DescribeAsync(new Proto.DescribeRequest { Id = id });
        Assert.Equal(id, answer.Entry.Id);
        Assert.Equal(["Ann", "Ben"], answer.Game.Players.Select(player => player.Name));

        var another = new Proto.UploadGameRequest { Game = new Proto.GameSpec { Nfg = Nfg.Replace("2 2\n", "3 3\n", StringComparison.Ordinal) } };
        var full = await FailAsync(() => _catalog.UploadGameAsync(another));
        Assert.Equal(StatusCode.ResourceExhausted, full.StatusCode);
        Assert.Contains("--max-uploads", full.Status.Detail, StringComparison.Ordinal);
    }

    private static Task<RpcException> FailAsync<T>(Func<AsyncUnaryCall<T>> call) =>
        Assert.ThrowsAsync<RpcException>(async () => await call());
}
