using Grpc.Core;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client.Tests;

/// <summary>Tokens and deadlines that fire while, just after, or before a stream's exchange.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task Step_CancelledMidExchange_EndsTheEnvironmentWithAClearError()
    {
        await using var server = await FakeServer.StartAsync();
        await using var client = await VsgGymClient.ConnectAsync(server.Address);
        await using var env = await client.MakeAsync("pursuit-v0");
        using var stop = new CancellationTokenSource();
        var step = env.StepAsync(stop.Token).AsTask();
        await server.StepArrived;
        await stop.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        Assert.Equal(stop.Token, cancelled.CancellationToken);
        Assert.Contains("the environment is closed", cancelled.Message, StringComparison.Ordinal);
        var after = await Assert.ThrowsAsync<UnavailableException>(() => env.StepAsync().AsTask());
        Assert.Equal("stream_ended", Faulty.Check(after, "connection", string.Empty).Reason);
    }

    [Fact]
    public async Task Step_WithoutAnAnswerInTime_NamesTheTimeout()
    {
        await using var server = await FakeServer.StartAsync();
        await using var client = await VsgGymClient.ConnectAsync(server.Address, new() { Timeout = TimeSpan.FromSeconds(0.4) });
        await using var env = await client.MakeAsync("pursuit-v0");
        var fault = await Faulty.ThrowsAsync<DeadlineExceededException>(env.StepAsync(), "timeout", "0.4 s");
        Assert.Equal("deadline", fault.Reason);
        Assert.Contains("ClientOptions.Timeout", fault.Rule, StringComparison.Ordinal);
        await Faulty.ThrowsAsync<UnavailableException>(env.StepAsync(), "timeout", "0.4 s"); // why the stream had ended
    }

    [Fact]
    public async Task UnaryStep_WithoutAnAnswerInTime_NamesTheTimeout()
    {
        await using var server = await FakeServer.StartAsync();
        await using var client = await VsgGymClient.ConnectAsync(server.Address, new() { Timeout = TimeSpan.FromSeconds(0.4), Transport = EnvironmentTransport.Unary });
        await using var env = await client.MakeAsync("pursuit-v0");
        await Faulty.ThrowsAsync<DeadlineExceededException>(env.StepAsync(), "timeout");
    }

    [Fact]
    public async Task Dispose_WithAUnaryCallInFlight_StillCloses()
    {
        await using var server = await FakeServer.StartAsync();
        await using var client = await VsgGymClient.ConnectAsync(server.Address, new() { Transport = EnvironmentTransport.Unary });
        var env = await client.MakeAsync("pursuit-v0");
        using var stop = new CancellationTokenSource();
        var step = env.StepAsync(stop.Token).AsTask();
        await server.StepArrived;
        await env.DisposeAsync();
        Assert.Equal(env.Id, await server.Closed.WaitAsync(TimeSpan.FromSeconds(10)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
    }

    [Fact]
    public async Task Token_ThatFiresAsTheAnswerArrives_LeavesTheStreamUsable()
    {
        var wire = new Loopback();
        await using var calls = new StreamCalls(new(wire), new Caller(new ClientOptions(), [], TimeProvider.System));
        for (int t = 0; t < 3; t++)
        {
            using var stop = new CancellationTokenSource();
            wire.OnAnswer = stop.Cancel;
            Assert.NotNull(await calls.StepAsync(new Wire.StepRequest(), stop.Token));
            wire.OnAnswer = null;
            Assert.NotNull(await calls.StepAsync(new Wire.StepRequest(), CancellationToken.None));
        }
    }

    /// <summary>A transport of its own that answers every request at once with a step.</summary>
    private sealed class Loopback : CallInvoker, IClientStreamWriter<Wire.EnvironmentRequest>, IAsyncStreamReader<Wire.EnvironmentResponse>
    {
        public Action? OnAnswer { get; set; }

        public WriteOptions? WriteOptions { get; set; }

        public Wire.EnvironmentResponse Current { get; } = new() { Step = new() };

        public Task WriteAsync(Wire.EnvironmentRequest message) => Task.CompletedTask;

        public Task WriteAsync(Wire.EnvironmentRequest message, CancellationToken cancellationToken) =>
            cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

        public Task CompleteAsync() => Task.CompletedTask;

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            OnAnswer?.Invoke();
            return Task.FromResult(true);
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            new((IClientStreamWriter<TRequest>)(object)this, (IAsyncStreamReader<TResponse>)(object)this, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();
    }
}
