using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using VsgGym.Server.Hosting;
using VsgGym.Server.Services;
using VsgGym.Server.Tests.Hosting;
using Alpha = Grpc.Reflection.V1Alpha;

namespace VsgGym.Server.Tests.Services;

public sealed class ReflectionServiceTests : IAsyncLifetime
{
    private ServerHost _host = null!;

    public async Task InitializeAsync() => _host = await Hosts.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task ListServices_NamesEveryServiceThatAnswers()
    {
        string[] expected =
        [
            "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
            "vsggym.v1.CatalogService", "vsggym.v1.EnvironmentService", "vsggym.v1.ModelService", "vsggym.v1.RunService", "vsggym.v1.SolverService",
        ];
        var answer = await AskAsync(new ServerReflectionRequest { ListServices = "*", Host = "here" });
        Assert.Equal(expected, answer.ListServicesResponse.Service.Select(service => service.Name));
        Assert.Equal("here", answer.ValidHost);
        Assert.Equal("*", answer.OriginalRequest.ListServices);
    }

    [Fact]
    public async Task EveryServiceAndMethod_IsFoundAndItsFilesBuild()
    {
        foreach (string service in (await AskAsync(new ServerReflectionRequest { ListServices = "" })).ListServicesResponse.Service.Select(s => s.Name))
        {
            var files = Build((await AskAsync(new ServerReflectionRequest { FileContainingSymbol = service })).FileDescriptorResponse);
            var described = files.SelectMany(file => file.Services).Single(s => s.FullName == service);
            foreach (var method in described.Methods)
            {
                var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = method.FullName });
                Assert.Equal(described.File.Name, FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]).Name);
            }
        }
    }

    [Theory]
    [InlineData("vsggym.v1.GameSpec", "vsggym/v1/common.proto")]
    [InlineData("vsggym.v1.GameSpec.normal_form", "vsggym/v1/common.proto")]
    [InlineData("vsggym.v1.GameSpec.source", "vsggym/v1/common.proto")]
    [InlineData("vsggym.v1.DType", "vsggym/v1/common.proto")]
    [InlineData("vsggym.v1.DTYPE_FLOAT64", "vsggym/v1/common.proto")]
    [InlineData("vsggym.v1.EnvironmentService.Step", "vsggym/v1/environment.proto")]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc/health/v1/health.proto")]
    [InlineData("grpc.health.v1.HealthCheckResponse.NOT_SERVING", "grpc/health/v1/health.proto")]
    [InlineData("google.protobuf.Any", "google/protobuf/any.proto")]
    public async Task Symbol_IsFoundInItsFile(string symbol, string file)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        Assert.Equal(file, FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]).Name);
    }

    [Fact]
    public async Task EveryFileByName_ComesWithItsImports()
    {
        foreach (string name in new DescriptorIndex().FileNames)
            Assert.Contains(name, Build((await AskAsync(new ServerReflectionRequest { FileByFilename = name })).FileDescriptorResponse).Select(file => file.Name));
    }

    [Fact]
    public async Task Question_WithoutAnAnswer_IsAnErrorAndTheStreamGoesOn()
    {
        using var channel = Hosts.Open(_host);
        using var stream = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        (ServerReflectionRequest Request, StatusCode Code)[] questions =
        [
            (new() { FileByFilename = "nothing.proto" }, StatusCode.NotFound),
            (new() { FileContainingSymbol = "vsggym.v1.Nothing" }, StatusCode.NotFound),
            (new() { FileContainingExtension = new ExtensionRequest { ContainingType = "vsggym.v1.Tensor", ExtensionNumber = 7 } }, StatusCode.NotFound),
            (new() { AllExtensionNumbersOfType = "vsggym.v1.Nothing" }, StatusCode.NotFound),
            (new(), StatusCode.InvalidArgument),
        ];
        foreach (var (request, code) in questions)
        {
            await stream.RequestStream.WriteAsync(request);
            Assert.True(await stream.ResponseStream.MoveNext());
            Assert.Equal((int)code, stream.ResponseStream.Current.ErrorResponse.ErrorCode);
        }

        await stream.RequestStream.WriteAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "vsggym.v1.Tensor" });
        Assert.True(await stream.ResponseStream.MoveNext());
        Assert.Equal("vsggym.v1.Tensor", stream.ResponseStream.Current.AllExtensionNumbersResponse.BaseTypeName);
        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Import_IsSentOncePerStream()
    {
        using var channel = Hosts.Open(_host);
        using var stream = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        var sent = new List<string>();
        foreach (string file in (string[])["vsggym/v1/solver.proto", "vsggym/v1/catalog.proto", "vsggym/v1/solver.proto"])
        {
            await stream.RequestStream.WriteAsync(new ServerReflectionRequest { FileByFilename = file });
            Assert.True(await stream.ResponseStream.MoveNext());
            sent.Add(string.Join(' ', stream.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto.Select(bytes => Path.GetFileNameWithoutExtension(FileDescriptorProto.Parser.ParseFrom(bytes).Name))));
        }

        Assert.Equal(["solver common any", "catalog", "solver"], sent);
    }

    [Fact]
    public async Task Alpha_AnswersTheSame()
    {
        using var channel = Hosts.Open(_host);
        using var stream = new Alpha.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await stream.RequestStream.WriteAsync(new Alpha.ServerReflectionRequest { FileContainingSymbol = "vsggym.v1.SolverService" });
        Assert.True(await stream.ResponseStream.MoveNext());
        var expected = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = "vsggym.v1.SolverService" });
        Assert.Equal(expected.ToByteString(), stream.ResponseStream.Current.ToByteString());
    }

    private static IReadOnlyList<FileDescriptor> Build(FileDescriptorResponse answer)
    {
        var protos = answer.FileDescriptorProto.Select(bytes => (bytes, name: FileDescriptorProto.Parser.ParseFrom(bytes))).ToDictionary(f => f.name.Name);
        var ordered = new List<ByteString>();
        void Add(string name)
        {
            foreach (string import in protos[name].name.Dependency) Add(import);
            if (!ordered.Contains(protos[name].bytes)) ordered.Add(protos[name].bytes);
        }

        foreach (string name in protos.Keys) Add(name);
        return FileDescriptor.BuildFromByteStrings(ordered);
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var channel = Hosts.Open(_host);
        using var stream = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await stream.RequestStream.WriteAsync(request);
        Assert.True(await stream.ResponseStream.MoveNext());
        return stream.ResponseStream.Current;
    }
}
