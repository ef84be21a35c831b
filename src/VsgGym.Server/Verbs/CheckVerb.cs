using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using VsgGym.Core;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Verbs;

/// <summary>`check FILE`: measures a solution's policies anew and holds the result against what the file states.</summary>
internal static class CheckVerb
{
    private const double DefaultTolerance = 1e-9;

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A file that `solve --out` wrote" };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "Largest difference, absolute or relative to the stated number",
            DefaultValueFactory = _ => DefaultTolerance,
            HelpName = "X",
        };
        tolerance.Validators.Add(CheckTolerance);
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("check", "Measures a solution's policies anew from the game alone; exits with 1 where a stated number is wrong.") { file, tolerance, json };
        command.SetAction((result, cancellationToken) => Task.FromResult(
            Check(SolutionFile.Read(result.GetValue(file)!), result.GetValue(tolerance), result.GetValue(json), result.InvocationConfiguration.Output, cancellationToken)));
        return command;
    }

    private static void CheckTolerance(OptionResult result)
    {
        if (result.Tokens.Count == 0) return;
        string word = result.Tokens[0].Value;
        if (!double.TryParse(word, out double value) || value is not (>= 0 and <= 1)) result.AddError($"--tolerance {word}: must be in [0, 1]");
    }

    private static int Check(SolutionFile file, double tolerance, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        if (file.Stated.Count == 0) throw VsgGymException.Invalid("certificate", "null", "the file states none, as its solve was ended before it was measured: there is nothing to check", "missing");
        var game = ConceptReader.Form(Composition.Catalog, LocalGames.Resolver.Resolve(file.Game), file.Concept);
        var metric = Composition.Catalog.CreateMetric(ConceptReader.Of(file.Concept, game), game, file.ConceptOptionsJson, CrewReader.Read(0));
        var certificate = metric.Measure(ProfileReader.Read(file.Policies, file.JointPolicy, game), cancellationToken);
        var measured = new List<(string Name, double Value)> { ("gap", certificate.Gap) };
        for (int p = 0; p < game.Players.Length; p++)
        {
            measured.Add(($"gap of {game.Players[p]}", certificate.GapPerPlayer[p]));
            measured.Add(($"value of {game.Players[p]}", certificate.Values[p]));
        }

        double Stated(string name) => file.Stated.TryGetValue(name, out double stated) ? stated : double.NaN;
        var rows = measured.Select(row => new Comparison(row.Name, Stated(row.Name), row.Value, tolerance)).ToList();
        output.Write(json ? JsonText.Write(ToJson(rows, certificate.Concept)) : ToText(rows, certificate.Concept));
        return rows.All(row => row.Agrees) ? CommandLine.Done : CommandLine.Failed;
    }

    private static string ToText(List<Comparison> rows, string concept) =>
        TextTable.Lay(0, [[concept, "stated", "measured", ""], .. rows.Select(row => row.ToCells())])
        + (rows.All(row => row.Agrees) ? "The certificate is confirmed.\n" : "The certificate is wrong.\n");

    private static JsonObject ToJson(List<Comparison> rows, string concept) => new()
    {
        ["concept"] = concept,
        ["confirmed"] = rows.All(row => row.Agrees),
        ["numbers"] = new JsonArray([.. rows.Select(row => row.ToJson())]),
    };

    private sealed record Comparison(string Name, double Stated, double Measured, double Tolerance)
    {
        public bool Agrees => Math.Abs(Stated - Measured) <= Tolerance * Math.Max(1, Math.Abs(Stated));

        public string[] ToCells() => [Name, SolutionJson.Show(Stated), SolutionJson.Show(Measured), Agrees ? "agrees" : "DIFFERS"];

        public JsonObject ToJson() => new()
        {
            ["name"] = Name,
            ["stated"] = JsonText.Number(Stated),
            ["measured"] = JsonText.Number(Measured),
            ["agrees"] = Agrees,
        };
    }
}
