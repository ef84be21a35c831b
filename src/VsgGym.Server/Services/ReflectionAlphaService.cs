using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using VsgGym.Server.Hosting;
using V1 = Grpc.Reflection.V1;

namespace VsgGym.Server.Services;

/// <summary>The reflection service under its older name, v1alpha: the same bytes mean the same, so v1 answers.</summary>
/// <param name="index">The files.</param>
/// <param name="state">Ends idle streams when the server drains.</param>
internal sealed class ReflectionAlphaService(DescriptorIndex index, ServingState state) : ServerReflection.ServerReflectionBase
{
    /// <inheritdoc/>
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var answers = new ReflectionAnswers(index);
        return ReflectionService.AnswerAll(requestStream, responseStream, Answer, state, context.CancellationToken);

        ServerReflectionResponse Answer(ServerReflectionRequest request) =>
            ServerReflectionResponse.Parser.ParseFrom(answers.Answer(V1.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString())).ToByteString());
    }
}
