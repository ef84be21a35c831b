using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Verbs;

/// <summary>`export SOURCE`: writes a solution's policies, or a run's or an uploaded model, as ONNX files.</summary>
internal static class ExportVerb
{
    private const string SolutionEnding = ".json";

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A file that `solve --out` wrote, the id of a run, or the id of a model" };
        var folder = new Option<string>("--out") { Description = "Folder for the files; made where it is not there", Required = true, HelpName = "DIR" };
        var runs = RunsOption.Create("Directory of runs and uploaded models that ids are looked up in");
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("export", "Writes policies as ONNX files, whose graphs map observations to actions. A solution's files are checked against their tables.") { source, folder, runs, json };
        command.SetAction(result =>
        {
            string word = result.GetValue(source)!, directory = result.GetValue(folder)!;
            var files = word.EndsWith(SolutionEnding, StringComparison.OrdinalIgnoreCase)
                ? OfSolution(SolutionFile.Read(word), directory)
                : OfModels(word, result.GetValue(runs) ?? RunsOption.Default, directory);
            result.InvocationConfiguration.Output.Write(result.GetValue(json) ? JsonText.Write(ToJson(files, directory)) : ToText(files, directory));
            return CommandLine.Done;
        });
        return command;
    }

    private static List<WrittenModel> OfSolution(SolutionFile file, string directory)
    {
        var game = LocalGames.Resolver.Resolve(file.Game);
        var table = GameForms.TableOf(game);
        var profile = ProfileReader.Read(file.Policies, table);
        var origin = new TableOrigin(game.Id, game.OptionsJson, file.Solver, file.Seed);
        return [.. Enumerable.Range(0, table.PlayerCount).Select(player => Composition.TableExporter.Write(profile[player], table, player, origin, directory))];
    }

    private static List<WrittenModel> OfModels(string id, string runs, string directory)
    {
        var exported = Composition.RunModelsOf(runs);
        var library = new ModelLibrary(new ModelStore(RunsFolder.ModelsOf(runs), new ServerLimits()), exported);
        IReadOnlyList<StoredModel> models = library.Find(id) is { } model ? [model] : exported.ModelsOf(id);
        if (models.Count == 0)
            throw VsgGymException.NotFound("source", id, $"no model has this id and no run of this id has exported one in {runs}; a solution's file ends in {SolutionEnding}", "unknown_model");
        var files = models.Select(kept => (kept.Description, Bytes: kept.Read("source"))).ToList(); // all are sound before any is written
        Directory.CreateDirectory(directory);
        foreach (var (description, bytes) in files) File.WriteAllBytes(Path.Combine(directory, description.File), bytes);
        return [.. files.Select(file => new WrittenModel(file.Description.Player, file.Description.File, file.Bytes.Length, file.Description.Sha256))];
    }

    private static string ToText(List<WrittenModel> files, string directory) =>
        TextTable.Lay(0, [["player", "file", "bytes", "sha256"], .. files.Select(file => (string[])[file.Player, Path.Combine(directory, file.File), file.Bytes.ToString(CultureInfo.InvariantCulture), file.Sha256])]);

    private static JsonObject ToJson(List<WrittenModel> files, string directory) => new()
    {
        ["folder"] = Path.GetFullPath(directory),
        ["files"] = new JsonArray([.. files.Select(file => new JsonObject { ["player"] = file.Player, ["file"] = file.File, ["bytes"] = file.Bytes, ["sha256"] = file.Sha256 })]),
    };
}
