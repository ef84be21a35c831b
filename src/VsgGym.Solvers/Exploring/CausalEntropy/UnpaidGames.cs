using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>A game whose rewards only some players know.</summary>
internal static class UnpaidGames
{
    private const int CheckedRows = 1 << 14; // between two looks at a token

    /// <summary>The same moves without the rewards of players who are not known.</summary>
    public static StochasticGame Create(StochasticGame game, bool[] known, CancellationToken cancellationToken)
    {
        var builder = new StochasticGameBuilder(game.Players, game.StateCount, game.ActionCounts).WithInitial(game.Initial);
        for (int p = 0; p < known.Length; p++)
        {
            if (known[p]) builder.WithRewards(p, game.Rewards(p));
            for (int s = 0; s < game.StateCount; s++)
            {
                if (known[p]) builder.SetTerminalReward(p, s, game.TerminalRewards(p)[s]);
                for (int a = 0; a < game.ActionCounts[p]; a++)
                    if (!game.IsLegal(p, s, a)) builder.Forbid(p, s, a);
            }
        }

        for (int row = 0; row < game.RowStarts.Length - 1; row++)
        {
            if (row % CheckedRows == 0) cancellationToken.ThrowIfCancellationRequested();
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++)
                builder.AddTransition(row / game.JointActionCount, row % game.JointActionCount, game.NextStates[k], game.Probabilities[k]);
        }

        return builder.Build(game.Horizon, game.Horizon is null ? game.Discount : null, cancellationToken);
    }
}
