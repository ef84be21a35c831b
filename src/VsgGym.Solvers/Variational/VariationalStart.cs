using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Starts the variational methods from an earlier answer.</summary>
internal static class VariationalStart
{
    /// <summary>Takes over conditional policies, or policies; models, or policies; and values.</summary>
    public static void Take(StochasticGame game, VariationalSweep sweep, Solution earlier, CancellationToken cancellationToken)
    {
        var players = sweep.Players;
        double[]?[] conditional = [.. players.Select((_, p) => Conditional(game, p, earlier))], modelValues = [.. players.Select((player, p) => ModelValues(game, player, p, earlier))];
        for (int p = 0; p < players.Length; p++)
        {
            var player = players[p];
            for (int row = 0; row < player.Rows; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                player.SetPolicy(row, earlier.Policies[p].Row(row / game.StateCount, row % game.StateCount));
            }

            if (conditional[p] is { } policies) TakeConditional(game, player, policies, cancellationToken);
            var values = EarlierAnswer.Values(game, earlier, p, cancellationToken);
            values.CopyTo(player.Values.AsSpan());
            if (player.ModelValues.Length > 0) (modelValues[p] ?? values).CopyTo(player.ModelValues.AsSpan());
        }

        if (players.Length > 1 && !earlier.OpponentModels.IsDefaultOrEmpty)
            for (int p = 0; p < players.Length; p++) TakeModel(game, players, p, earlier.OpponentModels[p == 0 ? 1 : 0].Data, p == 0 ? 1 : 0);
        sweep.RefreshModels(cancellationToken);
    }

    // Null also where the policies are of a method whose own do not depend on time.
    private static double[]? Conditional(StochasticGame game, int p, Solution earlier)
    {
        string name = VariationalAnswer.ConditionalPolicy + game.Players[p];
        var shape = VariationalAnswer.Shape(game, game.ActionCounts);
        double[]? policies = EarlierAnswer.Probabilities(earlier, name, shape, shape.Length - game.PlayerCount + p);
        if (policies is null || !game.HasIllegalActions) return policies;
        var faults = new FaultList();
        for (int k = 0; k < policies.Length; k++)
            if (policies[k] > 0 && !game.IsLegal(p, k / game.JointActionCount % game.StateCount, game.ActionOf(p, k % game.JointActionCount)))
                faults.Add($"start.arrays.{name}[{k}]", policies[k], "an illegal action must have probability 0", "illegal_action");
        faults.ThrowIfAny();
        return policies;
    }

    private static double[]? ModelValues(StochasticGame game, VariationalPlayer player, int p, Solution earlier) => player.ModelValues.Length == 0
        ? null
        : EarlierAnswer.Numbers(earlier, VariationalAnswer.ModelValue + game.Players[p], game.Horizon is { } horizon ? [horizon + 1, game.StateCount] : [game.StateCount]);

    private static void TakeConditional(StochasticGame game, VariationalPlayer player, double[] policies, CancellationToken cancellationToken)
    {
        var row = new double[player.Actions];
        for (int r = 0; r < player.Rows; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int o = 0; o < player.Others; o++)
            {
                for (int a = 0; a < row.Length; a++) row[a] = policies[(r * game.JointActionCount) + ConditionalKernels.Joint(o, a, player.Stride, player.Actions)];
                player.SetPolicy(r, o, row);
            }
        }
    }

    // The model of p in the one that player `holder` has of all others.
    private static void TakeModel(StochasticGame game, VariationalPlayer[] players, int p, double[] joint, int holder)
    {
        var player = players[p];
        int others = players[holder].Others, stride = 1;
        if (joint.Length != players[holder].Rows * others) return;
        for (int k = p + 1; k < players.Length; k++)
            if (k != holder) stride *= game.ActionCounts[k];
        Array.Clear(player.Model);
        for (int k = 0; k < joint.Length; k++)
            player.Model[(k / others * player.Actions) + (k % others / stride % player.Actions)] += joint[k];
    }
}
