using Grpc.Core;
using VsgGym.Protocol.V1;

namespace VsgGym.Server.Tests;

/// <summary>One environment as a caller plays it, through unary calls or through a stream.</summary>
internal sealed class Play : IDisposable
{
    private readonly EnvironmentService.EnvironmentServiceClient _client;
    private readonly AsyncDuplexStreamingCall<EnvironmentRequest, EnvironmentResponse>? _stream;
    private string _id = string.Empty;

    public Play(EnvironmentService.EnvironmentServiceClient client, bool stream)
    {
        _client = client;
        if (stream) _stream = client.Connect();
    }

    public void Dispose() => _stream?.Dispose();

    /// <summary>Ends the caller's side of the stream and waits for the server's.</summary>
    public async Task EndAsync()
    {
        await _stream!.RequestStream.CompleteAsync();
        Assert.False(await _stream.ResponseStream.MoveNext(CancellationToken.None));
    }

    public async Task<EnvironmentResponse> AskAsync(EnvironmentRequest request)
    {
        await _stream!.RequestStream.WriteAsync(request);
        Assert.True(await _stream.ResponseStream.MoveNext(CancellationToken.None));
        return _stream.ResponseStream.Current;
    }

    public async Task<MakeResponse> MakeAsync(MakeRequest request)
    {
        var made = _stream is null ? await _client.MakeAsync(request) : (await AskAsync(new EnvironmentRequest { Make = request })).Make;
        _id = made.EnvironmentId;
        return made;
    }

    public async Task<StepResponse> ResetAsync(ResetRequest request)
    {
        request.EnvironmentId = _id;
        return _stream is null ? await _client.ResetAsync(request) : (await AskAsync(new EnvironmentRequest { Reset = request })).Step;
    }

    public async Task<StepResponse> StepAsync(StepRequest request)
    {
        request.EnvironmentId = _id;
        return _stream is null ? await _client.StepAsync(request) : (await AskAsync(new EnvironmentRequest { Step = request })).Step;
    }

    public async Task<RenderResponse> RenderAsync(int copy)
    {
        var request = new RenderRequest { EnvironmentId = _id, Copy = copy, Format = RenderFormat.Rgb };
        return _stream is null ? await _client.RenderAsync(request) : (await AskAsync(new EnvironmentRequest { Render = request })).Render;
    }

    public async Task CloseAsync()
    {
        var request = new CloseRequest { EnvironmentId = _id };
        if (_stream is null) await _client.CloseAsync(request);
        else Assert.Equal(EnvironmentResponse.ResponseOneofCase.Close, (await AskAsync(new EnvironmentRequest { Close = request })).ResponseCase);
    }

    /// <summary>The typed error of a request that must be refused, in band or as a status.</summary>
    public async Task<Error> ErrorAsync(EnvironmentRequest request)
    {
        if (_stream is null)
        {
            return await TestServer.ErrorOfAsync(async () => _ = request.RequestCase switch
            {
                EnvironmentRequest.RequestOneofCase.Make => (object)await _client.MakeAsync(request.Make),
                EnvironmentRequest.RequestOneofCase.Reset => await _client.ResetAsync(With(request.Reset, r => r.EnvironmentId = _id)),
                EnvironmentRequest.RequestOneofCase.Step => await _client.StepAsync(With(request.Step, r => r.EnvironmentId = _id)),
                EnvironmentRequest.RequestOneofCase.Render => await _client.RenderAsync(With(request.Render, r => r.EnvironmentId = _id)),
                _ => await _client.CloseAsync(With(request.Close, r => r.EnvironmentId = _id)),
            });
        }

        var response = await AskAsync(request);
        Assert.Equal(EnvironmentResponse.ResponseOneofCase.Error, response.ResponseCase);
        return response.Error;
    }

    private static T With<T>(T request, Action<T> change)
    {
        change(request);
        return request;
    }
}
