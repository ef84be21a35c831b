using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Reads how a batch is to be played; nothing is allocated for the batch before every check has passed.</summary>
internal static class MakeReader
{
    /// <summary>The most copies are checked first, before the game is built.</summary>
    /// <exception cref="VsgGymException">More copies than the server allows.</exception>
    public static void CheckCopies(Proto.MakeRequest request, ServerLimits limits)
    {
        if (request.NumEnvs > limits.MaxNumEnvs)
            throw VsgGymException.OverLimit("num_envs", request.NumEnvs, $"at most {limits.MaxNumEnvs} copies per environment (--max-num-envs): make several environments, or raise the limit");
    }

    /// <summary>The batch's options.</summary>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="spec">The game.</param>
    /// <param name="occupants">Finds and opens the policies of the seats that the caller leaves.</param>
    /// <param name="opened">Gets the models that were opened, also where the request is refused.</param>
    /// <exception cref="VsgGymException">Every fault of the request.</exception>
    public static VectorOptions Read(Proto.MakeRequest request, EnvironmentSpec spec, OccupantReader occupants, OpenModels opened)
    {
        var faults = new FaultList();
        if (request.NumEnvs < 0) faults.Add("num_envs", request.NumEnvs, "must be at least 1, or 0 for 1", "out_of_range");
        if (request.TimeLimit < 0) faults.Add("time_limit", request.TimeLimit, "must be at least 1, or 0 for no limit", "out_of_range");
        if (request.MaxMessageBytes < 0) faults.Add("max_message_bytes", request.MaxMessageBytes, "must be at least 1, or 0 for 4 MiB", "out_of_range");
        var options = new VectorOptions
        {
            Copies = Math.Max(1, request.NumEnvs),
            Autoreset = WireMap.ToCore(request.Autoreset, faults),
            IllegalActions = WireMap.ToCore(request.IllegalActions, faults),
            TimeLimit = request.TimeLimit > 0 ? request.TimeLimit : null,
            OwnSeats = SeatReader.Own(request, spec, faults),
            Others = SeatReader.Others(request, occupants, new SeatReading("others", spec, SeatReading.Cpu, opened, faults)),
        };
        faults.ThrowIfAny();
        return options;
    }
}
