using System.CommandLine;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Verbs;

/// <summary>`serve`: runs the server until a signal ends it.</summary>
internal static class ServeVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var options = new ServeOptions();
        var command = new Command("serve", "Runs the server until SIGTERM or Ctrl+C; open calls then get --grace-seconds to end.");
        foreach (var option in options.All) command.Options.Add(option);
        command.Validators.Add(options.CheckTogether);
        command.SetAction((result, cancellationToken) => RunAsync(options.Read(result), result.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServerOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption();
        await using var host = await ServerHost.StartAsync(options, cancellationToken).ConfigureAwait(false);
        interruption.Repeated += host.CutGrace;
        await output.WriteAsync(Welcome(host)).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        await interruption.Requested.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return CommandLine.Done;
    }

    private static string Welcome(ServerHost host)
    {
        string address = host.Addresses[0];
        bool token = host.Token is not null;
        string python = token ? ", token=TOKEN" : string.Empty, csharp = token ? ", new ClientOptions { Token = TOKEN }" : string.Empty;
        return $"""
            {ProductVersion.Text}, protocol {ProtocolVersion.Text}, listening on {string.Join(" and ", host.Addresses)}

              Python   import vsggym; client = vsggym.connect("{address}"{python})
              C#       await using var client = await VsgGymClient.ConnectAsync("{address}"{csharp});

            Ctrl+C ends it.

            """;
    }
}
