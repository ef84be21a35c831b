using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using VsgGym.Server.Verbs.Training;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>`train GAME LEARNER`: trains in this process, in a directory that outlasts it.</summary>
internal static class TrainVerb
{
    private static readonly Argument<string?> Game = new("GAME") { Description = GameArgument.Help, Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string?> Learner = new("LEARNER") { Description = "Id of the learner; `games` lists them", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Set = Settings.Option("--set", "An option of the learner, dots nest; repeatable");
    private static readonly Option<string[]> GameSet = Settings.Option("--game-set", "An option of the game; repeatable");
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of everything random", DefaultValueFactory = _ => 0UL, HelpName = "N" };
    private static readonly Option<string> Name = new("--name") { Description = "A name for people", DefaultValueFactory = _ => string.Empty, HelpName = "TEXT" };
    private static readonly Option<long> EvaluateEvery = Steps("--evaluate-every", "Steps between evaluations; -1: only at the end [default: a twentieth of the run]");
    private static readonly Option<int> Episodes = new("--evaluation-episodes") { Description = "Episodes of each evaluation [default: 100]", HelpName = "N" };
    private static readonly Option<long> CheckpointEvery = Steps("--checkpoint-every", "Steps between checkpoints [default: a tenth of the run]");
    private static readonly Option<long> MetricsEvery = Steps("--metrics-every", "Steps between metrics [default: a hundredth of the run]");
    private static readonly Option<string?> Resume = new("--resume") { Description = "Go on with this run in place of starting one", HelpName = "RUN" };
    private static readonly Option<string?> Runs = RunsOption.Create("Where the run lives");
    private static readonly Option<string?> Out = new("--out") { Description = "Copy the exported files, the events and the specification there at the end", HelpName = "DIR" };
    private static readonly Option<int> Threads = ThreadsOption.Create();
    private static readonly Option<bool> Json = new("--json") { Description = "Print the ended run as JSON" };

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("train", "Trains a learner, here and without a server. Ctrl+C pauses the run; --resume goes on with it, bit for bit.")
        {
            Game, Learner, Set, GameSet, Seed, Name, EvaluateEvery, Episodes, CheckpointEvery, MetricsEvery, Resume, Runs, Out, Threads, Json,
        };
        command.Validators.Add(CheckTogether);
        command.SetAction((result, _) => RunAsync(result));
        return command;
    }

    private static Option<long> Steps(string name, string description) => new(name) { Description = description, HelpName = "N" };

    private static void CheckTogether(CommandResult result)
    {
        bool resumes = result.GetResult(Resume) is not null, names = result.GetValue(Game) is not null, learner = result.GetValue(Learner) is not null;
        if (resumes == (names || learner) || names != learner) result.AddError("give GAME and LEARNER to start a run, or --resume RUN alone to go on with one");
    }

    private static async Task<int> RunAsync(ParseResult result)
    {
        Composition.TrainingThreads = result.GetValue(Threads);
        string directory = result.GetValue(Runs) ?? RunsOption.Default;
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        using var interruption = new Interruption();
        using var hurry = new CancellationTokenSource();
        interruption.Repeated += hurry.Cancel;
        var job = new TrainJob(Composition.Catalog, Composition.Exporter, directory);
        await using (job.ConfigureAwait(false))
        {
            var run = result.GetValue(Resume) is { } id ? await job.ResumeAsync(id).ConfigureAwait(false) : job.Start(Read(result));
            await error.WriteLineAsync($"{run.RunId} in {directory}").ConfigureAwait(false);
            bool isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
            var (ended, evaluation) = await job.TrainAsync(run, new TrainView(error, isTerminal, TimeProvider.System), interruption.Requested, hurry.Token).ConfigureAwait(false);
            if (ended.State == Proto.RunState.Paused) await error.WriteLineAsync(HowToResume(ended, directory)).ConfigureAwait(false);
            else if (result.GetValue(Out) is { } folder) job.CopyFiles(ended.RunId, folder);
            await output.WriteAsync(result.GetValue(Json) ? JsonText.Write(ToJson(ended, evaluation)) : RunText.Write(ended)).ConfigureAwait(false);
            return ended.State == Proto.RunState.Completed ? CommandLine.Done : CommandLine.Failed;
        }
    }

    private static Proto.StartRunRequest Read(ParseResult result) => new()
    {
        Game = GameArgument.Read(result.GetValue(Game)!, Settings.ToJson(result.GetValue(GameSet)!, "--game-set")),
        Learner = result.GetValue(Learner)!,
        OptionsJson = Settings.ToJson(result.GetValue(Set)!, "--set"),
        Seed = result.GetValue(Seed),
        Name = result.GetValue(Name)!,
        EvaluateEvery = result.GetValue(EvaluateEvery),
        EvaluationEpisodes = result.GetValue(Episodes),
        CheckpointEvery = result.GetValue(CheckpointEvery),
        MetricsEvery = result.GetValue(MetricsEvery),
    };

    private static string HowToResume(Proto.Run run, string directory) =>
        $"paused at step {run.Step}; to go on: train --resume {run.RunId} --runs {directory}, or runs resume {run.RunId} with a server on that directory";

    private static JsonObject ToJson(Proto.Run run, Proto.RunEvaluation? evaluation)
    {
        var json = RunJson.Write(run);
        json["evaluation"] = evaluation is null ? null : RunJson.Write(evaluation);
        return json;
    }
}
