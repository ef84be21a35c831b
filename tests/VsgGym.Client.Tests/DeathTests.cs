using System.Diagnostics;

namespace VsgGym.Client.Tests;

/// <summary>One side dies; the other must say so, or clean up.</summary>
public sealed class DeathTests
{
    [Theory]
    [InlineData(EnvironmentTransport.Stream)]
    [InlineData(EnvironmentTransport.Unary)]
    public async Task Server_ThatDies_GivesUnavailable(EnvironmentTransport transport)
    {
        var host = await ServerFixture.StartAsync();
        await using var client = await VsgGymClient.ConnectAsync(host.Addresses[0], new() { Transport = transport });
        await using var env = await client.MakeAsync("pursuit-v0", new() { Seed = 0 });
        await env.ResetAsync();
        await host.DisposeAsync();
        var error = await Assert.ThrowsAsync<UnavailableException>(() => env.StepAsync().AsTask());
        Assert.NotEmpty(error.Faults);
        await Assert.ThrowsAsync<UnavailableException>(() => env.StepAsync().AsTask());
        await Assert.ThrowsAsync<UnavailableException>(() => client.GamesAsync());
    }

    [Fact]
    public async Task Client_ThatDies_LeavesNoEnvironmentBehind()
    {
        await using var host = await ServerFixture.StartAsync(new HostLimits { MaxEnvironments = 1 });
        var first = await VsgGymClient.ConnectAsync(host.Addresses[0]);
        await (await first.MakeAsync("pursuit-v0", new() { Seed = 0 })).ResetAsync();
        await using var second = await VsgGymClient.ConnectAsync(host.Addresses[0]);
        await Assert.ThrowsAsync<ResourceExhaustedException>(() => second.MakeAsync("pursuit-v0"));
        first.Dispose(); // the connection breaks without a close
        await ComesFreeAsync(second);
    }

    [Fact]
    public async Task ClientProcess_KilledMidStream_LeavesNoEnvironmentBehind()
    {
        await using var host = await ServerFixture.StartAsync(new HostLimits { MaxEnvironments = 1 });
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", typeof(Program).Assembly.Location, host.Addresses[0] },
            RedirectStandardOutput = true,
        };
        using var child = Process.Start(start)!;
        try
        {
            Assert.Equal(Program.Ready, await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
            await using var second = await VsgGymClient.ConnectAsync(host.Addresses[0]);
            await Assert.ThrowsAsync<ResourceExhaustedException>(() => second.MakeAsync("pursuit-v0"));
            child.Kill(); // SIGKILL: nothing of the child's own runs any more
            await child.WaitForExitAsync();
            await ComesFreeAsync(second);
        }
        finally
        {
            if (!child.HasExited) child.Kill();
        }
    }

    [Theory]
    [InlineData(EnvironmentTransport.Stream)]
    [InlineData(EnvironmentTransport.Unary)]
    public async Task Dispose_ClosesTheEnvironmentOnTheServer(EnvironmentTransport transport)
    {
        await using var host = await ServerFixture.StartAsync(new HostLimits { MaxEnvironments = 1 });
        await using var client = await VsgGymClient.ConnectAsync(host.Addresses[0], new() { Transport = transport });
        for (int k = 0; k < 5; k++)
        {
            await using var env = await client.MakeAsync("pursuit-v0", new() { Seed = 0 });
            await env.ResetAsync();
        }
    }

    [Fact]
    public async Task Step_CancelledBeforeItIsSent_LosesNothing()
    {
        await using var host = await ServerFixture.StartAsync();
        await using var client = await VsgGymClient.ConnectAsync(host.Addresses[0]);
        await using var env = await client.MakeAsync("pursuit-v0", new() { Seed = 0 });
        await env.ResetAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => env.StepAsync(stop.Token).AsTask());
        await env.StepAsync();
    }

    private static async Task ComesFreeAsync(VsgGymClient client)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await using var env = await client.MakeAsync("pursuit-v0", new() { Seed = 0 });
                return;
            }
            catch (ResourceExhaustedException) when (attempt < 100)
            {
                await Task.Delay(50);
            }
        }
    }
}
