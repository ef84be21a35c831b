using System.CommandLine;
using System.CommandLine.Invocation;
using VsgGym.Core;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Verbs;

/// <summary>Reads the command line, runs the verb, and turns errors into exit codes.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of work that is done.</summary>
    public const int Done = 0;

    /// <summary>The exit code of work that failed.</summary>
    public const int Failed = 1;

    /// <summary>The exit code where the command line, or an input it names, is at fault.</summary>
    public const int BadUsage = 2;

    /// <summary>Runs a verb.</summary>
    /// <param name="arguments">The words of the command line.</param>
    /// <param name="output">Gets the results.</param>
    /// <param name="error">Gets errors, one line per fault, and progress.</param>
    /// <returns>0 done, 1 failed, 2 bad usage.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("VsgGym: games for multi-agent learning and their equilibria, served over gRPC.");
        foreach (var verb in VerbList.Create()) root.Subcommands.Add(verb);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            foreach (var fault in parsed.Errors) await error.WriteLineAsync(fault.Message).ConfigureAwait(false);
            await error.WriteLineAsync("--help shows what can be given.").ConfigureAwait(false);
            return BadUsage;
        }

        // Signals belong to the verbs: each ends its work in its own way.
        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return await ReportAsync(failure, error).ConfigureAwait(false);
        }
    }

    private static async Task<int> ReportAsync(Exception failure, TextWriter error)
    {
        var (lines, code) = failure switch
        {
            VsgGymException fault => (fault.Faults.Select(f => f.ToString()), fault.Kind is ErrorKind.ResourceExhausted or ErrorKind.Numerical ? Failed : BadUsage),
            ServerStartException start => ([start.Message], start.ExitCode),
            OperationCanceledException => (["stopped before there was an answer"], Failed),
            IOException or UnauthorizedAccessException => ([failure.Message], Failed),
            _ => ((IEnumerable<string>)[$"internal error, a bug of this program: {failure}"], Failed),
        };
        foreach (string line in lines) await error.WriteLineAsync(line).ConfigureAwait(false);
        return code;
    }
}
