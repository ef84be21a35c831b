using VsgGym.Core;

namespace VsgGym.Games.Tests;

/// <summary>Equilibria of a table with one state, by looking at every deviation.</summary>
internal static class Equilibria
{
    /// <summary>The joint actions that no player leaves alone, by their labels.</summary>
    public static string[] Pure(StochasticGame table) =>
        [.. Enumerable.Range(0, table.JointActionCount).Where(joint => IsPure(table, joint)).Select(joint => Name(table, joint))];

    /// <summary>What a player of two gets by each of its actions against the other's mixture.</summary>
    public static double[] Against(StochasticGame table, int player, params double[] other) =>
        [.. Enumerable.Range(0, table.ActionCounts[player]).Select(own => other.Select((p, a) => p * Reward(table, player, own, a)).Sum())];

    private static double Reward(StochasticGame table, int player, int own, int other) =>
        table.Rewards(player)[table.JointAction(player == 0 ? [own, other] : [other, own])];

    private static bool IsPure(StochasticGame table, int joint) => Enumerable.Range(0, table.PlayerCount).All(player =>
    {
        int first = joint - (table.ActionOf(player, joint) * table.Strides[player]);
        return Enumerable.Range(0, table.ActionCounts[player])
            .All(action => table.Rewards(player)[first + (action * table.Strides[player])] <= table.Rewards(player)[joint]);
    });

    private static string Name(StochasticGame table, int joint) =>
        string.Join(",", Enumerable.Range(0, table.PlayerCount).Select(p => table.ActionLabels[p][table.ActionOf(p, joint)]));
}
