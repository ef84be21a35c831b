using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>What a population is held to: "uniform", "last_policy", or probabilities [A], [S, A] or [T, S, A] as nested arrays.</summary>
public sealed record PopulationPrior : IOptionValue<PopulationPrior>
{
    private const string Rule = "must be \"uniform\", \"last_policy\" or probabilities [A], [S, A] or [T, S, A]";
    private const double AcceptedSumError = 1e-6;

    private readonly double[] _data;
    private readonly ImmutableArray<int> _shape;

    private PopulationPrior(bool isRenewed, double[] data, ImmutableArray<int> shape) => (IsRenewed, _data, _shape) = (isRenewed, data, shape);

    /// <summary>Every action alike.</summary>
    public static PopulationPrior Uniform { get; } = new(false, [], []);

    /// <summary>What was played when it was last renewed; uniform at the start.</summary>
    public static PopulationPrior LastPolicy { get; } = new(true, [], []);

    /// <summary>Whether the policy replaces it from time to time.</summary>
    public bool IsRenewed { get; }

    /// <summary>Given probabilities.</summary>
    /// <param name="probabilities">[A], [S, A] or [T, S, A], every row a distribution.</param>
    public static PopulationPrior Of(ShapedArray probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        return new PopulationPrior(false, probabilities.Data, probabilities.Shape);
    }

    /// <summary>The probabilities at the start, [T, S, A].</summary>
    /// <param name="game">The game.</param>
    /// <param name="path">Where the option stands.</param>
    /// <exception cref="VsgGymException">The array has another shape, or its rows are no distributions.</exception>
    public double[] Start(MeanFieldGame game, string path)
    {
        ArgumentNullException.ThrowIfNull(game);
        int actions = game.ActionCount;
        var table = new double[game.Horizon * game.StateCount * actions];
        if (_data.Length == 0 && _shape.IsEmpty)
        {
            Array.Fill(table, 1.0 / actions);
            return table;
        }

        Check(game, path);
        for (int i = 0; i < table.Length; i += _data.Length) _data.CopyTo(table, i);
        for (int row = 0; row < table.Length; row += actions) Scale(table.AsSpan(row, actions));
        return table;
    }

    /// <inheritdoc/>
    public static PopulationPrior Parse(JsonElement json, string path, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (json.ValueKind == JsonValueKind.String && json.GetString() is "uniform" or "last_policy") return json.GetString() == "uniform" ? Uniform : LastPolicy;
        if (json.ValueKind == JsonValueKind.Array)
        {
            var shape = Shape(json);
            var data = new List<double>();
            if (shape.Length <= 3 && Read(json, shape.AsSpan(), data)) return new PopulationPrior(false, [.. data], shape);
        }

        faults.Add(path, json.GetRawText(), Rule, "wrong_type");
        return Uniform;
    }

    /// <inheritdoc/>
    public static JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("uniform", "last_policy") },
            new JsonObject { ["type"] = "array", ["description"] = "probabilities [A], [S, A] or [T, S, A]" }),
    };

    /// <inheritdoc/>
    public JsonNode ToJson() => _shape.IsEmpty ? JsonValue.Create(IsRenewed ? "last_policy" : "uniform") : Write(0, 0, _data.Length);

    /// <inheritdoc/>
    public bool Equals(PopulationPrior? other) =>
        other is not null && IsRenewed == other.IsRenewed && _shape.SequenceEqual(other._shape) && _data.AsSpan().SequenceEqual(other._data);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsRenewed, _shape.Length, _data.Length, _data.Length > 0 ? _data[0] : 0);

    // The extents of the first element of each level.
    private static ImmutableArray<int> Shape(JsonElement json)
    {
        var shape = ImmutableArray.CreateBuilder<int>();
        while (json.ValueKind == JsonValueKind.Array)
        {
            shape.Add(json.GetArrayLength());
            if (shape[^1] == 0) break;
            json = json[0];
        }

        return shape.ToImmutable();
    }

    private static bool Read(JsonElement json, ReadOnlySpan<int> shape, List<double> data)
    {
        if (shape.IsEmpty)
        {
            if (json.ValueKind != JsonValueKind.Number) return false;
            data.Add(json.GetDouble());
            return double.IsFinite(data[^1]); // 1e400 is more than a double holds, and could not be written again
        }

        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != shape[0] || shape[0] == 0) return false;
        foreach (var item in json.EnumerateArray())
            if (!Read(item, shape[1..], data)) return false;
        return true;
    }

    private static void Scale(Span<double> row)
    {
        double sum = 0;
        foreach (double probability in row) sum += probability;
        foreach (ref double probability in row) probability /= sum;
    }

    private void Check(MeanFieldGame game, string path)
    {
        int[] wanted = [game.Horizon, game.StateCount, game.ActionCount];
        if (_shape.Length is 0 or > 3 || !_shape.AsSpan().SequenceEqual(wanted.AsSpan(3 - _shape.Length)))
            throw VsgGymException.Invalid(path, $"[{string.Join(", ", _shape)}]", $"must have shape [{wanted[2]}], [{wanted[1]}, {wanted[2]}] or [{wanted[0]}, {wanted[1]}, {wanted[2]}]", "wrong_shape");
        var faults = new FaultList();
        for (int start = 0; start < _data.Length; start += game.ActionCount)
            if (!Simplex.IsDistribution(_data.AsSpan(start, game.ActionCount), AcceptedSumError))
                faults.Add($"{path}[{start / game.ActionCount}]", string.Join(", ", _data.AsSpan(start, game.ActionCount).ToArray()), "must be probabilities that sum to 1 within 1e-6", "bad_sum");
        faults.ThrowIfAny();
    }

    private JsonArray Write(int level, int start, int length)
    {
        var array = new JsonArray();
        int part = length / _shape[level];
        for (int i = 0; i < _shape[level]; i++)
            array.Add(level + 1 == _shape.Length ? JsonValue.Create(_data[start + i]) : Write(level + 1, start + (i * part), part));
        return array;
    }
}
