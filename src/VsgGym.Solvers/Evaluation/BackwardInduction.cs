using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Values with a horizon, from time T back to 0.</summary>
internal static class BackwardInduction
{
    public static PlayerValues Run(StochasticGame game, PolicyProfile policies, int player, int horizon, bool respond, CancellationToken cancellationToken)
    {
        int states = game.StateCount, actions = game.ActionCounts[player];
        var values = new double[checked((horizon + 1) * states)];
        var response = respond ? new double[checked(horizon * states * actions)] : [];
        double[] scratch = new double[game.JointActionCount], payoffs = new double[game.JointActionCount], q = new double[actions];
        game.TerminalRewards(player).CopyTo(values.AsSpan(horizon * states));
        double[][] current = [];
        for (int t = horizon - 1; t >= 0; t--)
        {
            // Stationary policies are the same block at every time.
            if (current.Length == 0 || policies.Policies.Any(policy => policy.Times > 1)) current = At(policies, t);
            var next = values.AsSpan((t + 1) * states, states);
            for (int s = 0; s < states; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Continuation.Fill(game, player, s, next, payoffs);
                Expectation.Over(game, player, s, current, payoffs, scratch, q);
                values[(t * states) + s] = respond
                    ? Greedy(game, player, s, q, response.AsSpan(((t * states) + s) * actions, actions))
                    : Dot(current[player].AsSpan(s * actions, actions), q);
            }
        }

        var policy = respond ? new TabularPolicy(response, horizon, states, actions) : policies[player];
        return new PlayerValues(policy, new ShapedArray(values, horizon + 1, states), 0);
    }

    /// <summary>Every player's probabilities at a time, [N][S * A].</summary>
    public static double[][] At(PolicyProfile policies, int time) =>
        [.. policies.Policies.Select(policy =>
        {
            int block = policy.States * policy.Actions;
            return policy.Probabilities.Slice(Math.Min(time, policy.Times - 1) * block, block).ToArray();
        })];

    /// <summary>Marks the best legal action and returns its value.</summary>
    private static double Greedy(StochasticGame game, int player, int state, ReadOnlySpan<double> q, Span<double> response)
    {
        int best = -1;
        for (int a = 0; a < q.Length; a++)
            if (game.IsLegal(player, state, a) && (best < 0 || q[a] > q[best])) best = a;
        response[best] = 1;
        return q[best];
    }

    private static double Dot(ReadOnlySpan<double> policy, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int a = 0; a < q.Length; a++) sum += policy[a] * q[a];
        return sum;
    }
}
