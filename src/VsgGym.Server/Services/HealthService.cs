using Grpc.Core;
using Grpc.Health.V1;
using VsgGym.Server.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace VsgGym.Server.Services;

/// <summary>The standard health service: the server and each of its services serve until the server drains.</summary>
/// <param name="state">Says when the server drains.</param>
internal sealed class HealthService(ServingState state) : Health.HealthBase
{
    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) => IsKnown(request.Service)
        ? Task.FromResult(Now())
        : throw new RpcException(new Status(
            StatusCode.NotFound,
            $"service \"{request.Service}\" is unknown; known: {string.Join(", ", ServedProtocol.ServiceNames)}, or empty for the whole server"));

    /// <inheritdoc/>
    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        bool known = IsKnown(request.Service);
        await responseStream.WriteAsync(known ? Now() : new HealthCheckResponse { Status = ServingStatus.ServiceUnknown }).ConfigureAwait(false);
        await state.Draining.WaitAsync(context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (context.CancellationToken.IsCancellationRequested) return;
        if (known) await responseStream.WriteAsync(Now()).ConfigureAwait(false);
        throw new RpcException(new Status(StatusCode.Unavailable, "the server is shutting down"));
    }

    private static bool IsKnown(string service) => service.Length == 0 || ServedProtocol.ServiceNames.Contains(service);

    private HealthCheckResponse Now() =>
        new() { Status = state.Draining.IsCompleted ? ServingStatus.NotServing : ServingStatus.Serving };
}
