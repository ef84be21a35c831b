using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>A finite stochastic game with simultaneous moves: immutable, sparse transitions, double precision.</summary>
/// <remarks>
/// A joint action is numbered in row-major order with the first player slowest, as a C-ordered array [A_1, ..., A_N] is; a row is
/// (state, joint action) = state * <see cref="JointActionCount"/> + joint action. A row without successors ends the episode. A
/// normal-form game has one state, horizon 1 and no successors; an MDP has one player. Where the legal actions differ by state,
/// rows with an illegal action carry no rewards and no successors, and policies give such actions probability 0.
/// Built by <see cref="StochasticGameBuilder"/>, which checks everything once.
/// </remarks>
public sealed class StochasticGame : ISolvableGame
{
    private readonly double[][] _rewards;
    private readonly double[][] _terminalRewards;
    private readonly int[] _rowStart;
    private readonly int[] _nextState;
    private readonly double[] _probability;
    private readonly double[] _initial;
    private readonly bool[][]? _legal;

    internal StochasticGame(StochasticGameParts parts)
    {
        Players = parts.Players;
        ActionLabels = parts.ActionLabels;
        StateLabels = parts.StateLabels;
        ActionCounts = [.. parts.ActionCounts];
        StateCount = parts.StateCount;
        Horizon = parts.Horizon;
        Discount = parts.Discount;
        Strides = [.. parts.Strides];
        JointActionCount = parts.JointActionCount;
        (_rewards, _terminalRewards, _initial, _legal) = (parts.Rewards, parts.TerminalRewards, parts.Initial, parts.Legal);
        (_rowStart, _nextState, _probability) = (parts.RowStart, parts.NextState, parts.Probability);
        HasTerminalRewards = Array.Exists(_terminalRewards, row => Array.Exists(row, value => value != 0));
    }

    /// <inheritdoc/>
    public string KindName => "a stochastic game";

    /// <inheritdoc/>
    public string UsualConcept => "nash";

    /// <summary>The seats' names, [N], N at least 1.</summary>
    public ImmutableArray<string> Players { get; }

    /// <summary>Number of players N.</summary>
    public int PlayerCount => Players.Length;

    /// <summary>Number of states S, at least 1.</summary>
    public int StateCount { get; }

    /// <summary>Number of actions of each player, [N].</summary>
    public ImmutableArray<int> ActionCounts { get; }

    /// <summary>Number of joint actions J, the product of the action counts.</summary>
    public int JointActionCount { get; }

    /// <summary>What a step of one in a player's action adds to the joint action's number, [N].</summary>
    public ImmutableArray<int> Strides { get; }

    /// <summary>The number of decisions T of an episode, or null for a discounted game without end.</summary>
    public int? Horizon { get; }

    /// <summary>The discount in (0, 1) of a game without horizon; 1 where there is a horizon.</summary>
    public double Discount { get; }

    /// <summary>A name per action and player, [N][A_p].</summary>
    public ImmutableArray<ImmutableArray<string>> ActionLabels { get; }

    /// <summary>A name per state, or empty.</summary>
    public ImmutableArray<string> StateLabels { get; }

    /// <summary>Whether some state forbids some action.</summary>
    public bool HasIllegalActions => _legal is not null;

    /// <summary>Whether a reward other than 0 is paid on the state at time T.</summary>
    public bool HasTerminalRewards { get; }

    /// <summary>Number of stored transitions (state, joint action, next state).</summary>
    public int TransitionCount => _nextState.Length;

    /// <summary>Where each row starts in <see cref="NextStates"/>, [S * J + 1].</summary>
    public ReadOnlySpan<int> RowStarts => _rowStart;

    /// <summary>Successor states, row by row.</summary>
    public ReadOnlySpan<int> NextStates => _nextState;

    /// <summary>Successor probabilities, beside <see cref="NextStates"/>.</summary>
    public ReadOnlySpan<double> Probabilities => _probability;

    /// <summary>The distribution of the first state, [S].</summary>
    public ReadOnlySpan<double> Initial => _initial;

    /// <summary>A player's rewards, [S * J].</summary>
    /// <param name="player">Which player, from 0.</param>
    public ReadOnlySpan<double> Rewards(int player) => _rewards[player];

    /// <summary>A player's rewards on the state at time T, [S]; zeros where the game has none.</summary>
    /// <param name="player">Which player, from 0.</param>
    public ReadOnlySpan<double> TerminalRewards(int player) => _terminalRewards[player];

    /// <summary>Whether a player may take an action in a state.</summary>
    public bool IsLegal(int player, int state, int action) =>
        _legal is null || _legal[player][(state * ActionCounts[player]) + action];

    /// <summary>A player's legal-action mask in a state, [A_p]; empty means that every action is legal.</summary>
    public ReadOnlySpan<bool> LegalActions(int player, int state) =>
        _legal is null ? [] : _legal[player].AsSpan(state * ActionCounts[player], ActionCounts[player]);

    /// <summary>Whether every player's part of a joint action is legal in a state.</summary>
    public bool IsLegalJoint(int state, int jointAction)
    {
        if (_legal is null) return true;
        for (int p = 0; p < PlayerCount; p++)
            if (!IsLegal(p, state, ActionOf(p, jointAction))) return false;
        return true;
    }

    /// <summary>A player's part of a joint action.</summary>
    public int ActionOf(int player, int jointAction) => jointAction / Strides[player] % ActionCounts[player];

    /// <summary>The number of a joint action.</summary>
    /// <param name="actions">[N], one action per player.</param>
    public int JointAction(ReadOnlySpan<int> actions)
    {
        int joint = 0;
        for (int p = 0; p < Strides.Length; p++) joint += actions[p] * Strides[p];
        return joint;
    }

    /// <summary>A player's number.</summary>
    /// <param name="player">A seat's name.</param>
    /// <exception cref="VsgGymException">NOT_FOUND: no seat has that name.</exception>
    public int PlayerIndex(string player)
    {
        int index = Players.IndexOf(player);
        return index >= 0 ? index : throw VsgGymException.NotFound(
            "player", player, $"must be one of {string.Join(", ", Players)}", "unknown_player");
    }
}
