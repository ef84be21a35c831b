using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Exact values and best responses of a single member, whose own choices do not move the population.</summary>
/// <remarks>
/// Backward induction along a flow mu: Q_t(s, a) = r(t, s, a, mu_t) + sum over s' of P(t, s, a, s', mu_t) V_t+1(s'), V_T = 0.
/// </remarks>
public static class MeanFieldResponse
{
    /// <summary>The values of a policy.</summary>
    /// <param name="game">The game.</param>
    /// <param name="policy">The member's policy, [1 or T, S, A]; the population's may be another.</param>
    /// <param name="flow">The population at each decision, [T, S].</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="VsgGymException">The policy or the flow has another shape, or the values of all times are too large.</exception>
    public static MeanFieldValues Evaluate(MeanFieldGame game, TabularPolicy policy, ShapedArray flow, CancellationToken cancellationToken = default)
    {
        MeanFieldFlow.Check(game, policy);
        return new MeanFieldValues(policy, Sweep(game, flow, policy, [], cancellationToken));
    }

    /// <summary>A best response: deterministic, the lowest-numbered action among equals.</summary>
    /// <param name="game">The game.</param>
    /// <param name="flow">The population at each decision, [T, S].</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <returns>The response, [T, S, A], with its values.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="VsgGymException">The flow has another shape, or the values of all times are too large.</exception>
    public static MeanFieldValues Solve(MeanFieldGame game, ShapedArray flow, CancellationToken cancellationToken = default)
    {
        MeanFieldFlow.CheckSize(game);
        var response = new double[game.Horizon * game.StateCount * game.ActionCount];
        var values = Sweep(game, flow, null, response, cancellationToken);
        return new MeanFieldValues(new TabularPolicy(response, game.Horizon, game.StateCount, game.ActionCount), values);
    }

    /// <summary>Writes Q_t(s, .) of one state.</summary>
    /// <param name="game">The game.</param>
    /// <param name="time">t.</param>
    /// <param name="state">s.</param>
    /// <param name="population">mu_t, [S].</param>
    /// <param name="valueTPlus1">V_t+1, [S].</param>
    /// <param name="next">[S], overwritten.</param>
    /// <param name="q">[A], overwritten.</param>
    internal static void Backup(MeanFieldGame game, int time, int state, ReadOnlySpan<double> population, ReadOnlySpan<double> valueTPlus1, Span<double> next, Span<double> q)
    {
        for (int a = 0; a < q.Length; a++)
        {
            double value = game.Reward(time, state, a, population);
            game.Transition(time, state, a, population, next);
            for (int z = 0; z < next.Length; z++) value += next[z] * valueTPlus1[z];
            q[a] = value;
        }
    }

    // The values of the policy, or of the best response where there is none, which is then written to response.
    private static ShapedArray Sweep(MeanFieldGame game, ShapedArray flow, TabularPolicy? policy, double[] response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flow);
        int states = game.StateCount, actions = game.ActionCount;
        if (!flow.Shape.SequenceEqual([game.Horizon, states]))
            throw VsgGymException.Invalid("flow", $"[{string.Join(", ", flow.Shape)}]", $"must have shape [{game.Horizon}, {states}]", "wrong_shape");
        var values = new double[(game.Horizon + 1) * states];
        double[] next = new double[states], q = new double[actions];
        for (int t = game.Horizon - 1; t >= 0; t--)
        {
            for (int s = 0; s < states; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Backup(game, t, s, flow.Data.AsSpan(t * states, states), values.AsSpan((t + 1) * states, states), next, q);
                int row = (t * states) + s;
                if (policy is not null)
                {
                    values[row] = Dot(policy.Row(t, s), q);
                    continue;
                }

                int best = Array.IndexOf(q, q.Max());
                values[row] = q[best];
                response[(row * actions) + best] = 1;
            }
        }

        return new ShapedArray(values, game.Horizon + 1, states);
    }

    private static double Dot(ReadOnlySpan<double> policy, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int a = 0; a < q.Length; a++) sum += policy[a] * q[a];
        return sum;
    }
}
