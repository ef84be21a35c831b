using System.Text.Json;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>What verbs need of a solution document: the game, the policies, where they come from, and the certificate it states.</summary>
internal sealed record SolutionFile
{
    /// <summary>The game.</summary>
    public required Proto.GameSpec Game { get; init; }

    /// <summary>One policy per player.</summary>
    public required IReadOnlyList<Proto.PlayerPolicy> Policies { get; init; }

    /// <summary>The joint policy, in place of the policies, or null.</summary>
    public required Proto.Tensor? JointPolicy { get; init; }

    /// <summary>The concept's options as JSON; empty for the defaults.</summary>
    public required string ConceptOptionsJson { get; init; }

    /// <summary>The whole answer, for a solver to start from.</summary>
    public required Proto.WarmStart Answer { get; init; }

    /// <summary>The solver's id; empty where the file does not say.</summary>
    public required string Solver { get; init; }

    /// <summary>The solve's seed; 0 where the file does not say.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The concept that the certificate measures; empty where the file does not say.</summary>
    public required string Concept { get; init; }

    /// <summary>The stated numbers by name: "gap", "gap of hunter", "value of hunter"; none without a certificate.</summary>
    public required IReadOnlyDictionary<string, double> Stated { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="VsgGymException">The file cannot be read, or every fault of its content.</exception>
    public static SolutionFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw VsgGymException.Invalid("file", path, $"cannot be read: {error.Message}", "unreadable");
        }
    }

    private static SolutionFile Read(JsonElement root)
    {
        var faults = new FaultList();
        string format = Text(root, "format");
        if (format != SolutionJson.Format)
            throw VsgGymException.Invalid("format", format, $"must be \"{SolutionJson.Format}\": a file that `solve --out` wrote", "wrong_format");
        var game = ReadGame(Child(root, "game", "game", faults), faults);
        var policies = ReadPolicies(Child(root, "policies", "policies", faults), faults);
        var certificate = Child(root, "certificate", "certificate", faults);
        var stated = ReadStated(certificate, faults);
        var joint = root.TryGetProperty("joint_policy", out var table) && table.ValueKind != JsonValueKind.Null ? NestedArrays.Read(table, "joint_policy", faults) : null;
        var answer = ReadAnswer(root, policies, joint, faults);
        string conceptOptions = root.TryGetProperty("concept_options", out var set) ? set.GetRawText() : string.Empty;
        faults.ThrowIfAny();
        ulong seed = root.TryGetProperty("seed", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetUInt64(out ulong whole) ? whole : 0;
        return new SolutionFile { Game = game, Policies = policies, JointPolicy = joint, ConceptOptionsJson = conceptOptions, Answer = answer, Solver = Text(root, "solver"), Seed = seed, Concept = Text(certificate, "concept"), Stated = stated };
    }

    private static Proto.GameSpec ReadGame(JsonElement game, FaultList faults)
    {
        if (game.ValueKind != JsonValueKind.Object) return new Proto.GameSpec();
        if (Text(game, "nfg") is { Length: > 0 } nfg) return new Proto.GameSpec { Nfg = nfg };
        if (Text(game, "efg") is { Length: > 0 } efg) return new Proto.GameSpec { Efg = efg };
        if (Text(game, "id") is not { Length: > 0 } id)
        {
            faults.Add("game", game.GetRawText(), "must have an id, nfg or efg", "missing");
            return new Proto.GameSpec();
        }

        return new Proto.GameSpec { Id = id, OptionsJson = game.TryGetProperty("options", out var options) ? options.GetRawText() : string.Empty };
    }

    private static List<Proto.PlayerPolicy> ReadPolicies(JsonElement policies, FaultList faults)
    {
        var read = new List<Proto.PlayerPolicy>();
        if (policies.ValueKind != JsonValueKind.Object) return read;
        foreach (var player in policies.EnumerateObject())
            if (NestedArrays.Read(player.Value, $"policies.{player.Name}", faults) is { } tensor)
                read.Add(new Proto.PlayerPolicy { Player = player.Name, Policy = tensor });
        return read;
    }

    private static Proto.WarmStart ReadAnswer(JsonElement root, List<Proto.PlayerPolicy> policies, Proto.Tensor? joint, FaultList faults)
    {
        var answer = new Proto.WarmStart { JointPolicy = joint };
        foreach (var policy in policies)
            answer.Players.Add(new Proto.PlayerSolution
            {
                Player = policy.Player,
                Policy = policy.Policy,
                Values = Part(root, "values", policy.Player, faults),
                OpponentModel = Part(root, "opponent_models", policy.Player, faults),
            });
        if (root.TryGetProperty("arrays", out var arrays) && arrays.ValueKind == JsonValueKind.Object)
            foreach (var array in arrays.EnumerateObject())
                answer.Arrays.Add(new Proto.NamedTensor { Name = array.Name, Value = NestedArrays.Read(array.Value, $"arrays.{array.Name}", faults) });
        return answer;
    }

    private static Proto.Tensor? Part(JsonElement root, string part, string player, FaultList faults) =>
        root.TryGetProperty(part, out var players) && players.ValueKind == JsonValueKind.Object && players.TryGetProperty(player, out var array)
            ? NestedArrays.Read(array, $"{part}.{player}", faults) : null;

    private static Dictionary<string, double> ReadStated(JsonElement certificate, FaultList faults)
    {
        var stated = new Dictionary<string, double>(StringComparer.Ordinal);
        if (certificate.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined))
            faults.Add("certificate", certificate.GetRawText(), "must be an object, or null where nothing was measured", "wrong_type");
        if (certificate.ValueKind != JsonValueKind.Object) return stated;
        AddNumber(stated, "gap", "certificate.gap", Child(certificate, "gap", "certificate.gap", faults), faults);
        foreach (var (key, word) in (ReadOnlySpan<(string, string)>)[("gap_per_player", "gap"), ("value_per_player", "value")])
        {
            var numbers = Child(certificate, key, $"certificate.{key}", faults);
            if (numbers.ValueKind != JsonValueKind.Object) continue;
            foreach (var player in numbers.EnumerateObject())
                AddNumber(stated, $"{word} of {player.Name}", $"certificate.{key}.{player.Name}", player.Value, faults);
        }

        return stated;
    }

    private static void AddNumber(Dictionary<string, double> stated, string name, string path, JsonElement json, FaultList faults)
    {
        if (json.ValueKind == JsonValueKind.Number) stated[name] = json.GetDouble();
        else if (json.ValueKind != JsonValueKind.Undefined) faults.Add(path, json.GetRawText(), "must be a number", "wrong_type");
    }

    private static JsonElement Child(JsonElement parent, string key, string path, FaultList faults)
    {
        if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out var child)) return child;
        faults.Add(path, null, "is missing", "missing");
        return default;
    }

    private static string Text(JsonElement parent, string key) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out var child) && child.ValueKind == JsonValueKind.String ? child.GetString()! : string.Empty;
}
