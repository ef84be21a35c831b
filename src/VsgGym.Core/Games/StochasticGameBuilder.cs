using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace VsgGym.Core;

/// <summary>Builds a <see cref="StochasticGame"/> from whole arrays or row by row, and reports every fault at once.</summary>
/// <remarks>
/// Rows are (state, joint action), joint actions in row-major order, the first player slowest. A number outside the sizes given at
/// the start is an <see cref="ArgumentOutOfRangeException"/>. A builder builds one game, which takes over its arrays.
/// </remarks>
public sealed class StochasticGameBuilder
{
    /// <summary>The most (state, joint action) rows a game may have, 2^26.</summary>
    public const int MaximumRows = 1 << 26;

    /// <summary>The most decisions T a game may have.</summary>
    public const int MaximumHorizon = 1_000_000;

    private const double ProbabilityTolerance = 1e-9;

    private readonly ImmutableArray<string> _players;
    private readonly int[] _actionCounts;
    private readonly int[] _strides;
    private readonly int _states;
    private readonly int _jointActions;
    private readonly double[][] _rewards;
    private readonly double[][] _terminalRewards;
    private readonly TransitionList _transitions;
    private double[]? _initial;
    private bool[][]? _legal;
    private ImmutableArray<ImmutableArray<string>> _actionLabels;
    private ImmutableArray<string> _stateLabels = [];
    private bool _built;

    /// <summary>Starts a game.</summary>
    /// <param name="players">The seats' names, at least one, distinct, not empty.</param>
    /// <param name="stateCount">S, at least 1.</param>
    /// <param name="actionCounts">[N], each at least 1.</param>
    /// <exception cref="VsgGymException">A size is below 1, names are empty or repeated, or the table is too large.</exception>
    public StochasticGameBuilder(IReadOnlyList<string> players, int stateCount, IReadOnlyList<int> actionCounts)
    {
        ArgumentNullException.ThrowIfNull(players);
        ArgumentNullException.ThrowIfNull(actionCounts);
        CheckSizes(players, stateCount, actionCounts);
        _players = [.. players];
        _actionCounts = [.. actionCounts];
        _states = stateCount;
        _strides = new int[players.Count];
        long joint = 1;
        for (int p = players.Count - 1; p >= 0; p--)
        {
            _strides[p] = (int)joint;
            joint *= actionCounts[p];
            if (joint * stateCount > MaximumRows)
                throw VsgGymException.OverLimit("actions", string.Join(" x ", actionCounts), $"states times joint actions must not exceed {MaximumRows}", "game_too_large");
        }

        _jointActions = (int)joint;
        _rewards = [.. players.Select(_ => new double[stateCount * _jointActions])];
        _terminalRewards = [.. players.Select(_ => new double[stateCount])];
        _transitions = new TransitionList(stateCount * _jointActions);
        _actionLabels = [.. actionCounts.Select(count => Enumerable.Range(0, count).Select(a => $"{a}").ToImmutableArray())];
    }

    /// <summary>The number of joint actions J.</summary>
    public int JointActionCount => _jointActions;

    /// <summary>Names each action of a player; default "0", "1", ...</summary>
    public StochasticGameBuilder WithActionLabels(int player, params IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Check(player, _players.Length);
        if (labels.Count != _actionCounts[player])
            throw VsgGymException.Invalid($"action_labels.{_players[player]}", labels.Count, $"must name each of the {_actionCounts[player]} actions", "wrong_shape");
        _actionLabels = _actionLabels.SetItem(player, [.. labels]);
        return this;
    }

