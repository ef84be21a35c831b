using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>How an environment is made.</summary>
/// <example>
/// <code>
/// var options = new MakeOptions { NumEnvs = 64, Seed = 7, Seats = ["hunter"], Others = new() { ["prey"] = "uniform" } };
/// </code>
/// </example>
public sealed record MakeOptions
{
    /// <summary>Number of copies B, at least 1. Default 1.</summary>
    public int NumEnvs { get; init; } = 1;

    /// <summary>Seed of copy 0; copy k gets seed + k. Null: the server draws one.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The caller's seats, in the order wanted, at least one; null: every seat.</summary>
    public IReadOnlyList<string>? Seats { get; init; }

    /// <summary>Who fills the other seats, by player; seats not named play uniformly.</summary>
    public Dictionary<string, Occupant> Others { get; init; } = [];

    /// <summary>What happens to a copy whose episode has ended. Default: it resets on the next step.</summary>
    public AutoresetMode Autoreset { get; init; } = AutoresetMode.NextStep;

    /// <summary>What happens to an illegal action. Default: the step is refused.</summary>
    public IllegalActionRule IllegalActions { get; init; } = IllegalActionRule.Refuse;

    /// <summary>Decisions after which a copy is truncated, at least 1; null: no limit besides the game's own end.</summary>
    public int? TimeLimit { get; init; }

    /// <summary>How the calls travel; null: as the client's options say.</summary>
    public EnvironmentTransport? Transport { get; init; }

    internal Wire.MakeRequest ToWire(GameSource game, long maxMessageBytes)
    {
        if (NumEnvs < 1) throw ErrorDecoder.Invalid("num_envs", $"{NumEnvs}", "must be at least 1", "out_of_range");
        if (TimeLimit is < 1) throw ErrorDecoder.Invalid("time_limit", $"{TimeLimit}", "must be at least 1, or null for no limit", "out_of_range");
        if (Seats is { Count: 0 }) throw ErrorDecoder.Invalid("players", "[]", "must name at least one seat, or be null for every seat", "empty");
        var wire = new Wire.MakeRequest
        {
            Game = game.ToWire(),
            NumEnvs = NumEnvs,
            Autoreset = (Wire.AutoresetMode)Autoreset,
            IllegalActions = (Wire.IllegalActionRule)IllegalActions,
            TimeLimit = TimeLimit ?? 0,
            MaxMessageBytes = maxMessageBytes,
        };
        if (Seed is { } seed) wire.Seed = seed;
        wire.Players.AddRange(Seats ?? []);
        wire.Others.AddRange(Others.Select(other => other.Value.ToWire(other.Key)));
        return wire;
    }
}
