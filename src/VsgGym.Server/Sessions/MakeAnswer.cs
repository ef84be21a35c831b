using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Writes what a caller needs to know of its new environment: seats, fields, sizes and seeds.</summary>
internal static class MakeAnswer
{
    /// <summary>The answer to Make, but for the largest message.</summary>
    public static Proto.MakeResponse Write(string id, ResolvedGame game, VectorEnvironment batch)
    {
        var spec = batch.Worlds.Spec;
        var response = new Proto.MakeResponse
        {
            EnvironmentId = id,
            GameId = game.Id,
            StepBytes = batch.Worlds.Wire.Length,
            ActionBytes = batch.ActionBytes,
            Autoreset = WireMap.ToWire(batch.Options.Autoreset),
            Discount = spec.Discount,
            LowestReward = spec.LowestReward,
            HighestReward = spec.HighestReward,
        };
        if (spec.Horizon is { } horizon) response.Horizon = horizon;
        foreach (int seat in batch.OwnSeats)
            response.Players.Add(new Proto.PlayerSpec
            {
                Name = spec.Players[seat],
                Observation = WireMap.ToWire(spec.Observations[seat]),
                Action = WireMap.ToWire(spec.Actions[seat]),
            });
        foreach (var field in batch.Worlds.WireFields) response.Fields.Add(WireMap.ToWire(field, spec));
        for (int b = 0; b < batch.Copies; b++) response.Seeds.Add(batch.Worlds.SeedOf(b));
        response.AllPlayers.AddRange(spec.Players);
        return response;
    }
}
