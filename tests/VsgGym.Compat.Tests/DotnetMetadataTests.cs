using Grpc.Core;
using Grpc.Net.Client;
using VsgGym.Compat.Tests.Protos;

namespace VsgGym.Compat.Tests;

/// <summary>Headers, trailers and compression with the official .NET client.</summary>
public sealed class DotnetMetadataTests(ProbeHost host) : IClassFixture<ProbeHost>, IDisposable
{
    private static readonly byte[] Bytes = [0, 1, 2, 253, 254, 255];

    private readonly GrpcChannel _channel = host.OpenChannel();

    private Probe.ProbeClient Client => new(_channel);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task HeadersAndTrailers_CarryTextAndBytes()
    {
        var sent = new Metadata { { "X-Text", "plain" }, { "x-data-bin", Bytes } };

        using var call = Client.UnaryAsync(new Ping { Text = "metadata" }, sent);
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("plain in headers", headers.GetValue("x-text"));
        Assert.Equal(Bytes, headers.GetValueBytes("x-data-bin"));
        Assert.Equal("plain in trailers", call.GetTrailers().GetValue("x-text"));
        Assert.Equal(Bytes.Reverse(), call.GetTrailers().GetValueBytes("x-data-bin"));
    }

    [Fact]
    public async Task Gzip_IsUsedBothWays()
    {
        var bytes = Google.Protobuf.ByteString.CopyFrom(new byte[100_000]);
        var headers = new Metadata { { "grpc-internal-encoding-request", "gzip" } };

        using var call = Client.UnaryAsync(new Ping { Text = "encoding", Blob = bytes }, headers);
        var pong = await call;

        Assert.Equal(bytes, pong.Blob);
        Assert.Equal("gzip", call.GetTrailers().GetValue("x-request-encoding"));
        Assert.Equal("gzip", (await call.ResponseHeadersAsync).GetValue("x-response-encoding"));
    }

    [Fact]
    public async Task NoCompressionAsked_RequestGoesPlain()
    {
        using var call = Client.UnaryAsync(new Ping { Text = "encoding" });
        await call;

        Assert.NotEqual("gzip", call.GetTrailers().GetValue("x-request-encoding"));
    }
}
