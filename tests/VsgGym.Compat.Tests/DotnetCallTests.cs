using Grpc.Core;
using Grpc.Net.Client;
using VsgGym.Compat.Tests.Protos;

namespace VsgGym.Compat.Tests;

/// <summary>Each kind of call with the official .NET client against the official server.</summary>
public sealed class DotnetCallTests(ProbeHost host) : IClassFixture<ProbeHost>, IDisposable
{
    private readonly GrpcChannel _channel = host.OpenChannel();

    private Probe.ProbeClient Client => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task Unary_ReturnsTheAnswer()
    {
        var pong = await Client.UnaryAsync(new Ping { Text = "hello", Number = 3 });

        Assert.Equal("hello", pong.Text);
        Assert.Equal(3, pong.Number);
    }

    [Fact]
    public void BlockingUnary_ReturnsTheAnswer() => Assert.Equal(5, Client.Unary(new Ping { Number = 5 }).Number);

    [Fact]
    public async Task UnaryOverUnixSocket_ReturnsTheAnswer()
    {
        using var channel = host.OpenUnixChannel();

        var pong = await new Probe.ProbeClient(channel).UnaryAsync(new Ping { Number = 11 });

        Assert.Equal(11, pong.Number);
    }

    [Fact]
    public async Task ServerStream_DeliversEveryMessageInOrder()
    {
        using var call = Client.Count(new Ping { Number = 100 });
        var numbers = new List<long>();

        await foreach (var pong in call.ResponseStream.ReadAllAsync())
            numbers.Add(pong.Number);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ClientStream_SumsEveryMessage()
    {
        using var call = Client.Sum();
        for (var i = 1; i <= 100; i++)
            await call.RequestStream.WriteAsync(new Ping { Number = i });
        await call.RequestStream.CompleteAsync();

        Assert.Equal(5050, (await call).Number);
    }

    [Fact]
    public async Task BothStreams_AnswerEachMessageBeforeTheNext()
    {
        using var call = Client.Chat();
        for (var i = 0; i < 50; i++)
        {
            await call.RequestStream.WriteAsync(new Ping { Number = i });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(2 * i, call.ResponseStream.Current.Number);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }
}
