using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Littman's 1994 soccer on four rows and five columns: random order of moves, a mover that runs into the other loses the ball, goals at the two middle rows of either side.</summary>
internal static class LittmanSoccer
{
    private const int Rows = 4, Columns = 5, Cells = Rows * Columns;
    private static readonly (int Row, int Column)[] Moves = [(-1, 0), (1, 0), (0, 1), (0, -1), (0, 0)];

    /// <summary>A kick-off whose image by half a turn with the players swapped is itself.</summary>
    public static (int First, int Second) KickOff => (Cell(2, 1), Cell(1, 3));

    /// <summary>The number of a cell.</summary>
    public static int Cell(int row, int column) => (row * Columns) + column;

    /// <summary>The state of two cells and the holder.</summary>
    public static int State(int first, int second, int holder) => (((first * Cells) + second) * 2) + holder;

    /// <summary>Whether the players stand in different cells.</summary>
    public static bool IsReal(int state) => state / 2 / Cells != state / 2 % Cells;

    /// <summary>The table; states of one cell for both are never reached, but for the first, which is the end of the game. The first player attacks the right side.</summary>
    public static StochasticGame Create(double discount, LittmanRules? rules = null)
    {
        rules ??= new LittmanRules();
        var builder = new StochasticGameBuilder(["player_0", "player_1"], Cells * Cells * 2, [rules.Actions, rules.Actions]);
        for (int state = 0; state < Cells * Cells * 2; state++)
            for (int joint = 0; IsReal(state) && joint < rules.Actions * rules.Actions; joint++)
            {
                double reward = 0;
                var weights = new SortedDictionary<int, double>();
                for (int first = 0; first < 2; first++)
                {
                    int goal = Play(state, [joint / rules.Actions, joint % rules.Actions], first, rules.OwnGoals, out int next);
                    reward += .5 * goal;
                    if (goal != 0) next = 0; // the end, where a goal is one
                    if (goal == 0 || rules.GoalEnds) weights[next] = weights.GetValueOrDefault(next) + .5;
                    for (int holder = 0; goal != 0 && !rules.GoalEnds && holder < 2; holder++)
                    {
                        int start = State(KickOff.First, KickOff.Second, holder);
                        weights[start] = weights.GetValueOrDefault(start) + .25;
                    }
                }

                builder.SetReward(0, state, joint, reward).SetReward(1, state, joint, 0 - reward);
                foreach (var (next, weight) in weights) builder.AddTransition(state, joint, next, weight);
            }

        return builder.BuildDiscounted(discount);
    }

    /// <summary>The first player's payoffs of one decision where the values go on afterwards.</summary>
    public static double[,] Stage(StochasticGame game, int state, double[] values)
    {
        int actions = game.ActionCounts[0];
        var stage = new double[actions, actions];
        for (int joint = 0; joint < actions * actions; joint++)
        {
            int row = (state * game.JointActionCount) + joint;
            double payoff = game.Rewards(0)[row];
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) payoff += game.Discount * game.Probabilities[k] * values[game.NextStates[k]];
            stage[joint / actions, joint % actions] = payoff;
        }

        return stage;
    }

    // 1 for a goal of the first player, -1 for one of the second.
    private static int Play(int state, int[] actions, int firstMover, bool ownGoals, out int next)
    {
        int[] cells = [state / 2 / Cells, state / 2 % Cells];
        int holder = state % 2;
        for (int turn = 0; turn < 2; turn++)
        {
            int mover = turn == 0 ? firstMover : 1 - firstMover;
            int row = (cells[mover] / Columns) + Moves[actions[mover]].Row, column = (cells[mover] % Columns) + Moves[actions[mover]].Column;
            next = 0;
            if (holder == mover && (row is 1 or 2) && (column is -1 or Columns) && (ownGoals || column == (mover == 0 ? Columns : -1))) return column == Columns ? 1 : -1;
            if (row is < 0 or >= Rows || column is < 0 or >= Columns) continue;
            int target = Cell(row, column);
            if (target == cells[1 - mover] && actions[mover] < 4) holder = 1 - mover;
            else cells[mover] = target;
        }

        next = State(cells[0], cells[1], holder);
        return 0;
    }
}
