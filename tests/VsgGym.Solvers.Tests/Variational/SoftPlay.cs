using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Play of a player who is soft-optimal, by plain loops.</summary>
internal static class SoftPlay
{
    /// <summary>The soft-optimal policy of player 0 at temperature 1 against others that play at random.</summary>
    public static double[][] SoftPlayer(StochasticGame game, out double[][] others)
    {
        var profile = RandomGames.Profile(game, 6, false);
        double[][] fixedOthers = [.. Enumerable.Range(0, game.StateCount).Select(s => profile[1].Row(0, s).ToArray())];
        others = fixedOthers;
        var values = new double[game.StateCount];
        double[] Q(int s, double[] next) => [.. Enumerable.Range(0, game.ActionCounts[0]).Select(a => Enumerable.Range(0, game.ActionCounts[1]).Sum(b =>
        {
            int row = (s * game.JointActionCount) + (a * game.ActionCounts[1]) + b;
            double payoff = game.Rewards(0)[row];
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) payoff += game.Discount * game.Probabilities[k] * next[game.NextStates[k]];
            return fixedOthers[s][b] * payoff;
        }))];
        for (int k = 0; k < 500; k++)
        {
            double[] last = values;
            values = [.. Enumerable.Range(0, game.StateCount).Select(s => Math.Log(Q(s, last).Average(Math.Exp)))]; // a uniform prior, as Eq. (5) has it
        }

        return [.. Enumerable.Range(0, game.StateCount).Select(s => Softmax(Q(s, values)))];
    }

    /// <summary>Drawn episodes of at most so many decisions of one or two players; a policy is asked for in a state at a time.</summary>
    public static List<IReadOnlyList<IReadOnlyList<int>>> Play(StochasticGame game, int episodes, int most, Func<int, int, double[]> policy, Func<int, int, double[]> others, ulong seed)
    {
        var random = RandomStream.Create(seed).Fork("play");
        var play = new List<IReadOnlyList<IReadOnlyList<int>>>();
        for (int e = 0; e < episodes; e++)
        {
            var episode = new List<IReadOnlyList<int>>();
            int state = Simplex.Sample(game.Initial, random.NextDouble());
            for (int t = 0; t < most && state >= 0; t++)
            {
                int[] actions = game.PlayerCount == 1
                    ? [Simplex.Sample(policy(state, t), random.NextDouble())]
                    : [Simplex.Sample(policy(state, t), random.NextDouble()), Simplex.Sample(others(state, t), random.NextDouble())];
                episode.Add([state, .. actions]);
                int row = (state * game.JointActionCount) + game.JointAction(actions), start = game.RowStarts[row], count = game.RowStarts[row + 1] - start;
                state = count == 0 ? -1 : game.NextStates[start + Simplex.Sample(game.Probabilities.Slice(start, count), random.NextDouble())];
            }

            play.Add(episode);
        }

        return play;
    }

    /// <summary>exp over its sum.</summary>
    public static double[] Softmax(double[] values)
    {
        double sum = values.Sum(Math.Exp);
        return [.. values.Select(value => Math.Exp(value) / sum)];
    }
}
