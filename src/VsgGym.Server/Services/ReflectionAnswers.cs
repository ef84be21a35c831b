using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using VsgGym.Server.Hosting;
using Question = Grpc.Reflection.V1.ServerReflectionRequest.MessageRequestOneofCase;

namespace VsgGym.Server.Services;

/// <summary>Answers the questions of one reflection stream; a file is sent once per stream unless it is asked for by itself.</summary>
/// <param name="index">The files.</param>
internal sealed class ReflectionAnswers(DescriptorIndex index)
{
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    /// <summary>Answers one question; one that has no answer gets an error_response and the stream goes on.</summary>
    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var answer = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case Question.ListServices: answer.ListServicesResponse = Services(); break;
            case Question.FileByFilename: AnswerFile(answer, index.FindFile(request.FileByFilename), $"file \"{request.FileByFilename}\""); break;
            case Question.FileContainingSymbol: AnswerFile(answer, index.FindSymbol(request.FileContainingSymbol), $"symbol \"{request.FileContainingSymbol}\""); break;
            case Question.FileContainingExtension: AnswerExtension(answer, request.FileContainingExtension); break;
            case Question.AllExtensionNumbersOfType: AnswerNumbers(answer, request.AllExtensionNumbersOfType); break;
            default: answer.ErrorResponse = Error(StatusCode.InvalidArgument, "the request asks nothing: set one field of message_request"); break;
        }

        return answer;
    }

    private static ListServiceResponse Services()
    {
        var list = new ListServiceResponse();
        foreach (string name in ServedProtocol.ServiceNames) list.Service.Add(new ServiceResponse { Name = name });
        return list;
    }

    private void AnswerFile(ServerReflectionResponse answer, FileDescriptor? file, string what)
    {
        if (file is null)
        {
            answer.ErrorResponse = Error(StatusCode.NotFound, $"{what} is unknown");
            return;
        }

        answer.FileDescriptorResponse = new FileDescriptorResponse();
        _sent.Remove(file.Name);
        Send(file, answer.FileDescriptorResponse);
    }

    // The protocol declares no extensions, so no number is ever found.
    private void AnswerExtension(ServerReflectionResponse answer, ExtensionRequest extension) => answer.ErrorResponse = Error(
        StatusCode.NotFound,
        index.IsMessage(extension.ContainingType)
            ? $"message \"{extension.ContainingType}\" has no extension {extension.ExtensionNumber}"
            : $"message \"{extension.ContainingType}\" is unknown");

    private void AnswerNumbers(ServerReflectionResponse answer, string message)
    {
        if (index.IsMessage(message)) answer.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = message };
        else answer.ErrorResponse = Error(StatusCode.NotFound, $"message \"{message}\" is unknown");
    }

    private void Send(FileDescriptor file, FileDescriptorResponse answer)
    {
        if (!_sent.Add(file.Name)) return;
        answer.FileDescriptorProto.Add(file.SerializedData);
        foreach (var import in file.Dependencies) Send(import, answer);
    }

    private static ErrorResponse Error(StatusCode code, string message) => new() { ErrorCode = (int)code, ErrorMessage = message };
}
