using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Values with a horizon, from time T back to 0.</summary>
internal static class BackwardInduction
{
    private const long MostNumbers = 1L << 28;

    /// <summary>The values of every time and, where asked for, the best response of every time.</summary>
    public static PlayerValues Run(StochasticGame game, PolicyProfile policies, int player, int horizon, bool respond, CancellationToken cancellationToken)
    {
        int states = game.StateCount, actions = game.ActionCounts[player];
        if ((horizon + 1L) * states * actions > MostNumbers)
            throw VsgGymException.OverLimit("horizon", horizon, $"the values of all times do not fit: (horizon + 1) * {states} states * {actions} actions must not exceed {MostNumbers}", "game_too_large");
        var values = new double[(horizon + 1) * states];
        var response = respond ? new double[horizon * states * actions] : [];
        Sweep(game, policies, player, horizon, respond, values, response, cancellationToken);
        var policy = respond ? new TabularPolicy(response, horizon, states, actions) : policies[player];
        return new PlayerValues(policy, new ShapedArray(values, horizon + 1, states), 0);
    }

    /// <summary>The values at time 0, [S], from two rows of memory, whatever the horizon.</summary>
    public static double[] AtStart(StochasticGame game, PolicyProfile policies, int player, int horizon, bool respond, CancellationToken cancellationToken)
    {
        var values = new double[2 * game.StateCount];
        Sweep(game, policies, player, horizon, respond, values, [], cancellationToken);
        return values[..game.StateCount];
    }

    /// <summary>Every player's probabilities at a time, [N][S * A].</summary>
    public static double[][] At(PolicyProfile policies, int time) =>
        [.. policies.Policies.Select(policy =>
        {
            int block = policy.States * policy.Actions;
            return policy.Probabilities.Slice(Math.Min(time, policy.Times - 1) * block, block).ToArray();
        })];

    // Time t is row t mod K of values, [K, S]: K = T + 1 keeps every time, K = 2 the last two. An empty response, [T, S, A], is not written.
    private static void Sweep(StochasticGame game, PolicyProfile policies, int player, int horizon, bool respond, double[] values, double[] response, CancellationToken cancellationToken)
    {
        int states = game.StateCount, actions = game.ActionCounts[player], kept = values.Length / states;
        double[] scratch = new double[game.JointActionCount], payoffs = new double[game.JointActionCount], q = new double[actions];
        game.TerminalRewards(player).CopyTo(values.AsSpan(horizon % kept * states));
        bool stationary = policies.Policies.All(policy => policy.Times == 1);
        double[][] current = At(policies, horizon - 1);
        for (int t = horizon - 1; t >= 0; t--)
        {
            if (!stationary) current = At(policies, t);
            var next = values.AsSpan((t + 1) % kept * states, states);
            for (int s = 0; s < states; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Continuation.Fill(game, player, s, next, payoffs);
                Expectation.Over(game, player, s, current, payoffs, scratch, q);
                int best = respond ? Greedy(game, player, s, q) : -1;
                values[(t % kept * states) + s] = respond ? q[best] : Dot(current[player].AsSpan(s * actions, actions), q);
                if (respond && response.Length > 0) response[(((t * states) + s) * actions) + best] = 1;
            }
        }
    }

    /// <summary>The best legal action.</summary>
    private static int Greedy(StochasticGame game, int player, int state, ReadOnlySpan<double> q)
    {
        int best = -1;
        for (int a = 0; a < q.Length; a++)
            if (game.IsLegal(player, state, a) && (best < 0 || q[a] > q[best])) best = a;
        return best;
    }

    private static double Dot(ReadOnlySpan<double> policy, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int a = 0; a < q.Length; a++) sum += policy[a] * q[a];
        return sum;
    }
}
