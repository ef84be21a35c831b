using Grpc.Core;
using Grpc.Health.V1;
using VsgGym.Server.Hosting;
using VsgGym.Server.Tests.Hosting;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace VsgGym.Server.Tests.Services;

public sealed class HealthServiceTests : IAsyncLifetime
{
    private ServerHost _host = null!;

    public async Task InitializeAsync() => _host = await Hosts.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("vsggym.v1.CatalogService")]
    [InlineData("vsggym.v1.EnvironmentService")]
    [InlineData("vsggym.v1.SolverService")]
    [InlineData("grpc.health.v1.Health")]
    public async Task Check_OfAService_IsServing(string service)
    {
        using var channel = Hosts.Open(_host);
        Assert.Equal(ServingStatus.Serving, (await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = service })).Status);
    }

    [Fact]
    public async Task Check_OfAnUnknownService_IsNotFound()
    {
        using var channel = Hosts.Open(_host);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = "nothing" }));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        Assert.Contains("vsggym.v1.SolverService", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_OfAnUnknownService_SaysSoAndStaysOpen()
    {
        using var channel = Hosts.Open(_host);
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest { Service = "nothing" });
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.ServiceUnknown, watch.ResponseStream.Current.Status);
        var next = watch.ResponseStream.MoveNext();
        Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(200)));
    }
}
