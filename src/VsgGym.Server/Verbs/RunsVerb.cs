using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VsgGym.Core;
using VsgGym.Server.Verbs.Training;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>`runs list|show|watch|pause|resume|cancel|delete|download`: the runs of a server; those of a directory can be read.</summary>
internal static class RunsVerb
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Argument<string> Id = new("RUN") { Description = "The run's id" };
    private static readonly Argument<string[]> Files = new("FILE") { Description = "Names of files; none: all", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> Runs = new("--runs") { Description = "Read this directory without a server", HelpName = "DIR" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };
    private static readonly Option<long> From = new("--from") { Description = "Number of the first event", HelpName = "N" };
    private static readonly Option<bool> NoFollow = new("--no-follow") { Description = "End with what is there" };
    private static readonly Option<string> Out = new("--out") { Description = "Where to write the files", DefaultValueFactory = _ => ".", HelpName = "DIR" };

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var server = new ServerAddress();
        return new Command("runs", "Lists, watches and steers the training runs of a server.")
        {
            Reading(server, "list", "Lists the runs, oldest first.", ListAsync),
            Reading(server, "show", "Shows a run.", ShowAsync, Id),
            Reading(server, "watch", "Shows what happened and what happens until the run has ended.", WatchAsync, Id, From, NoFollow),
            Reading(server, "download", "Writes the exported files, the events and the specification to a directory.", DownloadAsync, Id, Files, Out),
            Steering(server, "pause", "Pauses a run between two steps.", (runs, id, stop) => runs.PauseAsync(id, stop)),
            Steering(server, "resume", "Puts a paused or failed run back into the queue.", (runs, id, stop) => runs.ResumeAsync(id, stop)),
            Steering(server, "cancel", "Ends a run with what it has.", (runs, id, stop) => runs.CancelAsync(id, stop)),
            Deleting(server),
        };
    }

    private static Command Reading(ServerAddress server, string name, string description, Func<IRunSource, ParseResult, CancellationToken, Task> read, params Symbol[] symbols)
    {
        var command = Make(server, name, description, symbols);
        command.Options.Add(Runs);
        Act(command, async (result, stop) =>
        {
            using var source = result.GetValue(Runs) is { } directory ? (IRunSource)new DirectoryRuns(directory) : Open(server, result);
            await read(source, result, stop).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Steering(ServerAddress server, string name, string description, Func<ServerRuns, string, CancellationToken, Task<Proto.Run>> steer)
    {
        var command = Make(server, name, description, Id);
        Act(command, async (result, stop) =>
        {
            using var runs = Open(server, result);
            Print(result, await steer(runs, result.GetValue(Id)!, stop).ConfigureAwait(false));
        });
        return command;
    }

    private static Command Deleting(ServerAddress server)
    {
        var command = new Command("delete", "Removes an ended run with everything it has.") { Id };
        foreach (var option in server.All) command.Options.Add(option);
        Act(command, async (result, stop) =>
        {
            using var runs = Open(server, result);
            await runs.DeleteAsync(result.GetValue(Id)!, stop).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Make(ServerAddress server, string name, string description, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var argument in symbols.OfType<Argument>()) command.Arguments.Add(argument);
        foreach (var option in symbols.OfType<Option>().Concat(server.All).Append(Json)) command.Options.Add(option);
        return command;
    }

    private static void Act(Command command, Func<ParseResult, CancellationToken, Task> act) => command.SetAction(async (result, cancellationToken) =>
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interruption = new Interruption();
        _ = interruption.Requested.ContinueWith(_ => stop.Cancel(), cancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await act(result, stop.Token).ConfigureAwait(false);
        return CommandLine.Done;
    });

    private static ServerRuns Open(ServerAddress server, ParseResult result)
    {
        var (channel, metadata, address) = server.Open(result);
        return new ServerRuns(channel, metadata, address);
    }

    private static async Task ListAsync(IRunSource source, ParseResult result, CancellationToken cancellationToken)
    {
        var runs = await source.ListAsync(cancellationToken).ConfigureAwait(false);
        Write(result, result.GetValue(Json) ? JsonText.Write(new JsonArray([.. runs.Select(RunJson.Write)])) : RunText.Write(runs));
    }

    private static async Task ShowAsync(IRunSource source, ParseResult result, CancellationToken cancellationToken) =>
        Print(result, await source.GetAsync(result.GetValue(Id)!, cancellationToken).ConfigureAwait(false));

    private static async Task WatchAsync(IRunSource source, ParseResult result, CancellationToken cancellationToken)
    {
        long from = result.GetValue(From);
        if (from < 0) throw VsgGymException.Invalid("--from", from, "must be at least 0", "out_of_range");
        IReadOnlyList<string> names = [];
        await foreach (var update in source.WatchAsync(result.GetValue(Id)!, from, !result.GetValue(NoFollow), cancellationToken).ConfigureAwait(false))
        {
            names = update.Run?.MetricNames ?? names;
            string line = result.GetValue(Json) ? RunJson.Write(update, names).ToJsonString(OneLine) : RunText.Write(update, names);
            await result.InvocationConfiguration.Output.WriteLineAsync(line).ConfigureAwait(false);
            await result.InvocationConfiguration.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task DownloadAsync(IRunSource source, ParseResult result, CancellationToken cancellationToken)
    {
        var written = await source.DownloadAsync(result.GetValue(Id)!, result.GetValue(Files)!, result.GetValue(Out)!, cancellationToken).ConfigureAwait(false);
        Write(result, result.GetValue(Json) ? JsonText.Write(JsonText.Texts(written)) : string.Concat(written.Select(path => path + "\n")));
    }

    private static void Print(ParseResult result, Proto.Run run) =>
        Write(result, result.GetValue(Json) ? JsonText.Write(RunJson.Write(run)) : RunText.Write(run));

    private static void Write(ParseResult result, string text) => result.InvocationConfiguration.Output.Write(text);
}
