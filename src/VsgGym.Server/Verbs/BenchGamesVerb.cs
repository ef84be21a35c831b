using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VsgGym.Core;
using VsgGym.Server.Bench;

namespace VsgGym.Server.Verbs;

/// <summary>`bench games`: what a step of every game costs inside the process.</summary>
internal static class BenchGamesVerb
{
    private const string GameSet = "--game-set";

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var ids = new Argument<string[]>("ID") { Description = "Games; none: all", Arity = ArgumentArity.ZeroOrMore };
        var gameSet = Settings.Option(GameSet, "An option of the game, where one is named; repeatable");
        var copies = new Option<int>("--copies") { Description = "Copies of the game in the batch", DefaultValueFactory = _ => 4096, HelpName = "N" };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of every game", DefaultValueFactory = _ => 5, HelpName = "N" };
        var seconds = new Option<double>("--seconds") { Description = "Seconds of each round", DefaultValueFactory = _ => 0.2, HelpName = "S" };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        copies.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > 65536) result.AddError("--copies: must be in [1, 65536]"); });
        rounds.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds: must be at least 1"); });
        seconds.Validators.Add(result => { if (result.GetValueOrDefault<double>() is not (> 0 and <= 60)) result.AddError("--seconds: must be above 0 and at most 60"); });
        var command = new Command("games", "Measures joint steps/s of every game in batches on one core, beside copying the bytes of a step.") { ids, gameSet, copies, rounds, seconds, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var catalog = Composition.Catalog;
            string[] named = parsed.GetValue(ids)!, settings = parsed.GetValue(gameSet)!;
            if (settings.Length > 0 && named.Length != 1)
                throw VsgGymException.Invalid(GameSet, string.Join(' ', settings), $"are options of one game: name it alone ({named.Length} are named)", "conflict");
            string options = Settings.ToJson(settings, GameSet);
            string[] chosen = named.Length > 0 ? named : [.. catalog.Games.Keys];
            GameSpeed[] speeds = [.. chosen.Select(id => GameSpeed.Measure(id, catalog.CreateGame(id, options), parsed.GetValue(copies), parsed.GetValue(rounds), parsed.GetValue(seconds), cancellationToken))];
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(json) ? ToJson(speeds, options) : ToText(speeds));
            return Task.FromResult(CommandLine.Done);
        });
        return command;
    }

    private static string ToText(GameSpeed[] speeds) => TextTable.Lay(0,
    [
        ["game", "ns per joint step", "million joint steps/s", "bytes per step", "times a copy of them"],
        .. speeds.Select(speed => (string[])[speed.Id, Number(speed.NanosecondsPerStep), Number(speed.MillionSteps), Number(speed.BytesPerStep), Number(speed.CopyRatio)]),
    ]);

    private static string ToJson(GameSpeed[] speeds, string options) => JsonText.Write(new JsonArray([.. speeds.Select(speed => new JsonObject
    {
        ["game"] = speed.Id,
        ["options"] = JsonNode.Parse(options),
        ["ns_per_step"] = speed.NanosecondsPerStep,
        ["million_steps_per_second"] = speed.MillionSteps,
        ["bytes_per_step"] = speed.BytesPerStep,
        ["copy_ratio"] = speed.CopyRatio,
    })]));

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
