using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A stochastic game given as arrays; exactly one of <see cref="Discount"/> and <see cref="Horizon"/> is set.</summary>
public sealed record TableUpload
{
    /// <summary>Rewards, [N, S, A_1, ..., A_N]; finite.</summary>
    public required ShapedArray Rewards { get; init; }

    /// <summary>Transition probabilities, [S, A_1, ..., A_N, S]; a row of zeros ends the episode.</summary>
    public required ShapedArray Transitions { get; init; }

    /// <summary>Distribution of the first state, [S]; absent: state 0.</summary>
    public ShapedArray? Initial { get; init; }

    /// <summary>Discount in (0, 1).</summary>
    public double? Discount { get; init; }

    /// <summary>Number of decisions T, at least 1.</summary>
    public int? Horizon { get; init; }

    /// <summary>Rewards on the state at time T, [N, S]; absent: none. Only with a horizon.</summary>
    public ShapedArray? TerminalRewards { get; init; }

    /// <summary>Seat names, [N]; absent: player_0, player_1, ...</summary>
    public IReadOnlyList<string>? Players { get; init; }

    /// <summary>A name per action, [N][A_p]; absent: 0, 1, ...</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Actions { get; init; }

    /// <summary>A name per state, [S]; absent: none.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>The game's name in drawings.</summary>
    public string Title { get; init; } = "Uploaded game";
}
