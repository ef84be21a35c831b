using System.Diagnostics;
using VsgGym.Client;

namespace VsgGym.Server.Verbs.Demo;

/// <summary>The demo from beginning to end, against a server at an address.</summary>
internal sealed class Tour(DemoConsole console)
{
    private const string Run = "dotnet run -c Release --project src/VsgGym.Server --";

    public async Task RunAsync(string address, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var client = await VsgGymClient.ConnectAsync(address, new ClientOptions { Name = "VsgGym demo" }, cancellationToken).ConfigureAwait(false);
        console.Say($"Connected to {client.Server.Name}, protocol {client.Server.Protocol}, at {address} (started for this demo; it ends with it).");
        console.Say($"Games: {Ids(await client.GamesAsync(cancellationToken).ConfigureAwait(false))}");
        console.Say($"Solvers: {Ids(await client.SolversAsync(cancellationToken).ConfigureAwait(false))}");
        await new PursuitScene(console, client).PlayAsync(cancellationToken).ConfigureAwait(false);
        await new ClimbingScene(console, client).PlayAsync(cancellationToken).ConfigureAwait(false);
        await new EquilibriumScene(console, client).PlayAsync(cancellationToken).ConfigureAwait(false);
        console.Heading(FormattableString.Invariant($"Done in {watch.Elapsed.TotalSeconds:0.0} s. What to try next"));
        console.Verbatim($"{Run} serve                   # a server for your own programs");
        console.Verbatim($"{Run} describe pursuit-v0     # rules and options of a game; solvers too");
        console.Verbatim($"{Run} solve --help            # solve from the command line");
        console.Verbatim("python: import vsggym; vsggym.connect(\"127.0.0.1:50051\").solve(\"climbing-v0\", \"rommeo_q\")");
        console.Verbatim("C#:     clients/csharp/samples/QuickStart");
    }

    private static string Ids(IReadOnlyList<CatalogEntry> entries) => string.Join(", ", entries.Select(entry => entry.Id));
}
