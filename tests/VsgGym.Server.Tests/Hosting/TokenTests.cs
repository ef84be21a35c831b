using Grpc.Core;
using Grpc.Health.V1;
using VsgGym.Server.Hosting;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Tests.Hosting;

public sealed class TokenTests : IAsyncLifetime, IDisposable
{
    private const string Token = "correct-horse";

    private readonly TemporaryFolder _folder = new();
    private ServerHost _host = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder["token"], $" {Token}\n");
        _host = await ServerHost.StartAsync(Hosts.Quiet with { TokenFile = _folder["token"], AddressFile = _folder["address.json"] });
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer correct-horse-and-more")]
    [InlineData("Basic correct-horse")]
    [InlineData("correct-horse")]
    [InlineData("Bearer ")]
    public async Task Call_WithoutTheToken_IsUnauthenticated(string? header)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => ListAsync(header));
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        Assert.Equal("metadata.authorization", Assert.Single(Hosts.ErrorOf(error).Faults).Path);
        Assert.DoesNotContain(Token, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer correct-horse")]
    [InlineData("bearer correct-horse")]
    public async Task Call_WithTheToken_Passes(string header) => Assert.NotEmpty((await ListAsync(header)).Entries);

    [Fact]
    public async Task Stream_WithoutTheToken_IsUnauthenticated()
    {
        using var channel = Hosts.Open(_host);
        using var stream = new Proto.EnvironmentService.EnvironmentServiceClient(channel).Connect();
        var error = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    [Fact]
    public async Task Health_WithoutTheToken_Answers()
    {
        using var channel = Hosts.Open(_host);
        var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task AddressFile_HoldsTheToken() =>
        Assert.Contains($"\"token\": \"{Token}\"", await File.ReadAllTextAsync(_folder["address.json"]), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public async Task TokenFile_WithoutOneToken_StopsTheStart(string content)
    {
        await File.WriteAllTextAsync(_folder["bad"], content);
        var error = await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(Hosts.Quiet with { TokenFile = _folder["bad"] }));
        Assert.Equal(2, error.ExitCode);
    }

    private async Task<Proto.ListResponse> ListAsync(string? header)
    {
        using var channel = Hosts.Open(_host);
        var headers = header is null ? [] : new Metadata { { "authorization", header } };
        return await new Proto.CatalogService.CatalogServiceClient(channel).ListAsync(new Proto.ListRequest(), headers);
    }
}
