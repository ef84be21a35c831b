using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Who plays a seat that the caller leaves: a policy by id, or a table of probabilities.</summary>
/// <example>
/// <code>
/// Occupant uniform = "uniform";
/// Occupant solved = solution.Policies["prey"]; // [S, A] or [T, S, A]
/// </code>
/// </example>
public sealed class Occupant
{
    private readonly string? _id;
    private readonly NdArray? _table;

    private Occupant(string? id, NdArray? table) => (_id, _table) = (id, table);

    /// <summary>A policy of the server by its id: "uniform".</summary>
    public static implicit operator Occupant(string id) => new(id, null);

    /// <summary>Action probabilities, [S, A] or [T, S, A].</summary>
    public static implicit operator Occupant(NdArray table) => new(null, table);

    internal Wire.Occupant ToWire(string player)
    {
        var wire = new Wire.Occupant { Player = player };
        if (_table is not null) wire.Table = _table.ToWire();
        else wire.Id = _id ?? string.Empty;
        return wire;
    }
}
