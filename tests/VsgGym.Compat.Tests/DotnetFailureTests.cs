using Grpc.Core;
using Grpc.Net.Client;
using VsgGym.Compat.Tests.Protos;

namespace VsgGym.Compat.Tests;

/// <summary>Deadlines, cancellation, errors and message limits with the official .NET client.</summary>
public sealed class DotnetFailureTests(ProbeHost host) : IClassFixture<ProbeHost>, IDisposable
{
    private const int Sixteen = 16 * 1024 * 1024;

    private readonly GrpcChannel _channel = host.OpenChannel();

    private Probe.ProbeClient Client => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task DeadlinePassed_FailsAndTheServerSeesIt()
    {
        await Client.UnaryAsync(new Ping()); // connects, so that the call below reaches the server within its deadline
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.UnaryAsync(new Ping { Text = "wait", Number = 101 }, deadline: deadline));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Equal(101, (await Client.UnaryAsync(new Ping { Text = "seen", Number = 101 })).Number);
    }

    [Fact]
    public async Task CanceledUnary_FailsAndTheServerSeesIt()
    {
        using var cancellation = new CancellationTokenSource();
        var call = Client.UnaryAsync(new Ping { Text = "wait", Number = 102 }, cancellationToken: cancellation.Token);
        await Client.UnaryAsync(new Ping { Text = "begun", Number = 102 });

        await cancellation.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        Assert.Equal(102, (await Client.UnaryAsync(new Ping { Text = "seen", Number = 102 })).Number);
    }

    [Fact]
    public async Task DisposedStream_IsCanceledOnTheServer()
    {
        using (var call = Client.Count(new Ping { Text = "then wait", Number = 3 }))
            Assert.True(await call.ResponseStream.MoveNext());

        Assert.Equal(3, (await Client.UnaryAsync(new Ping { Text = "seen", Number = 3 })).Number);
    }

    [Fact]
    public async Task RichStatus_SurvivesAndDecodes()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await Client.UnaryAsync(new Ping { Text = "rich" }));

        var status = RichStatus.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal("the field is wrong", failure.Status.Detail);
        Assert.Equal("look at the field", failure.Trailers.GetValue("x-hint"));
        Assert.Equal((int)StatusCode.InvalidArgument, status.Code);
        Assert.Equal(17, Assert.Single(status.Details).Unpack<Ping>().Number);
    }

    [Fact]
    public async Task NoServer_IsUnavailable()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await new Probe.ProbeClient(channel).UnaryAsync(new Ping()));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    [Fact]
    public async Task SixteenMegabytes_PassBothWays()
    {
        using var channel = host.OpenChannel(ProbeHost.MessageLimit);
        var bytes = new byte[Sixteen];
        new XorFill(7).Fill(bytes);

        var pong = await new Probe.ProbeClient(channel).UnaryAsync(
            new Ping { Blob = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(bytes) });

        Assert.True(pong.Blob.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task RequestOverTheServersLimit_SaysSo()
    {
        using var channel = host.OpenChannel(ProbeHost.MessageLimit);
        var bytes = new byte[ProbeHost.MessageLimit + 1];

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await new Probe.ProbeClient(channel).UnaryAsync(
            new Ping { Blob = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(bytes) }));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Contains("maximum configured message size", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResponseOverTheClientsLimit_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.UnaryAsync(new Ping { Text = "large", Number = Sixteen }));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Contains("maximum configured message size", failure.Status.Detail, StringComparison.Ordinal);
    }
}
