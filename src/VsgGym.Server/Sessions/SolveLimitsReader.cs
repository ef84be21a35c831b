using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Reads how long a solve may run and how closely it is watched.</summary>
internal static class SolveLimitsReader
{
    private const int MostTraceRows = 1_000_000;
    private const double MostSeconds = 365 * 86400.0;

    /// <summary>The limits of a request; absent ones get the defaults.</summary>
    /// <exception cref="VsgGymException">Every limit at fault.</exception>
    public static SolveLimits Read(Proto.SolveRequest request)
    {
        var faults = new FaultList();
        CheckSeconds("time_limit_seconds", request.TimeLimitSeconds, faults);
        CheckSeconds("progress_seconds", request.ProgressSeconds, faults);
        if (request.TraceRows is < -1 or > MostTraceRows)
            faults.Add("trace_rows", request.TraceRows, $"must be in [1, {MostTraceRows}], 0 for 1000, or -1 for no trace", "out_of_range");
        faults.ThrowIfAny();
        var defaults = new SolveLimits();
        return new SolveLimits
        {
            TimeLimit = request.TimeLimitSeconds > 0 ? TimeSpan.FromSeconds(request.TimeLimitSeconds) : null,
            ProgressInterval = request.ProgressSeconds > 0 ? TimeSpan.FromSeconds(request.ProgressSeconds) : defaults.ProgressInterval,
            TraceRows = request.TraceRows switch
            {
                0 => defaults.TraceRows,
                -1 => 0,
                int rows => rows,
            },
        };
    }

    private static void CheckSeconds(string path, double seconds, FaultList faults)
    {
        if (seconds is not (>= 0 and <= MostSeconds)) faults.Add(path, seconds, $"must be in [0, {MostSeconds}] seconds", "out_of_range");
    }
}
