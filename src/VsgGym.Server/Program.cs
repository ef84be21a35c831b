using VsgGym.Server.Verbs;

namespace VsgGym.Server;

/// <summary>The entrance: hands the command line to its verb.</summary>
internal static class Program
{
    /// <summary>Runs a verb.</summary>
    /// <returns>0 done, 1 failed, 2 bad usage.</returns>
    public static Task<int> Main(string[] arguments) => CommandLine.RunAsync(arguments, Console.Out, Console.Error);
}
