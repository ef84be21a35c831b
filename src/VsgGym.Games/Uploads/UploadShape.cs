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
        var shape = upload.Rewards.Shape;
        if (!CheckPlayers("rewards", shape, 2, "[N, S, A_1, ..., A_N]", faults)) return null;
        int players = shape[0], states = shape[1];
        var actions = shape[2..];
        CheckSize("rewards", states, actions);
        int before = faults.Count;
        Match("transitions", upload.Transitions, [states, .. actions, states], shape, faults);
        Match("initial", upload.Initial, [states], shape, faults);
        Match("terminal_rewards", upload.TerminalRewards, [players, states], shape, faults);
        return faults.Count == before ? new UploadShape(states, actions) : null;
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

    private static void Match(string path, ShapedArray? array, ImmutableArray<int> needed, ImmutableArray<int> rewards, FaultList faults)
    {
        if (array is not null && !array.Shape.SequenceEqual(needed))
            faults.Add(path, $"shape {Show(array.Shape)}", $"must have shape {Show(needed)} beside rewards of shape {Show(rewards)}", "wrong_shape");
    }

    private static string Show(ImmutableArray<int> shape) => $"[{string.Join(", ", shape)}]";
}
