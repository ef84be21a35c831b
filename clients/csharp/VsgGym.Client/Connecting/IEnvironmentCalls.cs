using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>The calls of one environment, over a stream or one by one.</summary>
internal interface IEnvironmentCalls : IAsyncDisposable
{
    /// <summary>Whether disposing this ends the environment on the server without a close.</summary>
    bool EndsWithItsTransport { get; }

    Task<Wire.MakeResponse> MakeAsync(Wire.MakeRequest request, CancellationToken cancellationToken);

    ValueTask<Wire.StepResponse> ResetAsync(Wire.ResetRequest request, CancellationToken cancellationToken);

    ValueTask<Wire.StepResponse> StepAsync(Wire.StepRequest request, CancellationToken cancellationToken);

    Task<Wire.RenderResponse> RenderAsync(Wire.RenderRequest request, CancellationToken cancellationToken);

    Task CloseAsync(Wire.CloseRequest request, CancellationToken cancellationToken);
}
