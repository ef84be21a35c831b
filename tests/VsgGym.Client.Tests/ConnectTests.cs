using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VsgGym.Client.Tests;

public sealed class ConnectTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Connect_OverTcpAndUnix_TellsServerAndLimits()
    {
        foreach (string address in (string[])[server.Tcp, server.Unix, "http://" + server.Tcp])
        {
            await using var client = await VsgGymClient.ConnectAsync(address);
            Assert.StartsWith("1.", client.Server.Protocol, StringComparison.Ordinal);
            Assert.NotEmpty(client.Server.Name);
            Assert.Equal(65536, client.Server.Limits.MaxNumEnvs);
            Assert.Equal(64 << 20, client.Server.Limits.MaxMessageBytes);
            Assert.Contains("stream", client.Server.Capabilities);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("unix:")]
    [InlineData("ftp://localhost:1")]
    [InlineData("localhost:0")]
    [InlineData("localhost:99999")]
    [InlineData("http://localhost:1/path")]
    public async Task Connect_ToMalformedAddress_NamesAddress(string address) =>
        await Faulty.ThrowsAsync<InvalidArgumentException>(() => VsgGymClient.ConnectAsync(address), "address", address);

    [Theory]
    [InlineData("127.0.0.1:1")]
    [InlineData("unix:/tmp/no-such-vsggym.sock")]
    public async Task Connect_WhereNothingListens_NamesSocketStage(string address)
    {
        var error = await Assert.ThrowsAsync<UnavailableException>(() => VsgGymClient.ConnectAsync(address));
        Assert.Contains("stage: socket", error.Message, StringComparison.Ordinal);
        Faulty.Check(error, "address", address);
    }

    [Fact]
    public async Task Connect_ToAnotherKindOfServer_NamesHttpStage()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerOnceAsync(listener);
        var error = await Assert.ThrowsAsync<UnavailableException>(() => VsgGymClient.ConnectAsync($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        Assert.Contains("stage: HTTP/2", error.Message, StringComparison.Ordinal);
        await serving;
    }

    [Fact]
    public async Task Connect_ToServerThatNeverAnswers_EndsWithHandshakeStage()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new ClientOptions { ConnectTimeout = TimeSpan.FromMilliseconds(300) };
        string address = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var error = await Assert.ThrowsAsync<UnavailableException>(() => VsgGymClient.ConnectAsync(address, options));
        Assert.Contains("stage: handshake", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_ToAnotherMajorVersion_NamesBoth()
    {
        await using var other = await FakeServer.StartAsync(major: 2);
        var fault = await Faulty.ThrowsAsync<FailedPreconditionException>(() => VsgGymClient.ConnectAsync(other.Address), "protocol_major", "2.3");
        Assert.Equal("protocol_mismatch", fault.Reason);
        Assert.Contains("speaks protocol 1.0", fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_WithOptionsOutOfRange_NamesThem()
    {
        foreach (var span in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromSeconds(-5)])
        {
            await Faulty.ThrowsAsync<InvalidArgumentException>(() => server.ConnectAsync(new() { Timeout = span }), "timeout", $"{span.TotalSeconds} s");
            await Faulty.ThrowsAsync<InvalidArgumentException>(() => server.ConnectAsync(new() { ConnectTimeout = span }), "connect_timeout", $"{span.TotalSeconds} s");
        }

        await Faulty.ThrowsAsync<InvalidArgumentException>(() => server.ConnectAsync(new() { MaxMessageBytes = 0 }), "max_message_bytes", "0");
    }

    [Fact]
    public async Task Connect_Cancelled_ThrowsOperationCanceled()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        string address = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VsgGymClient.ConnectAsync(address, cancellationToken: stop.Token));
    }

    private static async Task AnswerOnceAsync(TcpListener listener)
    {
        using var peer = await listener.AcceptTcpClientAsync();
        await peer.GetStream().ReadAtLeastAsync(new byte[4096], 1); // the preface of HTTP/2, which it does not understand
        await peer.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
    }
}
