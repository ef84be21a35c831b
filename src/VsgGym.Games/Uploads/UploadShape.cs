using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The sizes that an upload's arrays agree on.</summary>
internal sealed class UploadShape
{
    private readonly ImmutableArray<int> _actionCounts;

    private UploadShape(int stateCount, ImmutableArray<int> actionCounts)
    {
        StateCount = stateCount;
        _actionCounts = actionCounts;
    }

    public int StateCount { get; }

    public int PlayerCount => _actionCounts.Length;

    /// <summary>The sizes of a payoff array, or null after adding every fault.</summary>
    public static UploadShape? OfPayoffs(ShapedArray payoffs, FaultList faults)
    {
        var shape = payoffs.Shape;
        if (!CheckPlayers("payoffs", shape, 1, "[N, A_1, ..., A_N]", faults)) return null;
        CheckSize("payoffs", 1, shape[1..]);
        return new UploadShape(1, shape[1..]);
    }

    /// <summary>The sizes of a stochastic game's arrays, or null after adding every fault.</summary>
    public static UploadShape? OfTable(TableUpload upload, FaultList faults)
    {
        string? rewards = OneForm("rewards", upload.Rewards, upload.SparseRewards, faults);
        string? transitions = OneForm("transitions", upload.Transitions, upload.SparseTransitions, faults);
        if (rewards is null) return null;
        var shape = upload.Rewards?.Shape ?? upload.SparseRewards!.Shape;
        if (!CheckPlayers(rewards, shape, 2, "[N, S, A_1, ..., A_N]", faults)) return null;
        int players = shape[0], states = shape[1];
        var actions = shape[2..];
        CheckSize(rewards, states, actions);
        if (upload.SparseRewards is not null) CheckNumbers(rewards, shape);
        int before = faults.Count;
        Match("transitions", upload.Transitions?.Shape, [states, .. actions, states], shape, faults);
        Match("sparse_transitions", upload.SparseTransitions?.Shape, [states, .. actions, states], shape, faults);
        Match("initial", upload.Initial?.Shape, [states], shape, faults);
        Match("terminal_rewards", upload.TerminalRewards?.Shape, [players, states], shape, faults);
        if (upload.LegalActions is { Count: > 0 } legal) MatchLegal(legal, states, actions, shape, faults);
        if (faults.Count == before)
        {
            upload.SparseRewards?.Check(rewards, faults);
            upload.SparseTransitions?.Check(transitions!, faults);
        }

        return transitions is not null && faults.Count == before ? new UploadShape(states, actions) : null;
    }

    /// <summary>Adds the faults of seat and action names.</summary>
    public void CheckNames(IReadOnlyList<string>? players, IReadOnlyList<IReadOnlyList<string>>? actions, FaultList faults)
    {
        if (players is { Count: > 0 })
        {
            if (players.Count != PlayerCount) faults.Add("players", $"{players.Count} names", $"must name each of the {PlayerCount} players, or be absent", "wrong_shape");
            for (int p = 0; p < players.Count; p++)
                if (string.IsNullOrWhiteSpace(players[p])) faults.Add($"players[{p}]", $"'{players[p]}'", "a name must not be blank", "empty");
            if (players.Distinct(StringComparer.Ordinal).Count() != players.Count)
                faults.Add("players", string.Join(", ", players), "names must differ", "duplicate");
        }

        if (actions is not { Count: > 0 }) return;
        if (actions.Count != PlayerCount) faults.Add("actions", $"{actions.Count} lists", $"must have a list for each of the {PlayerCount} players, or be absent", "wrong_shape");
        for (int p = 0; p < Math.Min(actions.Count, PlayerCount); p++)
            if (actions[p].Count != 0 && actions[p].Count != _actionCounts[p])
                faults.Add($"actions[{p}]", $"{actions[p].Count} names", $"must name each of the {_actionCounts[p]} actions, or be empty", "wrong_shape");
    }

