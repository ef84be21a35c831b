using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Starts the variational methods from an earlier answer.</summary>
internal static class VariationalStart
{
    /// <summary>Takes over conditional policies, or policies; models, or policies; and values.</summary>
    public static void Take(StochasticGame game, VariationalSweep sweep, Solution earlier, CancellationToken cancellationToken)
    {
        var players = sweep.Players;
        for (int p = 0; p < players.Length; p++)
        {
            var player = players[p];
            for (int row = 0; row < player.Rows; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                player.SetPolicy(row, earlier.Policies[p].Row(row / game.StateCount, row % game.StateCount));
            }

            TakeConditional(game, player, p, earlier, cancellationToken);
            var values = EarlierAnswer.Values(game, earlier, p, cancellationToken);
            values.CopyTo(player.Values.AsSpan());
            bool kept = earlier.Arrays.TryGetValue(VariationalAnswer.ModelValue + game.Players[p], out var model) && model.Data.Length == values.Length;
            if (player.ModelValues.Length > 0) (kept ? model!.Data : values).CopyTo(player.ModelValues.AsSpan());
        }

        if (players.Length > 1 && !earlier.OpponentModels.IsDefaultOrEmpty)
            for (int p = 0; p < players.Length; p++) TakeModel(game, players, p, earlier.OpponentModels[p == 0 ? 1 : 0].Data, p == 0 ? 1 : 0);
        sweep.RefreshModels(cancellationToken);
    }

    private static void TakeConditional(StochasticGame game, VariationalPlayer player, int p, Solution earlier, CancellationToken cancellationToken)
    {
        if (!earlier.Arrays.TryGetValue(VariationalAnswer.ConditionalPolicy + game.Players[p], out var array)) return;
        if (!array.Shape.SequenceEqual(VariationalAnswer.Shape(game, game.ActionCounts))) return; // of a method whose policies do not depend on time
        var row = new double[player.Actions];
        for (int r = 0; r < player.Rows; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int o = 0; o < player.Others; o++)
            {
                for (int a = 0; a < row.Length; a++) row[a] = array.Data[(r * game.JointActionCount) + ConditionalKernels.Joint(o, a, player.Stride, player.Actions)];
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
