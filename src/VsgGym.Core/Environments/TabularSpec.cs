namespace VsgGym.Core;

/// <summary>What a table promises as a simulator.</summary>
internal static class TabularSpec
{
    /// <summary>Seats, spaces, horizon, and the tightest bounds of one step's reward over legal rows.</summary>
    /// <param name="game">The table.</param>
    /// <param name="vectors">Where the vectors lie that the seats see in place of the state's number.</param>
    public static EnvironmentSpec Describe(StochasticGame game, BoxSpace? vectors = null)
    {
        ArgumentNullException.ThrowIfNull(game);
        Space states = new DiscreteSpace(game.StateCount, game.StateLabels);
        var (lowest, highest) = RewardBounds(game);
        return new EnvironmentSpec
        {
            Players = game.Players,
            Observations = [.. game.Players.Select(_ => vectors ?? states)],
            TableStates = game.StateCount,
            Actions = [.. game.ActionCounts.Select((count, p) => (Space)new DiscreteSpace(count, game.ActionLabels[p]))],
            HasIllegalActions = game.HasIllegalActions,
            Horizon = game.Horizon,
            Discount = game.Discount,
            LowestReward = lowest,
            HighestReward = highest,
        };
    }

    /// <summary>A terminal reward is only paid together with the reward of the last row, on a state that row leads to; with T = 1 no row pays without it.</summary>
    private static (double Lowest, double Highest) RewardBounds(StochasticGame game)
    {
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        var starts = game.RowStarts;
        for (int row = 0; row + 1 < starts.Length; row++)
        {
            if (game.HasIllegalActions && !game.IsLegalJoint(row / game.JointActionCount, row % game.JointActionCount)) continue;
            var successors = game.NextStates[starts[row]..starts[row + 1]];
            for (int p = 0; p < game.PlayerCount; p++)
            {
                double reward = game.Rewards(p)[row];
                if (game.Horizon != 1 || !game.HasTerminalRewards || successors.IsEmpty) Include(reward);
                if (!game.HasTerminalRewards) continue;
                foreach (int next in successors) Include(reward + game.TerminalRewards(p)[next]);
            }
        }

        return (lowest, highest);

        void Include(double reward)
        {
            if (reward < lowest) lowest = reward;
            if (reward > highest) highest = reward;
        }
    }
}
