using System.CommandLine;

namespace VsgGym.Server.Verbs;

/// <summary>Reads the command line, runs the verb, and turns errors into exit codes.</summary>
internal static class CommandLine
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or an input it names, is at fault.</summary>
    public const int BadUsage = 2;

    /// <summary>Runs a verb.</summary>
    /// <param name="arguments">The words of the command line.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("VsgGym: games for multi-agent learning and their equilibria, served over gRPC.");
        foreach (var verb in VerbList.Create()) root.Subcommands.Add(verb);
        return await root.Parse(arguments).InvokeAsync().ConfigureAwait(false);
    }
}
