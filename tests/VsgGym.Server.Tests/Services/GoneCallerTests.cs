using Grpc.Core;
using Microsoft.AspNetCore.Http;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using EnvironmentService = VsgGym.Server.Services.EnvironmentService;

namespace VsgGym.Server.Tests.Services;

public sealed class GoneCallerTests
{
    [Fact]
    public async Task Make_OfACallerWhoGaveUp_LeavesNoEnvironment()
    {
        await using var server = await TestServer.StartAsync();
        var service = new EnvironmentService(server.Registry, Requests.Games, Requests.Occupants, new ServerLimits(), new ModelWork(1), drain: null!);
        await Assert.ThrowsAsync<OperationCanceledException>(() => service.Make(Requests.Make("climbing-v0"), new CallContext(new CancellationToken(canceled: true))));
        Assert.Equal(0, server.Registry.Count);
        Assert.NotEmpty((await service.Make(Requests.Make("climbing-v0"), new CallContext(CancellationToken.None))).EnvironmentId);
        Assert.Equal(1, server.Registry.Count);
    }

    /// <summary>A call as the service sees it.</summary>
    private sealed class CallContext(CancellationToken cancellationToken) : ServerCallContext
    {
        protected override string MethodCore => "/vsggym.v1.EnvironmentService/Make";

        protected override string HostCore => "localhost";

        protected override string PeerCore => "ipv4:127.0.0.1:1";

        protected override DateTime DeadlineCore => DateTime.MaxValue;

        protected override Metadata RequestHeadersCore { get; } = [];

        protected override CancellationToken CancellationTokenCore => cancellationToken;

        protected override Metadata ResponseTrailersCore { get; } = [];

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore { get; } = new(null, []);

        protected override IDictionary<object, object> UserStateCore { get; } = new Dictionary<object, object> { ["__HttpContext"] = new DefaultHttpContext() };

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
    }
}
