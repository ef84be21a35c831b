using System.CommandLine;
using VsgGym.Server.Services;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>`describe ID`: one entry of the catalog in full.</summary>
internal static class DescribeVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "Id of a game, a solver, a learner or a metric, or a file that ends in .nfg or .efg" };
        var set = Settings.Option("--set", "An option of the game to describe it under; repeatable");
        var json = new Option<bool>("--json") { Description = "Print JSON, with the schema of the options" };
        var command = new Command("describe", "Shows what an entry is, where it comes from, and its options.") { id, set, json };
        command.SetAction(result =>
        {
            var response = Describe(result.GetValue(id)!, Settings.ToJson(result.GetValue(set)!, "--set"));
            result.InvocationConfiguration.Output.Write(result.GetValue(json) ? JsonText.Write(DescriptionJson.Write(response)) : DescriptionText.Write(response));
            return CommandLine.Done;
        });
        return command;
    }

    private static Proto.DescribeResponse Describe(string id, string options)
    {
        var finder = new EntryFinder(Composition.Catalog, LocalGames.Resolver);
        var spec = GameArgument.Read(id, options);
        return spec.SourceCase == Proto.GameSpec.SourceOneofCase.Id && options == "{}"
            ? finder.Describe(new Proto.DescribeRequest { Id = id })
            : finder.Describe(new Proto.DescribeRequest { Game = spec });
    }
}
