using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>The first player's model of given rewards, and both gradients of vsg Eq. (7), by plain loops over play and trajectories.</summary>
/// <param name="game">The table, of one or two players.</param>
/// <param name="play">Episodes of decisions: state, then each player's action.</param>
/// <param name="temperature">tau.</param>
internal sealed class SlowOpponentModel(StochasticGame game, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> play, double temperature)
{
    private int Joint => game.JointActionCount;

    /// <summary>What goes with rewards [S, J]: soft values against the others as seen, from a uniform prior; [T or 1][S, A].</summary>
    public double[][,] Model(double[] rewards)
    {
        int times = game.Horizon ?? 1;
        var model = new double[times][,];
        double[] values = new double[game.StateCount];
        for (int t = game.Horizon is null ? 200 : times - 1; t >= 0; t--)
        {
            var policy = new double[game.StateCount, game.ActionCounts[0]];
            double[] now = new double[values.Length];
            for (int s = 0; s < values.Length; s++)
            {
                int[] legal = [.. Enumerable.Range(0, game.ActionCounts[0]).Where(a => game.IsLegal(0, s, a))];
                double[] weights = [.. legal.Select(a => Math.Exp(Expected(rewards, values, s, a) / temperature) / legal.Length)];
                for (int k = 0; k < legal.Length; k++) policy[s, legal[k]] = weights[k] / weights.Sum();
                now[s] = temperature * Math.Log(weights.Sum());
            }

            values = now;
            model[game.Horizon is null ? 0 : t] = policy;
        }

        return model;
    }

    /// <summary>Minus the derivatives of the mean over episodes of the discounted log-likelihood, times the temperature, by finite differences.</summary>
    public double[] CausalGradient(double[] rewards)
    {
        double Likelihood(double[] at)
        {
            double[][,] model = Model(at);
            return play.Sum(episode => episode.Select((decision, t) => Math.Pow(game.Discount, t) * Math.Log(model[game.Horizon is null ? 0 : t][decision[0], decision[1]])).Sum()) / play.Count;
        }

        const double H = 1e-4;
        return [.. rewards.Select((_, k) =>
        {
            double[] up = [.. rewards], down = [.. rewards];
            (up[k], down[k]) = (up[k] + H, down[k] - H);
            return -temperature * (Likelihood(up) - Likelihood(down)) / (2 * H);
        })];
    }

    /// <summary>Visits expected over all trajectories, weighed by exp of their rewards, minus those observed.</summary>
    public double[] PrintedGradient(double[] rewards)
    {
        var gradient = new double[rewards.Length];
        foreach (var episode in play)
            for (int t = 0; t < episode.Count; t++) gradient[(episode[t][0] * Joint) + game.JointAction([.. episode[t].Skip(1)])] -= Math.Pow(game.Discount, t) / play.Count;
        for (int s = 0; s < game.StateCount; s++)
        {
            double starts = play.Count(episode => episode[0][0] == s) / (double)play.Count, total = 0;
            var sums = new double[rewards.Length];
            if (starts > 0) Walk(rewards, s, 0, 1, new double[rewards.Length], sums, ref total);
            for (int k = 0; k < sums.Length && starts > 0; k++) gradient[k] += starts * sums[k] / total;
        }

        return gradient;
    }

    private void Walk(double[] rewards, int s, int t, double weight, double[] visits, double[] sums, ref double total)
    {
        double length = play.Max(episode => episode.Count);
        for (int joint = 0; joint < Joint; joint++)
        {
            int row = (s * Joint) + joint, end = game.RowStarts[row + 1];
            double now = weight * Others(s, joint) * Math.Exp(Math.Pow(game.Discount, t) * rewards[row] / temperature);
            double[] seen = [.. visits];
            seen[row] += Math.Pow(game.Discount, t);
            double goesOn = game.RowStarts[row] == end || t + 1 >= length ? 0 : GoesOn(t);
            for (int k = 0; k < sums.Length; k++) sums[k] += now * (1 - goesOn) * seen[k];
            total += now * (1 - goesOn);
            for (int k = game.RowStarts[row]; k < end && goesOn > 0; k++) Walk(rewards, game.NextStates[k], t + 1, now * goesOn * game.Probabilities[k], seen, sums, ref total);
        }
    }

    // How often an episode went on after a decision whose move did not end it.
    private double GoesOn(int t)
    {
        var reached = play.Where(episode => episode.Count > t && RowOf(episode[t]) is var row && game.RowStarts[row] < game.RowStarts[row + 1]).ToList();
        return reached.Count == 0 ? 0 : reached.Count(episode => episode.Count > t + 1) / (double)reached.Count;
    }

    private int RowOf(IReadOnlyList<int> decision) => (decision[0] * Joint) + game.JointAction([.. decision.Skip(1)]);

    private double Expected(double[] rewards, double[] values, int s, int a)
    {
        double sum = 0;
        for (int joint = 0; joint < Joint; joint++)
        {
            if (game.ActionOf(0, joint) != a) continue;
            int row = (s * Joint) + joint;
            double payoff = rewards[row];
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) payoff += game.Discount * game.Probabilities[k] * values[game.NextStates[k]];
            sum += Others(s, joint) * payoff;
        }

        return sum;
    }

    // How often the second player was seen to do its part in the state; alike where it never was there.
    private double Others(int s, int joint)
    {
        if (game.PlayerCount == 1) return 1;
        int[] seen = [.. play.SelectMany(episode => episode).Where(decision => decision[0] == s).Select(decision => decision[2])];
        return seen.Length == 0 ? 1.0 / game.ActionCounts[1] : seen.Count(action => action == game.ActionOf(1, joint)) / (double)seen.Length;
    }
}
