using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>An environment played by unary calls.</summary>
internal sealed class UnaryCalls(Wire.EnvironmentService.EnvironmentServiceClient service, Caller caller) : IEnvironmentCalls
{
    public bool EndsWithItsTransport => false;

    public Task<Wire.MakeResponse> MakeAsync(Wire.MakeRequest request, CancellationToken cancellationToken) =>
        caller.UnaryAsync<Wire.MakeRequest, Wire.MakeResponse>("make", service.MakeAsync, request, cancellationToken);

    public ValueTask<Wire.StepResponse> ResetAsync(Wire.ResetRequest request, CancellationToken cancellationToken) =>
        new(caller.UnaryAsync<Wire.ResetRequest, Wire.StepResponse>("reset", service.ResetAsync, request, cancellationToken));

    public ValueTask<Wire.StepResponse> StepAsync(Wire.StepRequest request, CancellationToken cancellationToken) =>
        new(caller.UnaryAsync<Wire.StepRequest, Wire.StepResponse>("step", service.StepAsync, request, cancellationToken));

    public Task<Wire.RenderResponse> RenderAsync(Wire.RenderRequest request, CancellationToken cancellationToken) =>
        caller.UnaryAsync<Wire.RenderRequest, Wire.RenderResponse>("render", service.RenderAsync, request, cancellationToken);

    public Task CloseAsync(Wire.CloseRequest request, CancellationToken cancellationToken) =>
        caller.UnaryAsync<Wire.CloseRequest, Wire.CloseResponse>("close", service.CloseAsync, request, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
