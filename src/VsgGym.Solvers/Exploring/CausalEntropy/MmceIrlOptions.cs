using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Options of <see cref="MmceIrl"/>.</summary>
public sealed record MmceIrlOptions
{
    /// <summary>What rewards are sums of: state_action (one feature per state and own action) or state.</summary>
    public FeatureKind Features { get; init; } = FeatureKind.StateAction;

    /// <summary>Features as numbers, [players][states * own actions][features], the state slowest; null for those of `features`.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>? FeatureRows { get; init; }

    /// <summary>Players whose rewards are the game's own and known; null for none.</summary>
    public IReadOnlyList<string>? KnownPlayers { get; init; }

    /// <summary>Logged play, one list per episode: the state's number, one action number per player, the next state, and so on; null to simulate.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Play { get; init; }

    /// <summary>How many episodes of simulated play are watched, one more in each iteration; 0 to know its expectations exactly.</summary>
    [Range(0, 1_000_000)]
    public int ExpertEpisodes { get; init; }

    /// <summary>The values by which the simulated players explore: log_sum_exp, expectation or max.</summary>
    public ValueOperator ExpertOperator { get; init; } = ValueOperator.LogSumExp;

    /// <summary>Inverse temperature beta, above 0, per reward unit; 1 as printed.</summary>
    [Range(0d, 1e6, MinimumIsExclusive = true)]
    public double InverseTemperature { get; init; } = 1;

    /// <summary>rho, the step of theta along the gradient, above 0.</summary>
    [Range(0d, 1e6, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 0.2;

    /// <summary>B, the largest Euclidean norm of a player's theta, above 0.</summary>
    [Range(0d, 1e9, MinimumIsExclusive = true)]
    public double Bound { get; init; } = 100;

    /// <summary>Damping of the policies' sweeps, in [0.000001, 1]; 1 is undamped.</summary>
    [Range(1e-6, 1d)]
    public double Damping { get; init; } = 1;

    /// <summary>The largest difference of feature sums below which the rewards count as converged.</summary>
    [Range(0d, 1e6, MinimumIsExclusive = true)]
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The most iterations.</summary>
    [Range(1, 1_000_000_000_000)]
    public long MaxIterations { get; init; } = 10_000;

    internal void Check(StochasticGame game, FaultList faults)
    {
        foreach (string player in KnownPlayers ?? [])
            if (!game.Players.Contains(player)) faults.Add("options.known_players", player, $"must be among {string.Join(", ", game.Players)}", "unknown_player");
        if (FeatureRows is { } rows) CheckRows(game, rows, faults);
        if (Play is { Count: 0 }) faults.Add("options.play", "[]", "at least one episode is needed", "empty");
        for (int e = 0; e < (Play?.Count ?? 0); e++) CheckEpisode(game, Play![e], $"options.play[{e}]", faults);
    }

    private static void CheckRows(StochasticGame game, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> rows, FaultList faults)
    {
        if (rows.Count != game.PlayerCount)
        {
            faults.Add("options.feature_rows", rows.Count, $"one table per player, {game.PlayerCount}, is needed", "wrong_shape");
            return;
        }

        for (int p = 0; p < rows.Count; p++)
        {
            string path = $"options.feature_rows[{p}]";
            int wanted = game.StateCount * game.ActionCounts[p];
            if (rows[p].Count != wanted) faults.Add(path, rows[p].Count, $"one row per state and own action, {wanted}, is needed", "wrong_shape");
            else if (rows[p][0].Count == 0 || rows[p].Any(row => row.Count != rows[p][0].Count)) faults.Add(path, rows[p][0].Count, "all rows need the same number of features, at least one", "wrong_shape");
        }
    }

    private static void CheckEpisode(StochasticGame game, IReadOnlyList<int> episode, string path, FaultList faults)
    {
        int width = game.PlayerCount + 1;
        if (episode.Count == 0 || episode.Count % width != 0 || episode.Count / width > (game.Horizon ?? int.MaxValue))
        {
            faults.Add(path, $"{episode.Count} numbers", $"must hold a state and {game.PlayerCount} actions per decision{(game.Horizon is { } horizon ? $", at most {horizon} decisions" : string.Empty)}", "wrong_shape");
            return;
        }

        for (int k = 0; k < episode.Count; k++)
        {
            int state = episode[k - (k % width)], player = (k % width) - 1;
            if (player < 0 && (uint)state >= (uint)game.StateCount) faults.Add($"{path}[{k}]", state, $"a state must be in [0, {game.StateCount - 1}]", "out_of_range");
            if (player < 0 || (uint)state >= (uint)game.StateCount) continue;
            if ((uint)episode[k] >= (uint)game.ActionCounts[player] || !game.IsLegal(player, state, episode[k]))
                faults.Add($"{path}[{k}]", episode[k], $"must be a legal action of {game.Players[player]} in state {state}", "illegal_action");
        }
    }
}
