using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Episodes by plain loops with the draws of a solver's stream, sharing no code with the solvers' play.</summary>
internal sealed class SlowPlay(StochasticGame game, ulong seed)
{
    private RandomStream _init = RandomStream.Create(seed).Fork("init");
    private RandomStream _play = RandomStream.Create(seed).Fork("play");

    /// <summary>The next numbers of the start, uniform in [0, scale), [rows, columns].</summary>
    public double[,] Draw(int rows, int columns, double scale)
    {
        var table = new double[rows, columns];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) table[row, column] = scale * _init.NextDouble();
        return table;
    }

    /// <summary>Plays one episode; learn gets state, actions, rewards and the next state, -1 where no value follows.</summary>
    public void Episode(int steps, Func<int, int, double[]> policy, Action<int, int[], double[], int> learn)
    {
        int state = Pick(game.Initial.ToArray());
        for (int t = 0; t < (game.Horizon ?? steps); t++)
        {
            var actions = new int[game.PlayerCount];
            for (int p = 0; p < actions.Length; p++) actions[p] = Pick(policy(p, state));
            int row = (state * game.JointActionCount) + game.JointAction(actions);
            int next = game.RowStarts[row] == game.RowStarts[row + 1] ? -1 : NextOf(row);
            bool ends = t + 1 == game.Horizon;
            double[] rewards = [.. Enumerable.Range(0, game.PlayerCount).Select(p => game.Rewards(p)[row] + (ends && next >= 0 ? game.TerminalRewards(p)[next] : 0))];
            learn(state, actions, rewards, ends ? -1 : next);
            if (next < 0) return;
            state = next;
        }
    }

    // The successors in the order in which the game stores them.
    private int NextOf(int row)
    {
        int start = game.RowStarts[row], count = game.RowStarts[row + 1] - start;
        return game.NextStates[start + Pick(game.Probabilities.Slice(start, count).ToArray())];
    }

    private int Pick(double[] probabilities)
    {
        double u = _play.NextDouble(), sum = 0;
        int last = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            if (probabilities[k] == 0) continue;
            last = k;
            sum += probabilities[k];
            if (u < sum) return k;
        }

        return last;
    }
}
