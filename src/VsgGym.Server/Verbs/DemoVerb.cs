using System.CommandLine;
using Microsoft.Extensions.Logging;
using VsgGym.Client;
using VsgGym.Server.Hosting;
using VsgGym.Server.Verbs.Demo;

namespace VsgGym.Server.Verbs;

/// <summary>`demo`: starts a server on a free port, plays and solves through the C# client, and shows what came back.</summary>
internal static class DemoVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("demo", "Starts a server on a free port, plays and solves through the C# client, and shows what came back.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var interruption = new Interruption();
            _ = interruption.Requested.ContinueWith(signal => stop.Cancel(), cancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return await RunAsync(DemoConsole.ForProcess(), stop.Token).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>Runs the demo.</summary>
    /// <param name="console">Where to print.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(DemoConsole console, CancellationToken cancellationToken)
    {
        try
        {
            // The demo's own output is the point: the server's log would only come between.
            var options = new ServerOptions { Listen = [ListenAddress.Loopback(0)], LogLevel = LogLevel.Warning, Grace = TimeSpan.FromSeconds(1) };
            await using var host = await ServerHost.StartAsync(options, cancellationToken).ConfigureAwait(false);
            await new Tour(console).RunAsync(host.Addresses[0], cancellationToken).ConfigureAwait(false);
            return CommandLine.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Say();
            console.Say("Stopped.");
            return CommandLine.Failed;
        }
        catch (VsgGymException error)
        {
            console.Say($"The demo failed: {error.Message}");
            return CommandLine.Failed;
        }
    }
}
