using System.Diagnostics;
using System.Text.Json;
using Grpc.Core;
using Grpc.Health.V1;
using VsgGym.Server.Hosting;
using Proto = VsgGym.Protocol.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace VsgGym.Server.Tests.Hosting;

public sealed class DrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Watch_OfADrainingServer_TurnsNotServingAndEnds()
    {
        var host = await Hosts.StartAsync();
        using var channel = Hosts.Open(host);
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest { Service = "vsggym.v1.CatalogService" });
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);
        var draining = host.DisposeAsync();
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext())).StatusCode);
        await draining;
    }

    [Fact]
    public async Task Dispose_WithAnOpenStream_GivesItTheGraceAndNoMore()
    {
        var grace = TimeSpan.FromSeconds(1.5);
        var host = await ServerHost.StartAsync(Hosts.Quiet with { Grace = grace });
        using var channel = Hosts.Open(host);
        using var stream = new Proto.EnvironmentService.EnvironmentServiceClient(channel).Connect();
        await stream.RequestStream.WriteAsync(new Proto.EnvironmentRequest { Make = new Proto.MakeRequest { Game = new Proto.GameSpec { Id = "climbing-v0" } } });
        Assert.True(await stream.ResponseStream.MoveNext());

        long start = Stopwatch.GetTimestamp();
        var draining = host.DisposeAsync().AsTask();
        await stream.RequestStream.WriteAsync(new Proto.EnvironmentRequest { Reset = new Proto.ResetRequest() });
        Assert.True(await stream.ResponseStream.MoveNext());
        Assert.NotNull(stream.ResponseStream.Current.Step);
        await draining;
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(12));
        await Assert.ThrowsAnyAsync<RpcException>(() => stream.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Successor_OnTheSocketOfADrainingServer_KeepsIt()
    {
        var options = Hosts.Quiet with { Grace = TimeSpan.FromSeconds(30), Listen = [ListenAddress.Unix(_folder["x.sock"])] };
        var old = await ServerHost.StartAsync(options);
        using var oldChannel = Hosts.Open(old);
        using var stream = new Proto.EnvironmentService.EnvironmentServiceClient(oldChannel).Connect();
        await stream.RequestStream.WriteAsync(new Proto.EnvironmentRequest { Make = new Proto.MakeRequest { Game = new Proto.GameSpec { Id = "climbing-v0" } } });
        Assert.True(await stream.ResponseStream.MoveNext());
        var draining = old.DisposeAsync().AsTask();
        await TestServer.UntilAsync(() => !Path.Exists(_folder["x.sock"]));

        await using var successor = await ServerHost.StartAsync(options);
        Assert.False(draining.IsCompleted);
        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext());
        await draining;
        using var channel = Hosts.Open(successor);
        Assert.Equal(1, (await Hosts.ShakeHandsAsync(channel)).ProtocolMajor);
    }

    [Fact]
    public async Task Dispose_WithNothingOpen_EndsAtOnce()
    {
        var host = await ServerHost.StartAsync(Hosts.Quiet with { Grace = TimeSpan.FromMinutes(5) });
        using var channel = Hosts.Open(host);
        await Hosts.ShakeHandsAsync(channel);
        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<RpcException>(() => Hosts.ShakeHandsAsync(channel));
    }

    [Fact]
    public async Task Serve_ToldToEndBySigterm_LeavesNothingBehindAndExitsWithZero()
    {
        string socket = _folder["x.sock"], addresses = _folder["address.json"];
        using var server = Serve("--listen", "127.0.0.1:0", "--listen", $"unix:{socket}", "--address-file", addresses, "--log-format", "json");
        var output = server.StandardOutput.ReadToEndAsync();
        var log = server.StandardError.ReadToEndAsync();
        using var json = JsonDocument.Parse(await ReadWhenThereAsync(addresses));
        Assert.Equal(server.Id, json.RootElement.GetProperty("pid").GetInt32());
        string tcp = json.RootElement.GetProperty("address").GetString()!;
        using (var channel = Hosts.Open(tcp)) Assert.Equal(1, (await Hosts.ShakeHandsAsync(channel)).ProtocolMajor);

        using (var kill = Process.Start("kill", ["-TERM", $"{server.Id}"])) await kill.WaitForExitAsync();
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, server.ExitCode);
        Assert.False(Path.Exists(socket));
        Assert.False(Path.Exists(addresses));
        Assert.Contains($"client = vsggym.connect(\"{tcp}\")\n", await output, StringComparison.Ordinal);
        Assert.Contains($"await using var client = await VsgGymClient.ConnectAsync(\"{tcp}\");\n", await output, StringComparison.Ordinal);
        var events = (await log).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("EventId").GetInt32()).ToList();
        Assert.Equal([100, 100, 210, 101, 102], events);
    }

    private static Process Serve(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "VsgGym.Server.dll"), "serve", .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<string> ReadWhenThereAsync(string file)
    {
        for (int tenths = 0; tenths < 600 && !File.Exists(file); tenths++) await Task.Delay(100);
        return await File.ReadAllTextAsync(file);
    }
}
