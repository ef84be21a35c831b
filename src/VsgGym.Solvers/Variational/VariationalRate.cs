using System.Text.Json;
using System.Text.Json.Nodes;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The step size eta of vsg Eq. (4): a number, or the name of the statement of the paper that gives one.</summary>
public sealed record VariationalRate : IOptionValue<VariationalRate>
{
    private const string LemmaName = "lemma_5_7", PropositionName = "proposition_5_2";
    private const string Rule = $"must be a number, \"{LemmaName}\" or \"{PropositionName}\"";
    private readonly string? _name;
    private readonly double _value;

    private VariationalRate(string? name, double value) => (_name, _value) = (name, value);

    /// <summary>1 / L with L of vsg Lemma 5.7.</summary>
    public static VariationalRate Lemma57 { get; } = new(LemmaName, 0);

    /// <summary>1 - gamma, or 1 with a horizon: the new policy is the best response of vsg Proposition 5.2.</summary>
    public static VariationalRate Proposition52 { get; } = new(PropositionName, 0);

    /// <summary>A number.</summary>
    /// <param name="value">eta, above 0 and at most 1 - gamma, or 1 with a horizon.</param>
    public static VariationalRate Number(double value) => new(null, value);

    /// <inheritdoc/>
    public static VariationalRate Parse(JsonElement json, string path, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (json.ValueKind == JsonValueKind.Number)
        {
            double value = json.GetDouble();
            if (double.IsFinite(value)) return Number(value);
            faults.Add(path, json.GetRawText(), "must be finite: it exceeds the range of a double", "not_finite");
            return Proposition52;
        }

        if (json.ValueKind == JsonValueKind.String && json.GetString() == LemmaName) return Lemma57;
        if (json.ValueKind == JsonValueKind.String && json.GetString() == PropositionName) return Proposition52;
        faults.Add(path, json.GetRawText(), Rule, json.ValueKind == JsonValueKind.String ? "out_of_range" : "wrong_type");
        return Proposition52;
    }

    /// <inheritdoc/>
    public static JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 1 },
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(LemmaName, PropositionName) }),
    };

    /// <inheritdoc/>
    public JsonNode ToJson() => _name is null ? JsonValue.Create(_value) : JsonValue.Create(_name);

    /// <summary>eta for a game.</summary>
    /// <param name="game">The table.</param>
    /// <param name="temperature">By which rewards are divided.</param>
    /// <param name="path">Where the option stands.</param>
    /// <exception cref="VsgGymException">The number is out of the game's range.</exception>
    internal double Of(StochasticGame game, double temperature, string path)
    {
        double most = game.Horizon is null ? 1 - game.Discount : 1;
        if (_name == PropositionName) return most;
        if (_name == LemmaName) return 1 / VariationalBounds.Smoothness(game, temperature);
        if (_value > 0 && _value <= most * (1 + 1e-12)) return Math.Min(_value, most);
        string why = game.Horizon is null ? "1 - discount, for Eq. (4) weighs the old policy by 1 - eta / (1 - discount)" : "1, for a game with a horizon weighs the old policy by 1 - eta";
        throw VsgGymException.Invalid(path, _value, $"must be above 0 and at most {VsgGymException.Show(most)}, which is {why}", "out_of_range");
    }
}
