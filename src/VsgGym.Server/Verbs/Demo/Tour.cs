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
        console.Say($"Connected to {client.Server.Name}, protocol {client.Server.Protocol}, at {address}, started for this demo.");
        console.Say($"Games: {Ids(await client.GamesAsync(cancellationToken).ConfigureAwait(false))}");
        console.Say($"Solvers: {Ids(await client.SolversAsync(cancellationToken).ConfigureAwait(false))}");
        console.Say($"Learners: {Ids(await client.LearnersAsync(cancellationToken).ConfigureAwait(false))}");
        await new PursuitScene(console, client).PlayAsync(cancellationToken).ConfigureAwait(false);
        await new ClimbingScene(console, client).PlayAsync(cancellationToken).ConfigureAwait(false);
        await new EquilibriumScene(console, client).PlayAsync(cancellationToken).ConfigureAwait(false);
        await new TrainingScene(console, client).PlayAsync(cancellationToken).ConfigureAwait(false);
        console.Heading(FormattableString.Invariant($"Done in {watch.Elapsed.TotalSeconds:0.0} s. What to try next"));
        Suggest("a server for your own programs", $"{Run} serve");
        Suggest("rules and options of a game or solver", $"{Run} describe pursuit-v0");
        Suggest("solve from the command line", $"{Run} solve --help");
        Suggest("train from the command line, and keep what was learned", $"{Run} train differential-v0 mai --out learned");
        Suggest("ten lines of C# that use that server", "dotnet run --project clients/csharp/samples/QuickStart");
    }

    private void Suggest(string what, string command)
    {
        console.Say($"  {what}:");
        console.Verbatim(command);
    }

    private static string Ids(IReadOnlyList<CatalogEntry> entries) => string.Join(", ", entries.Select(entry => entry.Id));
}
