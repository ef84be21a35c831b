using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Server.Models;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Reads who plays which seat, by the players' names; every fault is added with its path.</summary>
internal static class SeatReader
{
    /// <summary>The caller's seats in the order asked for; empty for every seat.</summary>
    public static ImmutableArray<int> Own(Proto.MakeRequest request, EnvironmentSpec spec, FaultList faults)
    {
        var seats = ImmutableArray.CreateBuilder<int>(request.Players.Count);
        for (int i = 0; i < request.Players.Count; i++)
        {
            int seat = spec.Players.IndexOf(request.Players[i]);
            if (seat < 0) faults.Add($"players[{i}]", request.Players[i], $"must be one of {string.Join(", ", spec.Players)}", "unknown_player");
            else if (seats.Contains(seat)) faults.Add($"players[{i}]", request.Players[i], "a seat may be named once", "duplicate");
            else seats.Add(seat);
        }

        return seats.ToImmutable();
    }

    /// <summary>The policies of the seats that the caller leaves.</summary>
    public static ImmutableDictionary<int, IPolicy> Others(Proto.MakeRequest request, OccupantReader occupants, SeatReading reading) =>
        occupants.Read(request.Others, player => request.Players.Count == 0 || request.Players.Contains(player), reading);
}
