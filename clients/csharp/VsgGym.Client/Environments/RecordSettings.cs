using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>How an episode is recorded.</summary>
public sealed record RecordSettings
{
    /// <summary>Who plays, by player; seats not named play uniformly.</summary>
    public Dictionary<string, Occupant> Players { get; init; } = [];

    /// <summary>Seed of the game and of every sampled policy. Null: the server draws one.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Steps after which the recording ends, in [1, 1000]; null: 200, or the game's horizon where that is less.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>How long a step is shown, in [0.05, 60]. Default 0.7.</summary>
    public double SecondsPerStep { get; init; } = 0.7;

    internal Wire.RecordRequest ToWire(GameSource game)
    {
        if (MaxSteps is < 1 or > 1000) throw ErrorDecoder.Invalid("max_steps", $"{MaxSteps}", "must be in [1, 1000], or null", "out_of_range");
        if (!(SecondsPerStep is >= 0.05 and <= 60)) throw ErrorDecoder.Invalid("seconds_per_step", FormattableString.Invariant($"{SecondsPerStep}"), "must be in [0.05, 60]", "out_of_range");
        var wire = new Wire.RecordRequest { Game = game.ToWire(), MaxSteps = MaxSteps ?? 0, SecondsPerStep = SecondsPerStep };
        if (Seed is { } seed) wire.Seed = seed;
        wire.Players.AddRange(Players.Select(player => player.Value.ToWire(player.Key)));
        return wire;
    }
}
