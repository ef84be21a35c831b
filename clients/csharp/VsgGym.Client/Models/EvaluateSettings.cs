namespace VsgGym.Client;

/// <summary>How policies are evaluated.</summary>
public sealed record EvaluateSettings
{
    /// <summary>Whole episodes, at least 1. Default 1000.</summary>
    public long Episodes { get; init; } = 1000;

    /// <summary>Seed of the episodes. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Copies played at once, at least 1; null: the server chooses. The result does not depend on it.</summary>
    public int? NumEnvs { get; init; }

    /// <summary>Where models run: "cpu" or "cuda". Default "cpu".</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>Decisions after which an episode is cut, at least 1; null: the game's own end.</summary>
    public int? TimeLimit { get; init; }

    internal void Check()
    {
        if (Episodes < 1) throw ErrorDecoder.Invalid("episodes", $"{Episodes}", "must be at least 1", "out_of_range");
        if (NumEnvs is < 1) throw ErrorDecoder.Invalid("num_envs", $"{NumEnvs}", "must be at least 1, or null for the server's choice", "out_of_range");
        if (TimeLimit is < 1) throw ErrorDecoder.Invalid("time_limit", $"{TimeLimit}", "must be at least 1, or null for the game's own end", "out_of_range");
    }
}
