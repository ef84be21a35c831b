using System.Collections.Immutable;
using VsgGym.Core;
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
    public static ImmutableDictionary<int, IPolicy> Others(Proto.MakeRequest request, EnvironmentSpec spec, FaultList faults)
    {
        var others = ImmutableDictionary.CreateBuilder<int, IPolicy>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var occupant in request.Others)
        {
            string path = $"others.{occupant.Player}";
            int seat = spec.Players.IndexOf(occupant.Player);
            if (seat < 0)
                faults.Add(path, occupant.Player, $"must be one of {string.Join(", ", spec.Players)}", "unknown_player");
            else if (!named.Add(occupant.Player))
                faults.Add(path, occupant.Player, "a seat may be given to one policy", "duplicate");
            else if (request.Players.Count == 0 || request.Players.Contains(occupant.Player))
                faults.Add(path, occupant.Player, "the caller plays this seat; leave it out of players (no players means every seat) or out of others", "own_seat");
            else if (Policy(occupant, seat, spec, path, faults) is { } policy)
                others.Add(seat, policy);
        }

        return others.ToImmutable();
    }

    private static IPolicy? Policy(Proto.Occupant occupant, int seat, EnvironmentSpec spec, string path, FaultList faults)
    {
        switch (occupant.PolicyCase)
        {
            case Proto.Occupant.PolicyOneofCase.Table:
                var table = PolicyTables.Read(occupant.Table, path, faults);
                return table is null ? null : FaultPaths.Collect(string.Empty, path, faults, () =>
                {
                    table.CheckFits(spec, seat);
                    return table;
                });
            case Proto.Occupant.PolicyOneofCase.Id when occupant.Id == "uniform":
                return UniformPolicy.Instance;
            case Proto.Occupant.PolicyOneofCase.Id:
                faults.Add(path, occupant.Id, "must be uniform, or a table", "unknown_policy");
                return null;
            default:
                faults.Add(path, null, "must name a policy: uniform, or a table", "missing");
                return null;
        }
    }
}