    /// <summary>Names each state.</summary>
    public StochasticGameBuilder WithStateLabels(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != _states)
            throw VsgGymException.Invalid("state_labels", labels.Count, $"must name each of the {_states} states", "wrong_shape");
        _stateLabels = [.. labels];
        return this;
    }

    /// <summary>Sets a player's reward for a state and joint action.</summary>
    public StochasticGameBuilder SetReward(int player, int state, int jointAction, double reward)
    {
        Check(player, _players.Length);
        _rewards[player][Row(state, jointAction)] = reward;
        return this;
    }

    /// <summary>Sets all rewards of a player.</summary>
    /// <param name="player">From 0.</param>
    /// <param name="rewards">[S * J], joint actions in row-major order.</param>
    public StochasticGameBuilder WithRewards(int player, ReadOnlySpan<double> rewards)
    {
        Check(player, _players.Length);
        if (rewards.Length != _rewards[player].Length)
            throw VsgGymException.Invalid($"rewards[{player}]", $"shape [{rewards.Length}]", $"must have shape [{_rewards[player].Length}]", "wrong_shape");
        rewards.CopyTo(_rewards[player]);
        return this;
    }

    /// <summary>Sets a player's reward on a state at time T.</summary>
    public StochasticGameBuilder SetTerminalReward(int player, int state, double reward)
    {
        Check(player, _players.Length);
        Check(state, _states);
        _terminalRewards[player][state] = reward;
        return this;
    }

    /// <summary>Adds probability to a transition; the next state is checked when the game is built.</summary>
    public StochasticGameBuilder AddTransition(int state, int jointAction, int nextState, double probability)
    {
        _transitions.Add(Row(state, jointAction), nextState, probability);
        return this;
    }

    /// <summary>Forbids an action in a state; the rows of its joint actions lose their rewards and successors.</summary>
    public StochasticGameBuilder Forbid(int player, int state, int action)
    {
        Check(player, _players.Length);
        Check(state, _states);
        Check(action, _actionCounts[player]);
        _legal ??= [.. _actionCounts.Select(count => Enumerable.Repeat(true, _states * count).ToArray())];
        _legal[player][(state * _actionCounts[player]) + action] = false;
        return this;
    }

    /// <summary>Sets the distribution of the first state; default: state 0.</summary>
    /// <param name="probabilities">[S].</param>
    public StochasticGameBuilder WithInitial(ReadOnlySpan<double> probabilities)
    {
        if (probabilities.Length != _states)
            throw VsgGymException.Invalid("initial", $"shape [{probabilities.Length}]", $"must have shape [{_states}]", "wrong_shape");
        _initial = probabilities.ToArray();
        return this;
    }

    /// <summary>From here on the game starts again where a row would have ended it: rows without successors lead to the first state's distribution.</summary>
    public StochasticGameBuilder Restart()
    {
        double[] initial = _initial ?? [1.0, .. new double[_states - 1]];
        foreach (int row in _transitions.RowsWithoutSuccessors())
            for (int s = 0; s < _states; s++)
                if (initial[s] > 0) _transitions.Add(row, s, initial[s]);
        return this;
    }

    /// <summary>Checks and builds a game of T decisions.</summary>
    /// <param name="horizon">T, in [1, <see cref="MaximumHorizon"/>].</param>
    /// <exception cref="VsgGymException">Every fault of the game.</exception>
    public StochasticGame BuildFiniteHorizon(int horizon) => Build(horizon, null);

    /// <summary>Checks and builds a discounted game.</summary>
    /// <param name="discount">In (0, 1).</param>
    /// <exception cref="VsgGymException">Every fault of the game.</exception>
    public StochasticGame BuildDiscounted(double discount) => Build(null, discount);

    /// <summary>Checks and builds a game that has either a horizon or a discount.</summary>
    /// <param name="horizon">T, in [1, <see cref="MaximumHorizon"/>], or null.</param>
    /// <param name="discount">In (0, 1), or null.</param>
    /// <param name="cancellationToken">Checked every few ten thousand transitions; a builder whose build was cancelled is of no use.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="VsgGymException">Every fault of the game, also both or neither of the two.</exception>
    public StochasticGame Build(int? horizon, double? discount, CancellationToken cancellationToken = default)
    {
        var faults = new FaultList();
        StochasticGameChecks.HorizonOrDiscount(horizon, discount, faults);
        if (_built) throw new InvalidOperationException("a builder builds one game");
        double[] initial = _initial ?? [1.0, .. new double[_states - 1]];
        StochasticGameChecks.Initial(initial, faults);
        for (int p = 0; p < _players.Length; p++)
        {
            StochasticGameChecks.Rewards(_rewards[p], p, _jointActions, Unravel, faults);
            StochasticGameChecks.TerminalRewards(_terminalRewards[p], p, discount is not null && horizon is null, faults);
        }

        StochasticGameChecks.LegalActions(_legal, _players, _actionCounts, _states, faults);
        _transitions.Check(_states, ProbabilityTolerance, Unravel, faults, cancellationToken);
        faults.ThrowIfAny();
        _built = true;
        ClearIllegalRows();
        var (rowStart, next, probability) = _transitions.Compress(cancellationToken);
        return new StochasticGame(new StochasticGameParts
        {
            Players = _players,
            ActionLabels = _actionLabels,
            StateLabels = _stateLabels,
            ActionCounts = _actionCounts,
            Strides = _strides,
            StateCount = _states,
            JointActionCount = _jointActions,
            Horizon = horizon,
            Discount = discount ?? 1.0,
            Rewards = _rewards,
            TerminalRewards = _terminalRewards,
            RowStart = rowStart,
            NextState = next,
            Probability = probability,
            Initial = initial,
            Legal = _legal,
        });
    }

    /// <summary>Takes rewards and successors from rows with an illegal action.</summary>
    private void ClearIllegalRows()
    {
        if (_legal is null) return;
        for (int row = 0; row < _states * _jointActions; row++)
        {
            int state = row / _jointActions, joint = row % _jointActions;
            bool legal = true;
            for (int p = 0; p < _strides.Length; p++)
                legal &= _legal[p][(state * _actionCounts[p]) + (joint / _strides[p] % _actionCounts[p])];
            if (legal) continue;
            _transitions.Clear(row);
            foreach (double[] rewards in _rewards) rewards[row] = 0;
        }
    }

    private int Row(int state, int jointAction)
    {
        Check(state, _states);
        Check(jointAction, _jointActions);
        return (state * _jointActions) + jointAction;
    }

    private void Check(int number, int count, [CallerArgumentExpression(nameof(number))] string name = "")
    {
        if (_built) throw new InvalidOperationException("the game is built: its numbers are fixed");
        if ((uint)number >= (uint)count) throw new ArgumentOutOfRangeException(name, number, $"must be in [0, {count - 1}]");
    }

    private string Unravel(int row)
    {
        int state = row / _jointActions, joint = row % _jointActions;
        var actions = _strides.Select((stride, p) => joint / stride % _actionCounts[p]);
        return $"{state}, {string.Join(", ", actions)}";
    }

    private static void CheckSizes(IReadOnlyList<string> players, int states, IReadOnlyList<int> actionCounts)
    {
        var faults = new FaultList();
        if (players.Count == 0) faults.Add("players", "[]", "at least one player is needed", "empty");
        if (states < 1) faults.Add("states", states, "must be at least 1", "out_of_range");
        if (actionCounts.Count != players.Count)
            faults.Add("actions", $"{actionCounts.Count} counts", $"one action count per player, {players.Count}, is needed", "wrong_shape");
        for (int p = 0; p < players.Count; p++)
            if (string.IsNullOrWhiteSpace(players[p])) faults.Add($"players[{p}]", players[p], "a name must not be blank", "empty");
        if (players.Distinct(StringComparer.Ordinal).Count() != players.Count)
            faults.Add("players", string.Join(", ", players), "names must differ", "duplicate");
        for (int p = 0; p < actionCounts.Count; p++)
            if (actionCounts[p] < 1) faults.Add($"actions[{p}]", actionCounts[p], "must be at least 1", "out_of_range");
        faults.ThrowIfAny();
    }
}
