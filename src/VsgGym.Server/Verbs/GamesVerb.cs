using System.CommandLine;
using System.Text.Json.Nodes;
using VsgGym.Core;

namespace VsgGym.Server.Verbs;

/// <summary>`games`: lists what the catalog has.</summary>
internal static class GamesVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("games", "Lists the games, and the solvers, learners and metrics that answer them.") { json };
        command.SetAction(result =>
        {
            var catalog = Composition.Catalog;
            result.InvocationConfiguration.Output.Write(result.GetValue(json) ? ToJson(catalog) : ToText(catalog));
            return CommandLine.Done;
        });
        return command;
    }

    private static string ToText(Catalog catalog) =>
        Section("Games", catalog.Games) + "\n" + Section("Solvers", catalog.Solvers) + "\n" + Section("Learners", catalog.Learners) + "\n" + Section("Metrics", catalog.Metrics)
        + "\n`describe ID` tells more.\n";

    private static string Section(string title, IReadOnlyDictionary<string, CatalogEntry> entries) =>
        $"{title}\n{TextTable.Lay(2, [.. entries.Values.Select(entry => (string[])[entry.Id, entry.Summary])])}";

    private static string ToJson(Catalog catalog) => JsonText.Write(new JsonObject
    {
        ["games"] = ToJson(catalog.Games),
        ["solvers"] = ToJson(catalog.Solvers),
        ["learners"] = ToJson(catalog.Learners),
        ["metrics"] = ToJson(catalog.Metrics),
    });

    private static JsonArray ToJson(IReadOnlyDictionary<string, CatalogEntry> entries) =>
        [.. entries.Values.Select(ToJson)];

    private static JsonObject ToJson(CatalogEntry entry) => new()
    {
        ["id"] = entry.Id,
        ["summary"] = entry.Summary,
        ["sources"] = JsonText.Texts(entry.Sources.Select(source => $"{source.Citation.Key} {source.Locus}".TrimEnd())),
    };
}
