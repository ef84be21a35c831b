using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The residual of a flow equilibrium on a table with a horizon, over all ways, by backward recursion.</summary>
internal static class FlowTableResidual
{
    public static Certificate Measure(StochasticGame game, PolicyProfile policies, CancellationToken cancellationToken)
    {
        var gaps = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        var values = ImmutableArray.CreateBuilder<double>(game.PlayerCount);
        double improvement = 0;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            var (played, sum, answer) = Flows(game, policies, p, cancellationToken);
            gaps.Add(Math.Max(0, sum - played)); // rounding may put it a hair below 0
            values.Add(BestResponse.FromStart(game, policies, p, cancellationToken));
            improvement = Math.Max(improvement, answer - played);
        }

        double gap = gaps.Max();
        return new Certificate
        {
            Concept = "flow",
            Gap = gap,
            GapPerPlayer = gaps.MoveToImmutable(),
            Values = values.MoveToImmutable(),
            Bounds = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal).Add("variational_gap", FlowGraphResidual.Improvement(improvement)),
        };
    }

    /// <summary>From the initial distribution: E[Ret - log pi_i], log of the sum over all ways of R_i, and the first one at the best answer.</summary>
    private static (double Played, double Sum, double Answer) Flows(StochasticGame game, PolicyProfile policies, int player, CancellationToken cancellationToken)
    {
        int states = game.StateCount;
        double[] played = game.TerminalRewards(player).ToArray(), sum = [.. played], answer = [.. played];
        double[] ways = new double[Longest(game)], payoffs = new double[game.JointActionCount], weights = new double[game.JointActionCount], q = new double[game.ActionCounts[player]];
        for (int t = game.Horizon!.Value - 1; t >= 0; t--)
        {
            double[][] current = BackwardInduction.At(policies, t);
            double[] earlierPlayed = new double[states], earlierSum = new double[states], earlierAnswer = new double[states];
            for (int s = 0; s < states; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                JointWeights.Fill(game, player, s, current, weights);
                Continuation.Fill(game, player, s, played, payoffs);
                Expect(game, player, s, weights, payoffs, q);
                earlierPlayed[s] = Entropic(current[player].AsSpan(s * q.Length, q.Length), q);
                Continuation.Fill(game, player, s, answer, payoffs);
                Expect(game, player, s, weights, payoffs, q);
                earlierAnswer[s] = Simplex.LogSumExp(q); // flow Prop. 4.5
                earlierSum[s] = Sum(game, player, s, weights, sum, payoffs, ways);
            }

            (played, sum, answer) = (earlierPlayed, earlierSum, earlierAnswer);
        }

        double fromStart = 0, answered = 0;
        var starts = new double[states];
        for (int s = 0; s < states; s++)
        {
            fromStart += game.Initial[s] * played[s];
            answered += game.Initial[s] * answer[s];
            starts[s] = Math.Log(game.Initial[s]) + sum[s];
        }

        return (fromStart, Simplex.LogSumExp(starts), answered);
    }

    // q[a_i] = the expectation of the payoffs over the others' moves; minus infinity at illegal actions.
    private static void Expect(StochasticGame game, int player, int state, ReadOnlySpan<double> weights, ReadOnlySpan<double> payoffs, Span<double> q)
    {
        for (int a = 0; a < q.Length; a++) q[a] = game.IsLegal(player, state, a) ? 0 : double.NegativeInfinity;
        for (int joint = 0; joint < payoffs.Length; joint++)
            if (weights[joint] > 0) q[game.ActionOf(player, joint)] += weights[joint] * payoffs[joint];
    }

    private static double Entropic(ReadOnlySpan<double> policy, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int a = 0; a < policy.Length; a++)
            if (policy[a] > 0) sum += policy[a] * (q[a] - Math.Log(policy[a]));
        return sum;
    }

    // log of the sum over the player's actions, weighted by the others' moves and chance, of exp(reward) times what follows.
    private static double Sum(StochasticGame game, int player, int state, ReadOnlySpan<double> weights, ReadOnlySpan<double> later, Span<double> terms, Span<double> ways)
    {
        for (int joint = 0; joint < terms.Length; joint++)
        {
            int row = (state * game.JointActionCount) + joint, start = game.RowStarts[row], end = game.RowStarts[row + 1];
            bool counts = weights[joint] > 0 && game.IsLegalJoint(state, joint);
            terms[joint] = counts ? Math.Log(weights[joint]) + game.Rewards(player)[row] + Follow(game, later, start, ways[..(end - start)]) : double.NegativeInfinity;
        }

        return Simplex.LogSumExp(terms);
    }

    private static double Follow(StochasticGame game, ReadOnlySpan<double> later, int start, Span<double> ways)
    {
        if (ways.IsEmpty) return 0; // play ends, and nothing more is paid
        for (int k = 0; k < ways.Length; k++) ways[k] = Math.Log(game.Probabilities[start + k]) + later[game.NextStates[start + k]];
        return Simplex.LogSumExp(ways);
    }

    private static int Longest(StochasticGame game)
    {
        int longest = 0;
        for (int row = 0; row + 1 < game.RowStarts.Length; row++) longest = Math.Max(longest, game.RowStarts[row + 1] - game.RowStarts[row]);
        return longest;
    }
}
