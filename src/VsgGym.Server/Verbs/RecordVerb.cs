using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VsgGym.Core;
using VsgGym.Server.Models;
using VsgGym.Server.Pictures;

namespace VsgGym.Server.Verbs;

/// <summary>`record GAME --out FILE.svg`: plays one episode in this process and writes it as a picture that moves.</summary>
internal static class RecordVerb
{
    private const string SeatName = "--seat";

    private static readonly Argument<string> Game = new("GAME") { Description = GameArgument.Help };
    private static readonly Option<string> Out = new("--out") { Description = "The SVG file to write", Required = true, HelpName = "FILE" };
    private static readonly Option<string[]> Seat = new(SeatName)
    {
        Description = "Who plays a seat: uniform, a model file that ends in .onnx, or model:ID of --runs; repeatable. Seats not named play uniformly",
        HelpName = "PLAYER=POLICY",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Greedy = new("--greedy") { Description = "Models play their deterministic action instead of sampling" };
    private static readonly Option<string[]> Set = Settings.Option("--set", "An option of the game; repeatable");
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of the game and of every sampled policy", DefaultValueFactory = _ => 0UL, HelpName = "N" };
    private static readonly Option<int> Steps = new("--steps") { Description = "Steps after which the recording ends [default: 200, or the game's horizon where that is less]", HelpName = "N" };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "How long each step is shown [default: 0.7]", HelpName = "S" };
    private static readonly Option<string?> Runs = RunsOption.Create("Directory of runs and uploaded models that model:ID is looked up in");
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("record", "Plays one episode, here and without a server, and writes it as an SVG file that moves: it shows every step and begins again, in any browser.")
        {
            Game, Out, Seat, Greedy, Set, Seed, Steps, Seconds, Runs, Json,
        };
        command.SetAction((result, cancellationToken) => Task.FromResult(Run(result, cancellationToken)));
        return command;
    }

    private static int Run(ParseResult result, CancellationToken cancellationToken)
    {
        var game = LocalGames.Resolver.Resolve(GameArgument.Read(result.GetValue(Game)!, Settings.ToJson(result.GetValue(Set)!, "--set")));
        var spec = game.Game.CreateEnvironment().Spec;
        var options = new RecordOptions { Seed = result.GetValue(Seed), Steps = result.GetValue(Steps), SecondsPerStep = result.GetValue(Seconds) };
        using var opened = new OpenModels();
        var faults = new FaultList();
        options.Check(faults, "--steps", "--seconds");
        var reading = new SeatReading("players", spec, SeatReading.Cpu, opened, faults);
        var policies = PolicyArguments.Read(result.GetValue(Seat)!, SeatName, result.GetValue(Greedy), result.GetValue(Runs) ?? RunsOption.Default, reading);
        faults.ThrowIfAny();
        var recording = EpisodeRecorder.Record(game.Game, policies, options, cancellationToken);
        string file = result.GetValue(Out)!;
        Write(file, recording.Svg);
        result.InvocationConfiguration.Output.Write(result.GetValue(Json)
            ? JsonText.Write(ToJson(game.Id, game.OptionsJson, file, spec, options, recording))
            : ToText(game.Id, file, spec, recording));
        return CommandLine.Done;
    }

    private static void Write(string file, string svg)
    {
        try
        {
            File.WriteAllText(file, svg);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw VsgGymException.Invalid("--out", file, $"the file cannot be written: {error.Message}", "unwritable");
        }
    }

    private static string ToText(string game, string file, EnvironmentSpec spec, Recording recording)
    {
        string end = recording.Ended ? "to its end" : "not to its end";
        string heading = string.Create(CultureInfo.InvariantCulture, $"{game}: {recording.Steps} steps, {end}; drawn in {file}\n\n");
        return heading + TextTable.Lay(2, [["player", "return"], .. spec.Players.Select((player, p) => (string[])[player, SolutionJson.Show(recording.Returns[p])])]);
    }

    private static JsonObject ToJson(string game, string gameOptions, string file, EnvironmentSpec spec, RecordOptions options, Recording recording) => new()
    {
        ["game"] = new JsonObject { ["id"] = game, ["options"] = JsonNode.Parse(gameOptions) },
        ["file"] = Path.GetFullPath(file),
        ["seed"] = options.Seed,
        ["steps"] = recording.Steps,
        ["ended"] = recording.Ended,
        ["returns"] = new JsonObject(spec.Players.Select((player, p) => KeyValuePair.Create<string, JsonNode?>(player, JsonText.Number(recording.Returns[p])))),
    };
}
