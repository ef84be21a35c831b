using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace VsgGym.Server.Hosting;

/// <summary>Structured logs on stderr, so that stdout is free for what the verbs print.</summary>
internal static class LogSetup
{
    /// <summary>Sets up the log.</summary>
    /// <param name="logging">The host's log.</param>
    /// <param name="options">Level and form.</param>
    public static void Configure(ILoggingBuilder logging, ServerOptions options)
    {
        logging.ClearProviders();
        if (options.LogLevel == LogLevel.None) return;
        logging.SetMinimumLevel(options.LogLevel);
        // The framework's news is ours to tell, its errors in calls and at the start too, unless someone looks for a bug.
        if (options.LogLevel > LogLevel.Debug)
        {
            logging.AddFilter("Microsoft", LogLevel.Error);
            foreach (string category in (string[])["Microsoft.Extensions.Hosting", "Grpc"]) logging.AddFilter(category, LogLevel.Critical);
        }

        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        if (options.LogsAsJson) logging.AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp) = (Time.TrimEnd(), true));
        else logging.AddSimpleConsole(text => (text.TimestampFormat, text.UseUtcTimestamp, text.SingleLine) = (Time, true, true));
    }
}
