using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VsgGym.Core;
using VsgGym.Server.Models;

namespace VsgGym.Server.Verbs;

/// <summary>`evaluate GAME`: plays whole episodes in this process and prints what each player got.</summary>
internal static class EvaluateVerb
{
    private static readonly Argument<string> Game = new("GAME") { Description = GameArgument.Help };
    private static readonly Option<string[]> Policy = new("--policy")
    {
        Description = "Who plays a seat: uniform, a model file that ends in .onnx, or model:ID of --runs; repeatable. Seats not named play uniformly",
        HelpName = "PLAYER=POLICY",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Greedy = new("--greedy") { Description = "Models play their deterministic action instead of sampling" };
    private static readonly Option<string[]> GameSet = Settings.Option("--game-set", "An option of the game; repeatable");
    private static readonly Option<long> Episodes = new("--episodes") { Description = "Whole episodes played", DefaultValueFactory = _ => new EvaluationOptions().Episodes, HelpName = "N" };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of the game and of every sampled policy", DefaultValueFactory = _ => 0UL, HelpName = "N" };
    private static readonly Option<int> NumEnvs = new("--num-envs") { Description = "Copies played at once; the result does not depend on it", DefaultValueFactory = _ => EvaluationJob.DefaultCopies, HelpName = "N" };
    private static readonly Option<int?> TimeLimit = new("--time-limit") { Description = "Decisions after which an episode is cut [default: the game's own end]", HelpName = "N" };
    private static readonly Option<string> Provider = new("--provider") { Description = "What runs models", DefaultValueFactory = _ => SeatReading.Cpu };
    private static readonly Option<string?> Runs = RunsOption.Create("Directory of runs and uploaded models that model:ID is looked up in");
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Provider.AcceptOnlyFromAmong(SeatReading.Cpu, SeatReading.Cuda);
        var command = new Command("evaluate", "Plays whole episodes, here and without a server, and prints each player's mean return (undiscounted) with its standard error.")
        {
            Game, Policy, Greedy, GameSet, Episodes, Seed, NumEnvs, TimeLimit, Provider, Runs, Json,
        };
        command.SetAction((result, cancellationToken) => Task.FromResult(Run(result, cancellationToken)));
        return command;
    }

    private static int Run(ParseResult result, CancellationToken cancellationToken)
    {
        var spec = GameArgument.Read(result.GetValue(Game)!, Settings.ToJson(result.GetValue(GameSet)!, "--game-set"));
        var game = LocalGames.Resolver.Resolve(spec);
        var environment = game.Game.CreateEnvironment();
        var options = new EvaluationOptions
        {
            Episodes = result.GetValue(Episodes),
            Seed = result.GetValue(Seed),
            Copies = result.GetValue(NumEnvs),
            TimeLimit = result.GetValue(TimeLimit),
        };
        using var opened = new OpenModels();
        var faults = new FaultList();
        var reading = new SeatReading("policies", environment.Spec, result.GetValue(Provider)!, opened, faults);
        var policies = PolicyArguments.Read(result.GetValue(Policy)!, Policy.Name, result.GetValue(Greedy), result.GetValue(Runs) ?? RunsOption.Default, reading);
        Collect(() => EpisodeEvaluator.Check(environment.Spec, policies, options), faults);
        faults.ThrowIfAny();
        var played = Play($"{game.Id}", environment, policies, options, result.InvocationConfiguration.Error, cancellationToken);
        result.InvocationConfiguration.Output.Write(result.GetValue(Json) ? JsonText.Write(ToJson(game.Id, game.OptionsJson, options, played)) : ToText(game.Id, played));
        return CommandLine.Done;
    }

    private static EvaluationResult Play(string title, Core.Environment environment, IPolicy?[] policies, EvaluationOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interruption = new Interruption();
        _ = interruption.Requested.ContinueWith(_ => stop.Cancel(), cancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        bool isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        return new EvaluationProgressView(error, isTerminal, TimeProvider.System).Run(
            title, options.Episodes, progress => EpisodeEvaluator.Run(environment, policies, options, progress, stop.Token));
    }

    private static void Collect(Action check, FaultList faults)
    {
        try
        {
            check();
        }
        catch (VsgGymException error)
        {
            faults.AddAll(error);
        }
    }

    private static string ToText(string game, EvaluationResult played)
    {
        var rows = played.Players.Select(player => (string[])
        [
            player.Player, SolutionJson.Show(player.MeanReturn), SolutionJson.Show(player.StandardError),
            SolutionJson.Show(player.Lowest), SolutionJson.Show(player.Highest),
            player.MeanAction.IsEmpty ? string.Empty : string.Join(", ", player.MeanAction.Select(SolutionJson.Show)),
        ]);
        string heading = string.Create(CultureInfo.InvariantCulture, $"{game}: {played.Episodes} episodes of {SolutionJson.Show(played.MeanLength)} decisions on average\n\n");
        bool boxes = played.Players.Any(player => !player.MeanAction.IsEmpty);
        return heading + TextTable.Lay(2, [["player", "mean return", "standard error", "lowest", "highest", boxes ? "mean action" : string.Empty], .. rows]);
    }

    private static JsonObject ToJson(string game, string gameOptions, EvaluationOptions options, EvaluationResult played) => new()
    {
        ["game"] = new JsonObject { ["id"] = game, ["options"] = JsonNode.Parse(gameOptions) },
        ["episodes"] = played.Episodes,
        ["seed"] = options.Seed,
        ["mean_length"] = JsonText.Number(played.MeanLength),
        ["players"] = new JsonObject(played.Players.Select(player => KeyValuePair.Create<string, JsonNode?>(player.Player, new JsonObject
        {
            ["mean_return"] = JsonText.Number(player.MeanReturn),
            ["std_error"] = JsonText.Number(player.StandardError),
            ["lowest"] = JsonText.Number(player.Lowest),
            ["highest"] = JsonText.Number(player.Highest),
            ["mean_action"] = player.MeanAction.IsEmpty ? null : new JsonArray([.. player.MeanAction.Select(JsonText.Number)]),
        }))),
    };
}