    /// <summary>A builder of these sizes with names.</summary>
    public StochasticGameBuilder Start(IReadOnlyList<string>? players, IReadOnlyList<IReadOnlyList<string>>? actions)
    {
        var names = players is { Count: > 0 } ? players : [.. Enumerable.Range(0, PlayerCount).Select(p => $"player_{p}")];
        var builder = new StochasticGameBuilder(names, StateCount, _actionCounts);
        for (int p = 0; p < PlayerCount && actions is { Count: > 0 }; p++)
            if (actions[p].Count > 0) builder.WithActionLabels(p, actions[p]);
        return builder;
    }

    /// <summary>The indices of an element, "0, 1, 2".</summary>
    public static string Unravel(ImmutableArray<int> shape, int index)
    {
        var indices = new int[shape.Length];
        for (int d = shape.Length - 1; d >= 0; d--) (index, indices[d]) = Math.DivRem(index, shape[d]);
        return string.Join(", ", indices);
    }

    private static bool CheckPlayers(string path, ImmutableArray<int> shape, int leading, string form, FaultList faults)
    {
        string given = Show(shape);
        if (shape.Length == 0) faults.Add(path, given, $"must have shape {form}", "wrong_shape");
        else if (shape[0] < 1) faults.Add(path, given, $"must have shape {form} with at least one player", "empty");
        else if (shape[0] > UploadedGame.MaximumPlayers) faults.Add(path, given, $"must have shape {form} with at most {UploadedGame.MaximumPlayers} players", "out_of_range");
        else if (shape.Length != shape[0] + leading) faults.Add(path, given, $"must have shape {form}: {shape[0] + leading} dimensions for {shape[0]} players", "wrong_shape");
        else if (shape.Any(extent => extent < 1)) faults.Add(path, given, $"must have shape {form}, each at least 1", "empty");
        else return true;
        return false;
    }

    private static void CheckSize(string path, int states, ImmutableArray<int> actions)
    {
        long rows = states;
        foreach (int count in actions)
            if ((rows *= count) > StochasticGameBuilder.MaximumRows)
                throw VsgGymException.OverLimit(path, $"{states} states, {string.Join(" x ", actions)} actions", $"states times joint actions must not exceed {StochasticGameBuilder.MaximumRows}", "game_too_large");
    }

    /// <summary>A small message must not claim a table that fills the memory.</summary>
    private static void CheckNumbers(string path, ImmutableArray<int> shape)
    {
        if (shape.Aggregate(1.0, (product, extent) => product * extent) > UploadedGame.MaximumSparseRewards)
            throw VsgGymException.OverLimit(path, $"shape {Show(shape)}", $"rewards in coordinate form must stand for at most {UploadedGame.MaximumSparseRewards} numbers", "game_too_large");
    }

    /// <summary>The name of the form that is given, or null after adding the fault.</summary>
    private static string? OneForm(string name, ShapedArray? dense, SparseArray? sparse, FaultList faults)
    {
        if (dense is null && sparse is null) faults.Add(name, null, $"is required: {name} or sparse_{name}", "missing");
        else if (dense is not null && sparse is not null) faults.Add($"sparse_{name}", $"shape {Show(sparse.Shape)}", $"must be absent beside {name}: give one of the two forms", "both_given");
        else return dense is null ? $"sparse_{name}" : name;
        return null;
    }

    private static void MatchLegal(IReadOnlyList<ShapedArray> legal, int states, ImmutableArray<int> actions, ImmutableArray<int> rewards, FaultList faults)
    {
        if (legal.Count != actions.Length)
        {
            faults.Add("legal_actions", $"{legal.Count} masks", $"must have a mask for each of the {actions.Length} players, or be absent", "wrong_shape");
            return;
        }

        for (int p = 0; p < legal.Count; p++) Match($"legal_actions[{p}]", legal[p].Shape, [states, actions[p]], rewards, faults);
    }

    private static void Match(string path, ImmutableArray<int>? shape, ImmutableArray<int> needed, ImmutableArray<int> rewards, FaultList faults)
    {
        if (shape is { } given && !given.SequenceEqual(needed))
            faults.Add(path, $"shape {Show(given)}", $"must have shape {Show(needed)} beside rewards of shape {Show(rewards)}", "wrong_shape");
    }

    private static string Show(ImmutableArray<int> shape) => $"[{string.Join(", ", shape)}]";
}
