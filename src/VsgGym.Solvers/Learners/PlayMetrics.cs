using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The numbers that every solver tells which plays episodes: returns, its own, and what was played where that is little.</summary>
internal sealed class PlayMetrics
{
    private const int MostLabeledActions = 16;
    private readonly int[] _starts; // [N], where each player's policy begins in _played
    private readonly double[] _played; // the one state's policies as the last episode began, player by player; else empty

    /// <summary>Names the numbers: "reward.PLAYER", the solver's own, and in one-state games of at most 16 actions a player "policy.PLAYER.ACTION".</summary>
    public PlayMetrics(StochasticGame game, params ReadOnlySpan<string> own)
    {
        bool labeled = game.StateCount == 1 && game.ActionCounts.All(count => count <= MostLabeledActions);
        _played = labeled ? new double[game.ActionCounts.Sum()] : [];
        _starts = new int[game.PlayerCount];
        for (int p = 1; p < _starts.Length; p++) _starts[p] = _starts[p - 1] + game.ActionCounts[p - 1];
        Names =
        [
            .. game.Players.Select(player => $"reward.{player}"),
            .. own,
            .. labeled ? game.Players.SelectMany((player, p) => game.ActionLabels[p].Select(label => $"policy.{player}.{label}")) : [],
        ];
    }

    /// <summary>The numbers' names.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Notes what a player plays as an episode begins.</summary>
    public void Keep(int player, ReadOnlySpan<double> policy)
    {
        if (_played.Length > 0) policy.CopyTo(_played.AsSpan(_starts[player]));
    }

    /// <summary>Writes returns and policies; the solver's own numbers are what is returned, to be filled.</summary>
    public Span<double> Write(ReadOnlySpan<double> returns, Span<double> metrics)
    {
        returns.CopyTo(metrics);
        _played.CopyTo(metrics[(Names.Length - _played.Length)..]);
        return metrics[returns.Length..(Names.Length - _played.Length)];
    }
}
