using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Between answers over states with signals, s * W + omega, and joint policies over states.</summary>
internal static class SignalAnswer
{
    private const string Policy = "signal_policy.", Value = "signal_value.";

    /// <summary>The joint policy sum over omega of sigma(omega) prod_i m_i, and each signal's tables.</summary>
    public static Solution Fold(StochasticGame game, double[] sigma, VariationalPlayer[] players)
    {
        int joint = game.JointActionCount, signals = sigma.Length, rows = players[0].Rows / signals;
        var together = new double[rows * joint];
        for (int k = 0; k < together.Length; k++)
        {
            for (int omega = 0; omega < signals; omega++)
            {
                double product = sigma[omega];
                for (int p = 0; p < players.Length; p++) product *= players[p].Marginal[((((k / joint) * signals) + omega) * players[p].Actions) + game.ActionOf(p, k % joint)];
                together[k] += product;
            }
        }

        return new Solution
        {
            Policies = PolicyProfile.Correlated(game, new TabularPolicy(together, game.Horizon ?? 1, game.StateCount, joint)),
            Values = [.. players.Select(player => Mean(game, sigma, player.Values))],
            Arrays = Arrays(game, sigma, players).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>An earlier answer over the states with signals.</summary>
    public static Solution Unfold(StochasticGame game, StochasticGame signaled, Solution earlier, CancellationToken cancellationToken)
    {
        int signals = signaled.StateCount / game.StateCount, times = game.Horizon ?? 1;
        var policies = Enumerable.Range(0, game.PlayerCount).Select(p =>
        {
            int actions = game.ActionCounts[p];
            var table = new double[times * signaled.StateCount * actions];
            var shape = Shape(game, [signals, actions]);
            double[]? kept = EarlierAnswer.Probabilities(earlier, Policy + game.Players[p], shape, shape.Length - 1);
            for (int row = 0; row < times * signaled.StateCount; row++)
            {
                var given = kept is not null ? kept.AsSpan(row * actions, actions) : earlier.Policies[p].Row(row / signaled.StateCount, row % signaled.StateCount / signals);
                given.CopyTo(table.AsSpan(row * actions));
            }

            return new TabularPolicy(table, times, signaled.StateCount, actions);
        });
        return new Solution
        {
            Policies = new PolicyProfile(signaled, [.. policies]),
            Values = [.. Enumerable.Range(0, game.PlayerCount).Select(p => Values(game, signaled, earlier, p, cancellationToken))],
            Arrays = earlier.Arrays.Where(pair => pair.Key.StartsWith(VariationalAnswer.ConditionalPolicy, StringComparison.Ordinal) && pair.Value.Shape.SequenceEqual(Shape(game, [signals, .. game.ActionCounts])))
                .Select(pair => KeyValuePair.Create(pair.Key, new ShapedArray(pair.Value.Data, VariationalAnswer.Shape(signaled, game.ActionCounts))))
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }

    private static IEnumerable<KeyValuePair<string, ShapedArray>> Arrays(StochasticGame game, double[] sigma, VariationalPlayer[] players)
    {
        yield return KeyValuePair.Create("signal_probabilities", new ShapedArray((double[])sigma.Clone(), sigma.Length));
        for (int p = 0; p < players.Length; p++)
        {
            var player = players[p];
            yield return KeyValuePair.Create(Policy + game.Players[p], new ShapedArray((double[])player.Marginal.Clone(), Shape(game, [sigma.Length, player.Actions])));
            yield return KeyValuePair.Create(Value + game.Players[p], new ShapedArray(player.Values[..player.Rows], Shape(game, [sigma.Length])));
            yield return KeyValuePair.Create(VariationalAnswer.ConditionalPolicy + game.Players[p], new ShapedArray(player.PolicyByJointAction(), Shape(game, [sigma.Length, .. game.ActionCounts])));
        }
    }

    private static ShapedArray Values(StochasticGame game, StochasticGame signaled, Solution earlier, int player, CancellationToken cancellationToken)
    {
        int signals = signaled.StateCount / game.StateCount;
        double[] means = EarlierAnswer.Values(game, earlier, player, cancellationToken);
        double[] values = [.. Enumerable.Range(0, means.Length * signals).Select(k => means[k / signals])];
        EarlierAnswer.Numbers(earlier, Value + game.Players[player], Shape(game, [signals]))?.CopyTo(values.AsSpan());
        return new ShapedArray(values, game.Horizon is { } horizon ? [horizon + 1, signaled.StateCount] : [signaled.StateCount]);
    }

    private static ShapedArray Mean(StochasticGame game, double[] sigma, double[] values)
    {
        var means = new double[values.Length / sigma.Length];
        for (int k = 0; k < values.Length; k++) means[k / sigma.Length] += sigma[k % sigma.Length] * values[k];
        return new ShapedArray(means, game.Horizon is { } horizon ? [horizon + 1, game.StateCount] : [game.StateCount]);
    }

    private static ImmutableArray<int> Shape(StochasticGame game, ImmutableArray<int> inner) => VariationalAnswer.Shape(game, inner);
}
