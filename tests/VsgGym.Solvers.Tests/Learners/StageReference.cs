using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Learning of joint action values under uniform play by plain loops, whatever the stage's solution is.</summary>
internal static class StageReference
{
    /// <summary>Learns from 0 and gives Q, [N][S, J].</summary>
    /// <param name="game">The table.</param>
    /// <param name="random">The run's stream.</param>
    /// <param name="episodes">How many.</param>
    /// <param name="maxSteps">Of an episode of a discounted game.</param>
    /// <param name="rate">The learning rate of a visit of a state and joint action, from 0.</param>
    /// <param name="solve">(state, Q(s, .) of each player) to each player's value.</param>
    public static double[][,] Learn(StochasticGame game, RandomStream random, int episodes, int maxSteps, Func<int, double> rate, Func<int, double[][], double[]> solve)
    {
        var play = random.Fork("play");
        double[][,] q = [.. game.Players.Select(_ => new double[game.StateCount, game.JointActionCount])];
        var visits = new int[game.StateCount, game.JointActionCount];
        int last = (game.Horizon ?? maxSteps) - 1;
        for (int episode = 0; episode < episodes; episode++)
        {
            int state = Simplex.Sample(game.Initial, play.NextDouble());
            for (int t = 0; t <= last && state >= 0; t++)
            {
                int joint = 0;
                for (int p = 0; p < game.PlayerCount; p++)
                {
                    int[] legal = [.. Enumerable.Range(0, game.ActionCounts[p]).Where(a => game.IsLegal(p, state, a))];
                    double[] uniform = [.. Enumerable.Range(0, game.ActionCounts[p]).Select(a => legal.Contains(a) ? 1.0 / legal.Length : 0)];
                    joint += Simplex.Sample(uniform, play.NextDouble()) * game.Strides[p];
                }

                int row = (state * game.JointActionCount) + joint, start = game.RowStarts[row], count = game.RowStarts[row + 1] - start;
                int next = count == 0 ? -1 : game.NextStates[start + Simplex.Sample(game.Probabilities.Slice(start, count), play.NextDouble())];
                bool atHorizon = game.Horizon is not null && t == last;
                double[] later = next < 0 ? new double[game.PlayerCount]
                    : atHorizon ? [.. game.Players.Select((_, p) => game.TerminalRewards(p)[next])]
                    : [.. Values(game, q, next, solve).Select(value => game.Discount * value)];
                double step = rate(visits[state, joint]++);
                for (int p = 0; p < game.PlayerCount; p++) q[p][state, joint] = ((1 - step) * q[p][state, joint]) + (step * (game.Rewards(p)[row] + later[p]));
                state = next;
            }
        }

        return q;
    }

    /// <summary>Each player's value of a state.</summary>
    public static double[] Values(StochasticGame game, double[][,] q, int state, Func<int, double[][], double[]> solve) =>
        solve(state, [.. q.Select(own => Enumerable.Range(0, game.JointActionCount).Select(a => own[state, a]).ToArray())]);

    /// <summary>The game with only the likeliest successor of each row.</summary>
    public static StochasticGame WithoutChance(StochasticGame game)
    {
        var builder = new StochasticGameBuilder([.. game.Players], game.StateCount, [.. game.ActionCounts]);
        for (int row = 0; row < game.StateCount * game.JointActionCount; row++)
        {
            int s = row / game.JointActionCount, joint = row % game.JointActionCount, best = -1;
            for (int p = 0; p < game.PlayerCount; p++) builder.SetReward(p, s, joint, game.Rewards(p)[row]);
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++)
                if (best < 0 || game.Probabilities[k] > game.Probabilities[best]) best = k;
            if (best >= 0) builder.AddTransition(s, joint, game.NextStates[best], 1);
        }

        builder.WithInitial(game.Initial);
        for (int p = 0; p < game.PlayerCount && game.Horizon is not null; p++)
            for (int s = 0; s < game.StateCount; s++) builder.SetTerminalReward(p, s, game.TerminalRewards(p)[s]);
        return game.Horizon is { } horizon ? builder.BuildFiniteHorizon(horizon) : builder.BuildDiscounted(game.Discount);
    }
}
