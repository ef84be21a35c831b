using System.CommandLine;

namespace VsgGym.Server.Verbs;

/// <summary>--runs DIR of verbs that read what a server has kept.</summary>
internal static class ModelsOption
{
    /// <summary>Makes the option; it has no value where it is not given.</summary>
    public static Option<string?> Create(string description) =>
        new("--runs") { Description = $"{description} [default: {RunsOption.Default}]", HelpName = "DIR" };

    /// <summary>The directory.</summary>
    public static string Read(string? given) => given ?? RunsOption.Default;
}
