namespace VsgGym.Server.Reproduction;

/// <summary>What `reproduce` was asked for.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="Folder">Where results are kept.</param>
/// <param name="Jobs">Trials at once.</param>
/// <param name="Seeds">Seeds per method and game, or null for the experiment's.</param>
/// <param name="Only">Only methods whose label contains one of these; empty for all.</param>
/// <param name="Fresh">Whether to run everything again.</param>
/// <param name="Progress">Where progress goes.</param>
internal sealed record ReproductionCall(string Id, string Folder, int Jobs, int? Seeds, string[] Only, bool Fresh, TextWriter Progress)
{
    /// <summary>The page's name inside the folder.</summary>
    public const string PageFile = "README.md";

    /// <summary>The command that makes the page.</summary>
    public string Command => $"dotnet run -c Release --project src/VsgGym.Server -- reproduce {Id}"
        + (Seeds is { } n ? $" --seeds {n}" : string.Empty) + string.Concat(Only.Select(text => $" --only \"{text}\""));
}
