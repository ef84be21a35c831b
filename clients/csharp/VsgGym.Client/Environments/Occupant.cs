using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Who plays a seat: a policy by id, a table of probabilities, or a model the server keeps.</summary>
/// <example>
/// <code>
/// Occupant uniform = "uniform";
/// Occupant solved = solution.Policies["prey"]; // [S, A] or [T, S, A]
/// Occupant trained = Occupant.FromModel(run.Info.Models[0], greedy: true);
/// </code>
/// </example>
public sealed class Occupant
{
    private const string ModelPrefix = "model:";

    private readonly Action<Wire.Occupant> _fill;

    private Occupant(Action<Wire.Occupant> fill) => _fill = fill;

    /// <summary>A policy of the server by its id, "uniform", or a model as "model:ID".</summary>
    public static implicit operator Occupant(string id) => id is not null && id.StartsWith(ModelPrefix, StringComparison.Ordinal)
        ? FromModel(id[ModelPrefix.Length..])
        : new(wire => wire.Id = id ?? string.Empty);

    /// <summary>Action probabilities, [S, A] or [T, S, A].</summary>
    public static implicit operator Occupant(NdArray table) => new(wire => wire.Table = table.ToWire());

    /// <summary>A model the server keeps.</summary>
    /// <param name="modelId">Its id.</param>
    /// <param name="greedy">true: its deterministic action; false: it samples.</param>
    public static Occupant FromModel(string modelId, bool greedy = false) => new(wire => (wire.Model, wire.Greedy) = (modelId, greedy));

    /// <summary>A model the server keeps.</summary>
    /// <param name="model">The model.</param>
    /// <param name="greedy">true: its deterministic action; false: it samples.</param>
    public static Occupant FromModel(ModelInfo model, bool greedy = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        return FromModel(model.Id, greedy);
    }

    internal Wire.Occupant ToWire(string player)
    {
        var wire = new Wire.Occupant { Player = player };
        _fill(wire);
        return wire;
    }
}
