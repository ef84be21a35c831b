namespace VsgGym.Server.Hosting;

/// <summary>The server cannot start; the message is one line for the operator.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="exitCode">1: it failed; 2: it was asked for something it refuses.</param>
/// <param name="cause">The error below, or null.</param>
internal sealed class ServerStartException(string message, int exitCode, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The process's exit code.</summary>
    public int ExitCode { get; } = exitCode;
}
