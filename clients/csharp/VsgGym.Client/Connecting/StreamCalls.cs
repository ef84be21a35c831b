using Grpc.Core;
using Wire = VsgGym.Protocol.V1;
using Call = Grpc.Core.AsyncDuplexStreamingCall<VsgGym.Protocol.V1.EnvironmentRequest, VsgGym.Protocol.V1.EnvironmentResponse>;

namespace VsgGym.Client;

/// <summary>An environment played over one bidirectional stream, one request and one response at a time.</summary>
internal sealed class StreamCalls : IEnvironmentCalls
{
    private readonly Call _call;
    private readonly Caller _caller;
    private CancellationTokenSource _deadline = new(); // reused by every exchange, so that a step allocates little
    private readonly Wire.EnvironmentRequest _request = new();
    private VsgGymException? _broken;

    public StreamCalls(Wire.EnvironmentService.EnvironmentServiceClient service, Caller caller)
    {
        _caller = caller;
        _call = service.Connect(caller.For(null, CancellationToken.None));
    }

    public bool EndsWithItsTransport => true;

    public async Task<Wire.MakeResponse> MakeAsync(Wire.MakeRequest request, CancellationToken cancellationToken)
    {
        _caller.CheckSize(request);
        _request.Make = request;
        return (await ExchangeAsync("make", cancellationToken).ConfigureAwait(false)).Make;
    }

    public async ValueTask<Wire.StepResponse> ResetAsync(Wire.ResetRequest request, CancellationToken cancellationToken)
    {
        _request.Reset = request;
        return (await ExchangeAsync("reset", cancellationToken).ConfigureAwait(false)).Step;
    }

    public async ValueTask<Wire.StepResponse> StepAsync(Wire.StepRequest request, CancellationToken cancellationToken)
    {
        _request.Step = request;
        return (await ExchangeAsync("step", cancellationToken).ConfigureAwait(false)).Step;
    }

    public async Task<Wire.RenderResponse> RenderAsync(Wire.RenderRequest request, CancellationToken cancellationToken)
    {
        _request.Render = request;
        return (await ExchangeAsync("render", cancellationToken).ConfigureAwait(false)).Render;
    }

    public async Task CloseAsync(Wire.CloseRequest request, CancellationToken cancellationToken)
    {
        _request.Close = request;
        await ExchangeAsync("close", cancellationToken).ConfigureAwait(false);
        await _call.RequestStream.CompleteAsync().ConfigureAwait(false);
        while (await _call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            // The server's end of the stream: leaving earlier would look to it like a broken connection.
        }
    }

    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        _deadline.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<Wire.EnvironmentResponse> ExchangeAsync(string stage, CancellationToken caller)
    {
        if (_broken is { } broken) throw new UnavailableException($"{stage} failed: the stream had ended: {broken.Message}", broken.Faults, broken);
        caller.ThrowIfCancellationRequested();
        _deadline.CancelAfter(_caller.Options.Timeout);
        var registration = caller.CanBeCanceled
            ? caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _deadline)
            : default;
        try
        {
            await _call.RequestStream.WriteAsync(_request, _deadline.Token).ConfigureAwait(false);
            if (!await _call.ResponseStream.MoveNext(_deadline.Token).ConfigureAwait(false)) throw Break(EndedError(stage));
            var response = _call.ResponseStream.Current;
            return response.ResponseCase == Wire.EnvironmentResponse.ResponseOneofCase.Error ? throw ErrorDecoder.Decode(response.Error) : response;
        }
        catch (RpcException e)
        {
            throw Break(await FailureAsync(e, stage, caller).ConfigureAwait(false));
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException)
        {
            // A write into a call that has ended says only that; the status is on the reading side.
            throw Break(await FailureAsync(null, stage, caller).ConfigureAwait(false));
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
            RenewDeadline();
        }
    }

    // A token or timer that fires just after the answer came must not end the next exchange.
    private void RenewDeadline()
    {
        if (_deadline.TryReset()) return;
        _deadline.Dispose();
        _deadline = new CancellationTokenSource();
    }

    /// <summary>Why the stream ended: the caller's token, the deadline, or what the server or transport said.</summary>
    private async Task<Exception> FailureAsync(RpcException? failure, string stage, CancellationToken caller)
    {
        if (caller.IsCancellationRequested) return new OperationCanceledException($"{stage} was cancelled by its caller; the stream has ended and the environment is closed", failure, caller);
        if (_deadline.IsCancellationRequested)
        {
            var fault = new Fault("timeout", $"{_caller.Options.Timeout.TotalSeconds} s", "the server must answer in time; raise ClientOptions.Timeout", "deadline");
            return new DeadlineExceededException($"{stage} failed: {fault}", [fault], failure);
        }

        try
        {
            while (failure is null && await _call.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false))
            {
            }
        }
        catch (RpcException e)
        {
            failure = e;
        }

        return failure is null ? EndedError(stage) : ErrorDecoder.Decode(failure, stage, caller);
    }

    private static UnavailableException EndedError(string stage)
    {
        var fault = new Fault("connection", string.Empty, "the server ended the stream", "stream_ended");
        return new UnavailableException($"{stage} failed: {fault}", [fault]);
    }

    private Exception Break(Exception error)
    {
        var fault = new Fault("connection", string.Empty, "the stream has ended, and the environment with it: make a new one", "stream_ended");
        _broken = error as VsgGymException ?? new UnavailableException($"{fault} ({error.Message})", [fault], error);
        _call.Dispose();
        return error;
    }
}
