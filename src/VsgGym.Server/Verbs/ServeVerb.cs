using System.CommandLine;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Verbs;

/// <summary>`serve`: runs the server until it is told to stop.</summary>
internal static class ServeVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var listen = new Option<string[]>("--listen") { Description = "Address to listen on." };
        var command = new Command("serve", "Runs the server until it is told to stop.") { listen };
        command.SetAction(async (result, cancellationToken) =>
        {
            var addresses = result.GetValue(listen) is { Length: > 0 } given ? given.Select(ListenAddress.Parse) : [ListenAddress.Loopback(50051)];
            await using var host = await ServerHost.StartAsync(new ServerOptions { Listen = [.. addresses] }, cancellationToken).ConfigureAwait(false);
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        });
        return command;
    }
}
