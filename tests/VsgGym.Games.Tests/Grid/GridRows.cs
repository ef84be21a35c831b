using VsgGym.Core;

namespace VsgGym.Games.Tests;

/// <summary>Looks up rows of two-player grid tables by the states' labels.</summary>
internal static class GridRows
{
    public const int North = 0, South = 1, East = 2, West = 3, Stay = 4;

    public static int State(this StochasticGame table, string label)
    {
        int state = table.StateLabels.IndexOf(label);
        Assert.True(state >= 0, $"no state {label}");
        return state;
    }

    public static double[] RewardsOf(this StochasticGame table, string label, params int[] actions) =>
        [.. Enumerable.Range(0, table.PlayerCount).Select(p => table.Rewards(p)[Row(table, label, actions)])];

    /// <summary>Where a joint action leads: labels and probabilities, by label; empty where the game ends.</summary>
    public static (string Label, double Probability)[] NextOf(this StochasticGame table, string label, params int[] actions)
    {
        int row = Row(table, label, actions);
        return [.. Enumerable.Range(table.RowStarts[row], table.RowStarts[row + 1] - table.RowStarts[row])
            .Select(k => (table.StateLabels[table.NextStates[k]], table.Probabilities[k])).Order()];
    }

    /// <summary>The only state a joint action leads to.</summary>
    public static string OnlyNextOf(this StochasticGame table, string label, params int[] actions)
    {
        var (next, probability) = Assert.Single(table.NextOf(label, actions));
        Assert.Equal(1.0, probability);
        return next;
    }

    public static string FirstState(this StochasticGame table) => table.StateLabels[table.Initial.IndexOf(1.0)];

    private static int Row(StochasticGame table, string label, int[] actions)
    {
        int state = table.State(label), joint = table.JointAction(actions);
        Assert.True(table.IsLegalJoint(state, joint), $"illegal in {label}");
        return (state * table.JointActionCount) + joint;
    }
}
