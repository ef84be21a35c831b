using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>One stream's environment: each request gets one answer; a caller's fault is an answer too, and the stream goes on.</summary>
/// <remarks>The answer to Reset and Step is one reused message over the batch's own buffer, valid until the next request.</remarks>
/// <param name="registry">Counts the environment.</param>
/// <param name="games">Finds or builds the game.</param>
/// <param name="occupants">Finds and opens policies.</param>
/// <param name="limits">What an environment may need.</param>
internal sealed class EnvironmentStream(EnvironmentRegistry registry, GameResolver games, OccupantReader occupants, ServerLimits limits) : IDisposable
{
    private readonly Proto.EnvironmentResponse _stepped = new();
    private EnvironmentSession? _session;
    private bool _open;

    /// <summary>Answers one request.</summary>
    public Proto.EnvironmentResponse Handle(Proto.EnvironmentRequest request)
    {
        try
        {
            return Answer(request);
        }
        catch (VsgGymException error)
        {
            return new Proto.EnvironmentResponse { Error = WireErrors.From(error) };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_open) return;
        _open = false;
        registry.CloseStreamed(_session!);
    }

    private Proto.EnvironmentResponse Answer(Proto.EnvironmentRequest request)
    {
        switch (request.RequestCase)
        {
            case Proto.EnvironmentRequest.RequestOneofCase.Step:
                _stepped.Step = Session(request.Step.EnvironmentId, "step").StepInPlace(request.Step);
                return _stepped;
            case Proto.EnvironmentRequest.RequestOneofCase.Reset:
                _stepped.Step = Session(request.Reset.EnvironmentId, "reset").ResetInPlace(request.Reset);
                return _stepped;
            case Proto.EnvironmentRequest.RequestOneofCase.Make:
                return new Proto.EnvironmentResponse { Make = Make(request.Make) };
            case Proto.EnvironmentRequest.RequestOneofCase.Render:
                return new Proto.EnvironmentResponse { Render = Session(request.Render.EnvironmentId, "render").Render(request.Render) };
            case Proto.EnvironmentRequest.RequestOneofCase.Close:
                Session(request.Close.EnvironmentId, "close");
                Dispose();
                return new Proto.EnvironmentResponse { Close = new Proto.CloseResponse() };
            default:
                throw VsgGymException.Invalid("request", string.Empty, "must be one of make, reset, step, render, close", "missing");
        }
    }

    private Proto.MakeResponse Make(Proto.MakeRequest request)
    {
        if (_session is not null)
            throw VsgGymException.OutOfOrder("make", _session.Id, "a stream has one environment, made once: open another stream for another environment", "made_twice");
        _session = registry.AddStreamed(id => EnvironmentSession.Make(id, request, games, occupants, limits));
        _open = true;
        return _session.Made;
    }

    private EnvironmentSession Session(string id, string call)
    {
        if (_session is null)
            throw VsgGymException.OutOfOrder(call, null, $"{call} before make: the first request of a stream makes its environment", "not_made");
        if (id.Length > 0 && id != _session.Id)
            throw VsgGymException.NotFound("environment_id", id, $"this stream has the environment {_session.Id} only; leave the id empty", "unknown_environment");
        return _session;
    }
}
