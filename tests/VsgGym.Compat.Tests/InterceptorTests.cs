using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using VsgGym.Compat.Tests.Protos;

namespace VsgGym.Compat.Tests;

/// <summary>Interceptors on both sides, for each kind of call.</summary>
public sealed class InterceptorTests(ProbeHost host) : IClassFixture<ProbeHost>, IDisposable
{
    private readonly GrpcChannel _channel = host.OpenChannel();

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task ServerInterceptor_SeesEachKindOfCall()
    {
        var client = new Probe.ProbeClient(_channel);

        using var unary = client.UnaryAsync(new Ping());
        await unary;
        using var count = client.Count(new Ping());
        Assert.False(await count.ResponseStream.MoveNext());
        using var sum = client.Sum();
        await sum.RequestStream.CompleteAsync();
        await sum;
        using var chat = client.Chat();
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());

        Assert.Equal("unary", unary.GetTrailers().GetValue(KindInterceptor.Trailer));
        Assert.Equal("server stream", count.GetTrailers().GetValue(KindInterceptor.Trailer));
        Assert.Equal("client stream", sum.GetTrailers().GetValue(KindInterceptor.Trailer));
        Assert.Equal("both streams", chat.GetTrailers().GetValue(KindInterceptor.Trailer));
    }

    [Fact]
    public async Task ClientInterceptors_SeeEachKindOfCallFirstToLast()
    {
        var calls = new List<string>();
        var client = new Probe.ProbeClient(_channel.Intercept(new Recorder("a", calls), new Recorder("b", calls)));

        client.Unary(new Ping());
        await client.UnaryAsync(new Ping());
        using (client.Count(new Ping()))
        using (client.Sum())
        using (client.Chat())
        {
        }

        Assert.Equal(
            ["a blocking", "b blocking", "a unary", "b unary", "a count", "b count", "a sum", "b sum", "a chat", "b chat"],
            calls);
    }

    [Fact]
    public async Task HeaderFunction_ChangesTheHeadersSent()
    {
        var invoker = _channel.Intercept(headers =>
        {
            headers.Add("x-text", "added");
            headers.Add("x-data-bin", [7]);
            return headers;
        });

        using var call = new Probe.ProbeClient(invoker).UnaryAsync(new Ping { Text = "metadata" });
        await call;

        Assert.Equal("added in trailers", call.GetTrailers().GetValue("x-text"));
    }

    private sealed class Recorder(string name, List<string> calls) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            calls.Add(name + " blocking");
            return continuation(request, context);
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            calls.Add(name + " unary");
            return continuation(request, context);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            calls.Add(name + " count");
            return continuation(request, context);
        }

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            calls.Add(name + " sum");
            return continuation(context);
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            calls.Add(name + " chat");
            return continuation(context);
        }
    }
}
