using Microsoft.Extensions.DependencyInjection;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Tests.Hosting;

public sealed class ConnectionTrackerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Connection_OnAnyListener_IsKnownUntilItsClientIsGone()
    {
        await using var host = await ServerHost.StartAsync(Hosts.Quiet with { Listen = [ListenAddress.Loopback(0), ListenAddress.Unix(_folder["x.sock"])] });
        var tracker = host.Services.GetRequiredService<ConnectionTracker>();
        foreach (string address in host.Addresses)
        {
            var closed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            void Note(string id) => closed.TrySetResult(id);
            tracker.Closed += Note;
            using (var channel = Hosts.Open(address))
            {
                await Hosts.ShakeHandsAsync(channel);
                Assert.Equal(1, tracker.Count);
            }

            string gone = await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
            tracker.Closed -= Note;
            Assert.False(tracker.IsOpen(gone));
            Assert.Equal(0, tracker.Count);
        }
    }

    [Fact]
    public async Task Connection_WithoutCalls_StaysOpen()
    {
        await using var host = await ServerHost.StartAsync(Hosts.Quiet with { Listen = [ListenAddress.Loopback(0)] });
        var tracker = host.Services.GetRequiredService<ConnectionTracker>();
        bool closed = false;
        tracker.Closed += _ => closed = true;
        using var channel = Hosts.Open(host.Addresses[0]);
        await Hosts.ShakeHandsAsync(channel);
        await Task.Delay(TimeSpan.FromSeconds(3)); // Kestrel looks for idle connections once a second
        Assert.False(closed);
        await Hosts.ShakeHandsAsync(channel);
        Assert.Equal(1, tracker.Count);
    }
}
