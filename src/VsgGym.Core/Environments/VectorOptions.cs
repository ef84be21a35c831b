using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>How a batch of copies is played.</summary>
public sealed record VectorOptions
{
    /// <summary>Number of copies B, at least 1. Default 1.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>What happens to a copy whose episode has ended. Default: it resets on the next step.</summary>
    public AutoresetMode Autoreset { get; init; } = AutoresetMode.NextStep;

    /// <summary>What happens to an illegal action. Default: the step is refused.</summary>
    public IllegalActionRule IllegalActions { get; init; } = IllegalActionRule.Refuse;

    /// <summary>Decisions after which a copy is truncated, at least 1; null for no limit besides the game's own end.</summary>
    public int? TimeLimit { get; init; }

    /// <summary>The caller's seats in the order of the wire; default: every seat, in the game's order.</summary>
    public ImmutableArray<int> OwnSeats { get; init; } = [];

    /// <summary>Who fills each other seat, by the seat's number; absent seats are played uniformly.</summary>
    public ImmutableDictionary<int, IPolicy> Others { get; init; } = ImmutableDictionary<int, IPolicy>.Empty;
}
