using System.CommandLine;

namespace VsgGym.Server.Verbs;

/// <summary>--runs DIR: where training runs live.</summary>
internal static class RunsOption
{
    /// <summary>The user's own directory: ~/.local/share/vsggym/runs on Linux; below the present one where the user has none.</summary>
    public static string Default { get; } = Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData), "vsggym", "runs");

    /// <summary>Makes the option; it has no value where it is not given.</summary>
    public static Option<string?> Create(string description) =>
        new("--runs") { Description = $"{description} [default: {Default}]", HelpName = "DIR" };
}
