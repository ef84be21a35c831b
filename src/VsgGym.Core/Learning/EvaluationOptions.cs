namespace VsgGym.Core;

/// <summary>How many episodes are played to measure a profile, and from which seed.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Whole episodes played, at least 1. Default 1000.</summary>
    public long Episodes { get; init; } = 1000;

    /// <summary>Any 64-bit value; episode e gets a seed of its own made of both. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Copies played at once, at least 1; the result does not depend on it. Default 256.</summary>
    public int Copies { get; init; } = 256;

    /// <summary>Decisions after which an episode is cut, at least 1; null for the game's own end, which must then exist. Default null.</summary>
    public int? TimeLimit { get; init; }
}
