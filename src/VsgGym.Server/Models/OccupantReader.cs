using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Models;

/// <summary>Reads who plays the seats that a request names; every fault is added with its path.</summary>
/// <param name="find">A model by its id, or null.</param>
/// <param name="engine">Opens them.</param>
internal sealed class OccupantReader(Func<string, StoredModel?> find, IModelEngine engine)
{
    /// <summary>The policies by seat.</summary>
    /// <param name="occupants">What the request says.</param>
    /// <param name="isOwn">Whether the caller plays a seat itself.</param>
    /// <param name="reading">Where the request says it, and where faults and opened models go.</param>
    public ImmutableDictionary<int, IPolicy> Read(IEnumerable<Proto.Occupant> occupants, Func<string, bool> isOwn, SeatReading reading)
    {
        var policies = ImmutableDictionary.CreateBuilder<int, IPolicy>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        var (spec, faults) = (reading.Spec, reading.Faults);
        foreach (var occupant in occupants)
        {
            string path = $"{reading.Field}.{occupant.Player}";
            int seat = spec.Players.IndexOf(occupant.Player);
            if (seat < 0)
                faults.Add(path, occupant.Player, $"must be one of {string.Join(", ", spec.Players)}", "unknown_player");
            else if (!named.Add(occupant.Player))
                faults.Add(path, occupant.Player, "a seat may be given to one policy", "duplicate");
            else if (isOwn(occupant.Player))
                faults.Add(path, occupant.Player, "the caller plays this seat; leave it out of players (no players means every seat) or out of others", "own_seat");
            else if (Policy(occupant, path, reading) is { } policy && Fits(policy, seat, path, reading))
                policies.Add(seat, policy);
        }

        return policies.ToImmutable();
    }

    private IPolicy? Policy(Proto.Occupant occupant, string path, SeatReading reading)
    {
        bool isModel = occupant.PolicyCase == Proto.Occupant.PolicyOneofCase.Model;
        if (occupant.Greedy && !isModel)
            reading.Faults.Add($"{path}.greedy", "true", "only a model can play greedily; uniform and tables are sampled", "not_a_model");
        switch (occupant.PolicyCase)
        {
            case Proto.Occupant.PolicyOneofCase.Model:
                return Open(occupant, path, reading);
            case Proto.Occupant.PolicyOneofCase.Table:
                return PolicyTables.Read(occupant.Table, path, reading.Faults);
            case Proto.Occupant.PolicyOneofCase.Id when occupant.Id == "uniform":
                return UniformPolicy.Instance;
            case Proto.Occupant.PolicyOneofCase.Id:
                reading.Faults.Add(path, occupant.Id, "must be uniform, a table or a model", "unknown_policy");
                return null;
            default:
                reading.Faults.Add(path, null, "must name a policy: uniform, a table or a model", "missing");
                return null;
        }
    }

    private IPolicy? Open(Proto.Occupant occupant, string path, SeatReading reading)
    {
        if (find(occupant.Model) is { } model)
            return Try(path, reading, () => reading.Opened.Add(engine.Open(model.Read(path), occupant.Greedy, reading.Provider)));
        reading.Faults.Add(path, occupant.Model, "no model has this id; the model service lists them", "unknown_model");
        return null;
    }

    private static bool Fits(IPolicy policy, int seat, string path, SeatReading reading) => Try(path, reading, () =>
    {
        policy.CheckFits(reading.Spec, seat);
        return policy;
    }) is not null;

    private static IPolicy? Try(string path, SeatReading reading, Func<IPolicy> read)
    {
        try
        {
            return read();
        }
        catch (VsgGymException error)
        {
            foreach (var fault in error.Faults) reading.Faults.Add(Move(fault.Path, path), fault.Value, fault.Rule, fault.Reason);
            return null;
        }
    }

    /// <summary>A fault that a policy or its file names from its own root, under the request's field.</summary>
    private static string Move(string from, string path)
    {
        if (from == SeatReading.ProviderField || from.StartsWith(path, StringComparison.Ordinal)) return from;
        string seat = $"others.{path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]}";
        foreach (string root in (ReadOnlySpan<string>)[seat, "model"])
            if (from.StartsWith(root, StringComparison.Ordinal)) return path + from[root.Length..];
        return $"{path}.{from}";
    }
}
