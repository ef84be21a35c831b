using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>What is thought of the players beforehand: "uniform", "last_policy", "empirical", or data, probabilities by player, state and action.</summary>
/// <remarks>
/// Data are a list with one entry per player, each either the probabilities of the player's actions, [A_p], the same in every state, or a list of
/// such for every state, [S, A_p]. Illegal actions have probability 0. The prior of several players together is the product.
/// </remarks>
public sealed record OpponentPrior : IOptionValue<OpponentPrior>
{
    private const string Rule = "must be \"uniform\", \"last_policy\", \"empirical\", or a list with the action probabilities of each player, [A] or [S, A]";

    private OpponentPrior(PriorKind kind) => Kind = kind;

    /// <summary>Every legal action has the same probability.</summary>
    public static OpponentPrior Uniform { get; } = new(PriorKind.Uniform);

    /// <summary>What was played in the iteration before.</summary>
    public static OpponentPrior LastPolicy { get; } = new(PriorKind.LastPolicy);

    /// <summary>The mean of what was played in all iterations.</summary>
    public static OpponentPrior Empirical { get; } = new(PriorKind.Empirical);

    /// <summary>Which of the forms.</summary>
    internal PriorKind Kind { get; }

    /// <summary>The data: [N], each with one row of probabilities or one per state; empty where a name was given.</summary>
    internal ImmutableArray<ImmutableArray<ImmutableArray<double>>> Rows { get; private init; } = [];

    /// <summary>Given probabilities.</summary>
    /// <param name="rows">[N], each [1, A_p] for all states or [S, A_p].</param>
    public static OpponentPrior Of(params IEnumerable<double[][]> rows) =>
        new(PriorKind.Given) { Rows = [.. rows.Select(player => player.Select(row => row.ToImmutableArray()).ToImmutableArray())] };

    /// <inheritdoc/>
    public static OpponentPrior Parse(JsonElement json, string path, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (json.ValueKind == JsonValueKind.String)
        {
            foreach (var named in (OpponentPrior[])[Uniform, LastPolicy, Empirical])
                if (json.GetString() == Name(named.Kind)) return named;
            faults.Add(path, json.GetRawText(), Rule, "out_of_range");
            return Uniform;
        }

        if (json.ValueKind == JsonValueKind.Array) return new OpponentPrior(PriorKind.Given) { Rows = [.. json.EnumerateArray().Select((player, p) => Player(player, $"{path}[{p}]", faults))] };
        faults.Add(path, json.GetRawText(), Rule, "wrong_type");
        return Uniform;
    }

    /// <inheritdoc/>
    public static JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(Name(PriorKind.Uniform), Name(PriorKind.LastPolicy), Name(PriorKind.Empirical)) },
            new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "array" } }),
    };

    /// <inheritdoc/>
    public JsonNode ToJson() => Kind == PriorKind.Given
        ? new JsonArray([.. Rows.Select(player => new JsonArray([.. player.Select(row => new JsonArray([.. row.Select(value => JsonValue.Create(value))]))]))])
        : JsonValue.Create(Name(Kind));

    /// <summary>Two priors are equal when their numbers are.</summary>
    public bool Equals(OpponentPrior? other) => other is not null && Kind == other.Kind && ToJson().ToJsonString() == other.ToJson().ToJsonString();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Rows.Length);

    /// <summary>The probabilities of every player to begin with, [N][S * A_p]: those given, else uniform.</summary>
    /// <param name="game">The table.</param>
    /// <param name="path">Where the option stands.</param>
    /// <exception cref="VsgGymException">The data do not fit the game; every fault.</exception>
    internal double[][] Tables(StochasticGame game, string path)
    {
        var tables = BackwardInduction.At(PolicyProfile.Uniform(game), 0);
        if (Kind != PriorKind.Given) return tables;
        var faults = new FaultList();
        if (Rows.Length != game.PlayerCount) faults.Add(path, $"{Rows.Length} entries", $"must have one entry per player: {string.Join(", ", game.Players)}", "wrong_shape");
        for (int p = 0; p < Math.Min(Rows.Length, game.PlayerCount); p++)
        {
            if (Rows[p].Length != 1 && Rows[p].Length != game.StateCount) faults.Add($"{path}[{p}]", $"{Rows[p].Length} rows", $"must have one row, or one for each of the {game.StateCount} states", "wrong_shape");
            else
                for (int s = 0; s < game.StateCount; s++) Fill(game, p, s, tables[p], $"{path}[{p}]", faults);
        }

        faults.ThrowIfAny();
        return tables;
    }

    private static string Name(PriorKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static ImmutableArray<ImmutableArray<double>> Player(JsonElement json, string path, FaultList faults)
    {
        bool isOneRow = json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number);
        if (isOneRow) return [Row(json, path, faults)];
        if (json.ValueKind == JsonValueKind.Array) return [.. json.EnumerateArray().Select((row, s) => Row(row, $"{path}[{s}]", faults))];
        faults.Add(path, json.GetRawText(), "must be a list of probabilities or of such lists", "wrong_type");
        return [];
    }

    private static ImmutableArray<double> Row(JsonElement json, string path, FaultList faults)
    {
        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number))
        {
            faults.Add(path, json.GetRawText(), "must be a list of numbers", "wrong_type");
            return [];
        }

        ImmutableArray<double> row = [.. json.EnumerateArray().Select(item => item.GetDouble())];
        if (!row.All(double.IsFinite)) faults.Add(path, json.GetRawText(), "must be finite numbers: one exceeds the range of a double", "not_finite");
        return row;
    }

    private void Fill(StochasticGame game, int p, int s, double[] table, string path, FaultList faults)
    {
        int actions = game.ActionCounts[p], row = Rows[p].Length == 1 ? 0 : s;
        var given = Rows[p][row].AsSpan();
        if (Rows[p].Length == 1 && s > 0 && !game.HasIllegalActions)
        {
            table.AsSpan(0, actions).CopyTo(table.AsSpan(s * actions));
            return;
        }

        if (given.Length != actions || !Simplex.IsDistribution(given, 1e-6))
        {
            if (s == 0 || row == s) faults.Add($"{path}[{row}]", string.Join(", ", given.ToArray()), $"must be {actions} probabilities that sum to 1 within 1e-6", "bad_sum"); // a row for all states once
            return;
        }

        for (int a = 0; a < actions; a++)
        {
            if (given[a] > 0 && !game.IsLegal(p, s, a)) faults.Add($"{path}[{row}][{a}]", given[a], $"must be 0, for the action is illegal in state {s}", "illegal_action");
            table[(s * actions) + a] = given[a];
        }
    }
}
