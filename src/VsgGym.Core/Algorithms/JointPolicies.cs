using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>Joint policies: distributions over joint actions by state, and by time where there is a horizon.</summary>
internal static class JointPolicies
{
    private const string Path = "joint_policy";

    /// <summary>Refuses a joint policy of another shape, or one that plays illegal actions.</summary>
    public static void Check(StochasticGame game, TabularPolicy joint)
    {
        bool timesFit = joint.Times == 1 || joint.Times == game.Horizon;
        string actions = string.Join(", ", game.ActionCounts);
        if (!timesFit || joint.States != game.StateCount || joint.Actions != game.JointActionCount)
        {
            string rule = $"must have shape [{game.StateCount}, {actions}]" + (game.Horizon is { } t ? $" or [{t}, {game.StateCount}, {actions}]" : string.Empty);
            throw VsgGymException.Invalid(Path, $"[{joint.Times}, {joint.States}, {joint.Actions}]", $"{rule}, with all joint actions", "wrong_shape");
        }

        if (!game.HasIllegalActions) return;
        var faults = new FaultList();
        for (int row = 0; row < joint.Times * joint.States; row++)
            for (int a = 0; a < joint.Actions; a++)
                if (joint.Row(row / joint.States, row % joint.States)[a] is > 0 and var probability && !game.IsLegalJoint(row % joint.States, a))
                    faults.Add($"{Path}[{row / joint.States}, {row % joint.States}, {a}]", probability, "an illegal joint action must have probability 0", "illegal_action");
        faults.ThrowIfAny();
    }

    /// <summary>Each player's own part, [N], each [1 or T, S, A_p].</summary>
    public static ImmutableArray<TabularPolicy> Marginals(StochasticGame game, TabularPolicy joint)
    {
        int rows = joint.Times * joint.States;
        var tables = game.ActionCounts.Select(actions => new double[rows * actions]).ToArray();
        for (int row = 0; row < rows; row++)
        {
            var probabilities = joint.Row(row / joint.States, row % joint.States);
            for (int p = 0; p < tables.Length; p++)
                for (int a = 0; a < probabilities.Length; a++)
                    tables[p][(row * game.ActionCounts[p]) + game.ActionOf(p, a)] += probabilities[a];
        }

        return [.. tables.Select((table, p) => new TabularPolicy(table, joint.Times, joint.States, game.ActionCounts[p]))];
    }
}
