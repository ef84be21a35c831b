using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Random games with random joint policies, and what players get out of them by plain loops that share no code with the metrics.</summary>
internal static class RandomSignals
{
    public static (StochasticGame Game, TabularPolicy Signal) Create(ulong seed)
    {
        var shape = new RandomGameShape(2 + (int)(seed % 2), 3, 3, seed % 2 == 0 ? 3 : null, Discount: .7, IllegalActions: seed % 4 >= 2);
        var game = RandomGames.Create(shape, seed + 500);
        return (game, Draw(game, seed, seed % 3 > 0 ? game.Horizon ?? 1 : 1));
    }

    public static TabularPolicy Draw(StochasticGame game, ulong seed, int times)
    {
        var random = RandomStream.Create(seed).Fork("signal");
        int joint = game.JointActionCount;
        var table = new double[times * game.StateCount * joint];
        for (int row = 0; row < times * game.StateCount; row++)
        {
            int[] legal = [.. Enumerable.Range(0, joint).Where(a => game.IsLegalJoint(row % game.StateCount, a))];
            var drawn = new double[legal.Length];
            random.NextSimplex(drawn);
            for (int k = 0; k < legal.Length; k++) table[(row * joint) + legal[k]] = drawn[k];
        }

        return new TabularPolicy(table, times, game.StateCount, joint);
    }

    /// <summary>A player's return by following and by its best deviation, from the initial distribution.</summary>
    public static (double Followed, double Best) Values(StochasticGame game, TabularPolicy signal, int player, bool informed)
    {
        double[] followed = game.TerminalRewards(player).ToArray(), best = game.TerminalRewards(player).ToArray();
        int times = game.Horizon ?? 150; // .7^150 is nothing
        for (int t = times - 1; t >= 0; t--)
        {
            double[] followedNow = new double[game.StateCount], bestNow = new double[game.StateCount];
            for (int s = 0; s < game.StateCount; s++)
            {
                var row = signal.Row(game.Horizon is null ? 0 : t, s);
                for (int a = 0; a < row.Length; a++) followedNow[s] += row[a] * Payoff(game, player, s, a, followed);
                int told = informed ? game.ActionCounts[player] : 1;
                for (int k = 0; k < told; k++)
                {
                    double most = double.NegativeInfinity;
                    for (int b = 0; b < game.ActionCounts[player]; b++)
                    {
                        if (!game.IsLegal(player, s, b)) continue;
                        double worth = 0;
                        for (int a = 0; a < row.Length; a++)
                            if (!informed || game.ActionOf(player, a) == k) worth += row[a] * Payoff(game, player, s, Replace(game, player, a, b), best);
                        most = Math.Max(most, worth);
                    }

                    bestNow[s] += most;
                }
            }

            (followed, best) = (followedNow, bestNow);
        }

        double Start(double[] values) => Enumerable.Range(0, game.StateCount).Sum(s => game.Initial[s] * values[s]);
        return (Start(followed), Start(best));
    }

    private static int Replace(StochasticGame game, int player, int joint, int action)
    {
        int[] actions = [.. Enumerable.Range(0, game.PlayerCount).Select(p => p == player ? action : game.ActionOf(p, joint))];
        return game.JointAction(actions);
    }

    private static double Payoff(StochasticGame game, int player, int state, int joint, double[] next)
    {
        int row = (state * game.JointActionCount) + joint;
        double payoff = game.Rewards(player)[row];
        for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) payoff += game.Discount * game.Probabilities[k] * next[game.NextStates[k]];
        return payoff;
    }
}
