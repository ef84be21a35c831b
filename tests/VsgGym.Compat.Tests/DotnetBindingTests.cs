using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VsgGym.Compat.Tests.Protos;

namespace VsgGym.Compat.Tests;

/// <summary>The rarer ways to bind a service, to name a host and to send credentials.</summary>
public sealed class DotnetBindingTests(ProbeHost host) : IClassFixture<ProbeHost>
{
    [Fact]
    public async Task ServiceDefinition_IsServed()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        await using var app = builder.Build();
        app.MapGrpcService(Probe.BindService(new ProbeService(new ProbeLog())));
        await app.StartAsync();
        using var channel = GrpcChannel.ForAddress(app.Urls.Single());

        var pong = await new Probe.ProbeClient(channel).UnaryAsync(new Ping { Number = 8 });

        Assert.Equal(8, pong.Number);
    }

    [Fact]
    public void MethodTwiceInADefinition_IsRefused()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "pkg.Service", "Do", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(method, Echo);

        Assert.Throws<ArgumentException>(() => builder.AddMethod(method, Echo));
    }

    [Fact]
    public async Task CallCredentials_AddHeaders()
    {
        var credentials = CallCredentials.Compose(
            CallCredentials.FromInterceptor((_, metadata) => Add(metadata, new Metadata.Entry("x-text", "secret"))),
            CallCredentials.FromInterceptor((_, metadata) => Add(metadata, new Metadata.Entry("x-data-bin", [1]))));
        using var channel = GrpcChannel.ForAddress(
            host.Address, new GrpcChannelOptions { UnsafeUseInsecureChannelCallCredentials = true });

        using var call = new Probe.ProbeClient(channel).UnaryAsync(
            new Ping { Text = "metadata" }, new CallOptions(credentials: credentials));
        await call;

        Assert.Equal("secret in trailers", call.GetTrailers().GetValue("x-text"));
    }

    [Fact]
    public void CallCredentialsOverAnInsecureChannel_AreRefused()
    {
        var call = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, call));
    }

    private static Task<string> Echo(string request, ServerCallContext context) => Task.FromResult(request);

    private static Task Add(Metadata metadata, Metadata.Entry entry)
    {
        metadata.Add(entry);
        return Task.CompletedTask;
    }
}
