using Grpc.Core;
using Microsoft.Extensions.Logging;
using VsgGym.Core;
using VsgGym.Server.Hosting;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Tests.Hosting;

public sealed class ErrorTests : IAsyncLifetime
{
    private const int Limit = 4096;
    private const string Catalog = "vsggym.v1.CatalogService";

    private ServerHost _host = null!;

    public async Task InitializeAsync() => _host = await ServerHost.StartAsync(Hosts.Quiet with { Limits = new ServerLimits { MaxMessageBytes = Limit } });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Message_AboveTheLimit_NamesTheLimitAndTheWayOut()
    {
        using var channel = Hosts.Open(_host);
        var request = new Proto.HandshakeRequest { ProtocolMajor = 1, Client = new string('x', Limit) };
        var error = await Assert.ThrowsAsync<RpcException>(async () => await new Proto.CatalogService.CatalogServiceClient(channel).HandshakeAsync(request));
        AssertTooLarge(error);
    }

    [Fact]
    public async Task Message_AboveTheLimitInAStream_NamesTheLimitAndTheWayOut()
    {
        using var channel = Hosts.Open(_host);
        using var stream = new Proto.EnvironmentService.EnvironmentServiceClient(channel).Connect();
        await stream.RequestStream.WriteAsync(new Proto.EnvironmentRequest { Make = new Proto.MakeRequest { Game = new Proto.GameSpec { Id = "climbing-v0" } } });
        Assert.True(await stream.ResponseStream.MoveNext());
        await stream.RequestStream.WriteAsync(new Proto.EnvironmentRequest { Close = new Proto.CloseRequest { EnvironmentId = new string('x', Limit) } });
        AssertTooLarge(await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext()));
    }

    [Fact]
    public async Task Message_ThatIsNone_IsInvalid()
    {
        using var channel = Hosts.Open(_host);
        var error = await Assert.ThrowsAsync<RpcException>(() => Hosts.SendAsync(channel, Catalog, "Handshake", [0xFF, 0xFF, 0xFF]));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("malformed_message", Assert.Single(Hosts.ErrorOf(error).Faults).Reason);
    }

    [Fact]
    public async Task Message_ThatIsNoneInAStream_IsInvalid()
    {
        using var channel = Hosts.Open(_host);
        var bytes = Marshallers.Create<byte[]>(data => data, data => data);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "vsggym.v1.EnvironmentService", "Connect", bytes, bytes);
        using var stream = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions());
        await stream.RequestStream.WriteAsync([0xFF, 0xFF, 0xFF]);
        var error = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("malformed_message", Assert.Single(Hosts.ErrorOf(error).Faults).Reason);
    }

    [Fact]
    public async Task Method_ThatIsUnknown_IsUnimplemented()
    {
        using var channel = Hosts.Open(_host);
        var error = await Assert.ThrowsAsync<RpcException>(() => Hosts.SendAsync(channel, Catalog, "Nothing", []));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Theory]
    [InlineData(ErrorKind.InvalidArgument, StatusCode.InvalidArgument)]
    [InlineData(ErrorKind.NotFound, StatusCode.NotFound)]
    [InlineData(ErrorKind.FailedPrecondition, StatusCode.FailedPrecondition)]
    [InlineData(ErrorKind.ResourceExhausted, StatusCode.ResourceExhausted)]
    [InlineData(ErrorKind.Numerical, StatusCode.Aborted)]
    public void Table_OfACallersFault_GivesItsStatusAndEveryFault(ErrorKind kind, StatusCode status)
    {
        var faults = new[] { new Fault("a.b", "1", "must be 2", "wrong"), new Fault("c", "", "is required", "missing") };
        var error = ToStatus(new VsgGymException(kind, faults), out var log);
        Assert.Equal(status, error.StatusCode);
        Assert.Equal(faults.Select(f => (f.Path, f.Value, f.Rule, f.Reason)), Hosts.ErrorOf(error).Faults.Select(f => (f.Path, f.Value, f.Rule, f.Reason)));
        Assert.DoesNotContain(log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public void Table_OfOurOwnBug_TellsOnlyANumberThatTheLogHas()
    {
        var error = ToStatus(new InvalidOperationException("the secret inside"), out var log);
        Assert.Equal(StatusCode.Internal, error.StatusCode);
        string id = Assert.Single(Hosts.ErrorOf(error).Faults).Value;
        Assert.Contains(id, error.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        var entry = Assert.Single(log.Entries);
        Assert.Equal((LogLevel.Error, 200), (entry.Level, entry.Id.Id));
        Assert.Contains(id, entry.Text, StringComparison.Ordinal);
        Assert.Equal("the secret inside", entry.Error!.Message);
    }

    [Fact]
    public void Table_OfACancelledCall_IsNoBug()
    {
        Assert.Equal(StatusCode.Cancelled, ToStatus(new OperationCanceledException(), out var log).StatusCode);
        Assert.Empty(log.Entries);
    }

    [Fact]
    public void Rich_OfVeryManyFaults_FitsTheTrailersClientsTake()
    {
        var list = new FaultList();
        for (int i = 0; i < 200; i++) list.Add($"transitions[{i}]", new string('é', 100), new string('x', 100));
        var error = ToStatus(list.ToException(), out _);
        Assert.True(error.Trailers.GetValueBytes(RichErrors.Trailer)!.Length * 4 / 3 < 6500);
        Assert.True(Uri.EscapeDataString(error.Status.Detail).Length < 3500);
        var sent = Hosts.ErrorOf(error);
        Assert.Equal("transitions[0]", sent.Faults[0].Path);
        Assert.Equal("cut", sent.Faults[^1].Reason);
    }

    private static RpcException ToStatus(Exception error, out RecordingLogger log) =>
        new ErrorTable(new ServerLimits(), log = new RecordingLogger()).ToStatus(error, "/test/Test", CancellationToken.None);

    private static void AssertTooLarge(RpcException error)
    {
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Contains($"at most {Limit} bytes", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("--max-message-bytes", error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("message_too_large", Assert.Single(Hosts.ErrorOf(error).Faults).Reason);
    }
}
