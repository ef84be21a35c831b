using System.Buffers.Binary;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace VsgGym.Server.Bench;

/// <summary>Answers a gRPC call to "/bytes/N" with N bytes and computes nothing: what a step would cost if it were free.</summary>
internal sealed class BytesHost : IAsyncDisposable
{
    private const int PrefixBytes = 5; // of a gRPC message: not compressed, and its length

    private readonly WebApplication _app;

    private BytesHost(WebApplication app) => _app = app;

    /// <summary>The address to dial: "127.0.0.1:50051".</summary>
    public string Address => new Uri(_app.Urls.First()).Authority;

    /// <summary>Starts it on a free port of the loopback.</summary>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<BytesHost> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var host = new BytesHost(builder.Build());
        host._app.Run(AnswerAsync);
        await host._app.StartAsync(cancellationToken).ConfigureAwait(false);
        return host;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        var stop = context.RequestAborted;
        int count = int.Parse(context.Request.Path.Value!["/bytes/".Length..], NumberStyles.None, CultureInfo.InvariantCulture);
        var request = context.Request.BodyReader;
        for (bool ended = false; !ended;)
        {
            var read = await request.ReadAsync(stop).ConfigureAwait(false);
            ended = read.IsCompleted;
            request.AdvanceTo(read.Buffer.End);
        }

        context.Response.ContentType = "application/grpc";
        context.Response.AppendTrailer("grpc-status", "0");
        var body = context.Response.BodyWriter.GetSpan(PrefixBytes + count)[..(PrefixBytes + count)];
        body.Clear();
        BinaryPrimitives.WriteInt32BigEndian(body[1..], count);
        context.Response.BodyWriter.Advance(body.Length);
    }
}
