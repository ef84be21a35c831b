using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client.Tests;

/// <summary>A server that answers handshakes, makes, closes and solves, and leaves every step waiting.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Behavior _behavior;

    private FakeServer(WebApplication app, Behavior behavior) => (_app, _behavior) = (app, behavior);

    public string Address => new Uri(_app.Urls.Single()).Authority;

    /// <summary>Set once a step has arrived.</summary>
    public Task StepArrived => _behavior.StepArrived.Task;

    /// <summary>Set once a unary close has arrived, with the id it names.</summary>
    public Task<string> Closed => _behavior.Closed.Task;

    public static async Task<FakeServer> StartAsync(int major = 1)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var behavior = new Behavior(major);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRouting().AddSingleton(behavior).AddGrpc();
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<FakeCatalog>();
        app.MapGrpcService<FakeEnvironments>();
        app.MapGrpcService<FakeSolver>();
        await app.StartAsync();
        return new FakeServer(app, behavior);
    }

    public async ValueTask DisposeAsync()
    {
        _behavior.Stop.Cancel();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _behavior.Stop.Dispose();
    }

    private sealed record Behavior(int Major)
    {
        public TaskCompletionSource StepArrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string> Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource Stop { get; } = new();

        public async Task<Wire.StepResponse> StallAsync(CancellationToken call)
        {
            StepArrived.TrySetResult();
            using var both = CancellationTokenSource.CreateLinkedTokenSource(call, Stop.Token);
            await Task.Delay(Timeout.Infinite, both.Token);
            return new Wire.StepResponse();
        }
    }

    private sealed class FakeCatalog(Behavior behavior) : Wire.CatalogService.CatalogServiceBase
    {
        public override Task<Wire.HandshakeResponse> Handshake(Wire.HandshakeRequest request, ServerCallContext context) =>
            Task.FromResult(new Wire.HandshakeResponse { ProtocolMajor = behavior.Major, ProtocolMinor = 3, Server = "fake" });
    }

    private sealed class FakeEnvironments(Behavior behavior) : Wire.EnvironmentService.EnvironmentServiceBase
    {
        public override Task<Wire.MakeResponse> Make(Wire.MakeRequest request, ServerCallContext context) => Task.FromResult(new Wire.MakeResponse { EnvironmentId = "env-1" });

        public override Task<Wire.StepResponse> Step(Wire.StepRequest request, ServerCallContext context) => behavior.StallAsync(context.CancellationToken);

        public override Task<Wire.CloseResponse> Close(Wire.CloseRequest request, ServerCallContext context)
        {
            behavior.Closed.TrySetResult(request.EnvironmentId);
            return Task.FromResult(new Wire.CloseResponse());
        }

        public override async Task Connect(
            IAsyncStreamReader<Wire.EnvironmentRequest> requestStream, IServerStreamWriter<Wire.EnvironmentResponse> responseStream, ServerCallContext context)
        {
            await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            {
                if (request.Step is not null) await behavior.StallAsync(context.CancellationToken);
                await responseStream.WriteAsync(new Wire.EnvironmentResponse { Make = new Wire.MakeResponse { EnvironmentId = "env-1" } });
            }
        }
    }

    private sealed class FakeSolver : Wire.SolverService.SolverServiceBase
    {
        public override Task Solve(Wire.SolveRequest request, IServerStreamWriter<Wire.SolveEvent> responseStream, ServerCallContext context) =>
            responseStream.WriteAsync(new Wire.SolveEvent { Solution = new Wire.Solution { Status = Wire.SolveStatus.Stopped, StopReason = "deadline" } });
    }
}
