using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A stochastic game given as arrays; exactly one of <see cref="Discount"/> and <see cref="Horizon"/> is set, and one form of rewards and of transitions.</summary>
public sealed record TableUpload
{
    /// <summary>Rewards, [N, S, A_1, ..., A_N]; finite.</summary>
    public ShapedArray? Rewards { get; init; }

    /// <summary>The same in coordinate form, in place of <see cref="Rewards"/>.</summary>
    public SparseArray? SparseRewards { get; init; }

    /// <summary>Transition probabilities, [S, A_1, ..., A_N, S]; a row of zeros ends the episode.</summary>
    public ShapedArray? Transitions { get; init; }

    /// <summary>The same in coordinate form, in place of <see cref="Transitions"/>.</summary>
    public SparseArray? SparseTransitions { get; init; }

    /// <summary>Distribution of the first state, [S]; absent: state 0.</summary>
    public ShapedArray? Initial { get; init; }

    /// <summary>Discount in (0, 1).</summary>
    public double? Discount { get; init; }

    /// <summary>Number of decisions T, at least 1.</summary>
    public int? Horizon { get; init; }

    /// <summary>Rewards on the state at time T, [N, S]; absent: none. Only with a horizon.</summary>
    public ShapedArray? TerminalRewards { get; init; }

    /// <summary>Which actions are legal: 1 where they are, 0 where not, [S, A_p] per player; absent: all are. Rows with an illegal action count for nothing.</summary>
    public IReadOnlyList<ShapedArray>? LegalActions { get; init; }

    /// <summary>Seat names, [N]; absent: player_0, player_1, ...</summary>
    public IReadOnlyList<string>? Players { get; init; }

    /// <summary>A name per action, [N][A_p]; absent: 0, 1, ...</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Actions { get; init; }

    /// <summary>A name per state, [S]; absent: none.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>The game's name in drawings.</summary>
    public string Title { get; init; } = "Uploaded game";
}
