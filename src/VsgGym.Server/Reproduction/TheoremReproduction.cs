using VsgGym.Core;
using VsgGym.Runs;

namespace VsgGym.Server.Reproduction;

/// <summary>Holds a theorem against games and writes its page and its table.</summary>
internal static class TheoremReproduction
{
    private const string TableFile = "table.csv";

    /// <summary>Runs everything, which takes seconds, and writes it.</summary>
    /// <returns>The page, and what was written.</returns>
    /// <exception cref="VsgGymException">Methods were chosen, of which a theorem has none.</exception>
    public static (string Page, string Written) Run(ReproductionCall call, CancellationToken cancellationToken)
    {
        if (call.Only.Length > 0) throw VsgGymException.Invalid("--only", call.Only[0], $"{call.Id} has no methods to choose from", "conflict");
        var test = TheoremTest.Load(call.Id);
        var rows = test.Run(Composition.Catalog, call.Seeds ?? TheoremTest.DefaultGames, cancellationToken);
        string page = TheoremPage.Write(test, rows, call.Command);
        Directory.CreateDirectory(call.Folder);
        File.WriteAllText(Path.Combine(call.Folder, ReproductionCall.PageFile), page);
        File.WriteAllText(Path.Combine(call.Folder, TableFile), TheoremPage.WriteCsv(test, rows));
        return (page, $"{ReproductionCall.PageFile} and {TableFile}");
    }
}
