using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Runs;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Reads what clients send about runs.</summary>
internal static class RunReader
{
    /// <summary>What a caller wants trained; the game is found and checked.</summary>
    /// <exception cref="VsgGymException">There is no learner, no such game, or the game is at fault.</exception>
    public static RunRequest Read(Proto.StartRunRequest request, GameResolver games)
    {
        if (request.Learner.Length == 0) throw VsgGymException.Invalid("learner", null, "is required: the id of a learner", "missing");
        var game = games.Resolve(request.Game);
        return new RunRequest
        {
            Game = new RunGame(game.Id, game.OptionsJson, game.Content?.ToByteArray()),
            Learner = request.Learner,
            OptionsJson = request.OptionsJson,
            Seed = request.Seed,
            Name = request.Name,
            EvaluateEvery = request.EvaluateEvery,
            EvaluationEpisodes = request.EvaluationEpisodes,
            CheckpointEvery = request.CheckpointEvery,
            MetricsEvery = request.MetricsEvery,
            RequestId = request.RequestId,
        };
    }

    /// <summary>The states asked for; none: all.</summary>
    /// <exception cref="VsgGymException">A state has an unknown number.</exception>
    public static IReadOnlyList<RunState> Read(IReadOnlyList<Proto.RunState> states)
    {
        var faults = new FaultList();
        var read = new List<RunState>();
        for (int i = 0; i < states.Count; i++)
        {
            int state = (int)states[i] - 1;
            if (Enum.IsDefined((RunState)state)) read.Add((RunState)state);
            else faults.Add($"states[{i}]", (int)states[i], "must be 1 (queued), 2 (running), 3 (paused), 4 (completed), 5 (cancelled) or 6 (failed)", "unknown_value");
        }

        faults.ThrowIfAny();
        return read;
    }
}
