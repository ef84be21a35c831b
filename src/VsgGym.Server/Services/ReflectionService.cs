using Grpc.Core;
using Grpc.Reflection.V1;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Services;

/// <summary>The standard reflection service, v1: tools list the services and call them without the proto files.</summary>
/// <param name="index">The files.</param>
/// <param name="state">Ends idle streams when the server drains.</param>
internal sealed class ReflectionService(DescriptorIndex index, ServingState state) : ServerReflection.ServerReflectionBase
{
    /// <inheritdoc/>
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var answers = new ReflectionAnswers(index);
        return AnswerAll(requestStream, responseStream, answers.Answer, state, context.CancellationToken);
    }

    /// <summary>Answers each request of a stream until the caller ends it or the server drains.</summary>
    internal static async Task AnswerAll<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TResponse> responses,
        Func<TRequest, TResponse> answer,
        ServingState state,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = requests.MoveNext(cancellationToken);
            if (await Task.WhenAny(next, state.Draining).ConfigureAwait(false) != next)
                throw new RpcException(new Status(StatusCode.Unavailable, "the server is shutting down"));
            if (!await next.ConfigureAwait(false)) return;
            await responses.WriteAsync(answer(requests.Current), cancellationToken).ConfigureAwait(false);
        }
    }
}
