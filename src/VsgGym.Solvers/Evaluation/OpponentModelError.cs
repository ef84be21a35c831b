using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>How wrong a player's model of the others is, and what vsg Proposition 5.5 says that this does to its action values.</summary>
/// <remarks>
/// <para>Notation: J = number of joint actions, K = that of the others', pi_i(a_i | s, a_-i) = the conditional policy, rho(a_-i | s) = the model, pi_-i(a_-i | s) = what the others play, tau = temperature
/// (1 in vsg), eps = max over s of KL(rho || pi_-i), R = max |r_i|, gamma = discount. V(s) = E of r + tau H(pi_i(. | s, a_-i)) - tau KL(rho || pi_-i)
/// + gamma V(s') over a_-i from the model and a_i from the conditional policy; Q(s, a) = r + tau log pi_-i(a_-i | s) + gamma E V(s'), the same term
/// in both. Q^ is Q with rho, Q with the exact model rho = pi_-i; so Q - Q^ = gamma E[V - V^].</para>
/// <para>Proposition 5.5, for |r| at most 1 and tau = 1: max |Q - Q^| is at most delta = 2 (1 + log |A_i|) / (1 - gamma)^2 sqrt(eps / 2) + eps / (1 -
/// gamma). The proof bounds |r + H| by 1 + log |A_i|, so with other rewards R takes the place of 1, and with a temperature tau log |A_i| that of log
/// |A_i| and tau eps that of eps. Dividing the rewards by R would not do: it changes the weight of the entropy. Since Q - Q^ = gamma E[V - V^], gamma
/// delta is enough.</para>
/// <para>The proposition fails where Q^ is read with rho in place of pi_-i in the term log pi_-i too (the note under Definition 5.1): log (rho /
/// pi_-i) of one action is not bounded by the divergence. The error then is at most gamma delta + tau max |log (rho / pi_-i)|.</para>
/// </remarks>
public static class OpponentModelError
{
    /// <summary>The name of the bound: "vsg_proposition_5_5".</summary>
    public const string Name = "vsg_proposition_5_5";

    /// <summary>eps: the largest divergence KL(rho || pi_-i) over states, in nats; plus infinity where the model expects what is never
    /// played.</summary>
    /// <param name="model">rho, [S * K].</param>
    /// <param name="others">pi_-i, [S * K].</param>
    /// <param name="states">S, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no state.</exception>
    public static double Divergence(ReadOnlySpan<double> model, ReadOnlySpan<double> others, int states)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 1);
        int width = model.Length / states;
        double largest = 0;
        for (int s = 0; s < states; s++)
            largest = Math.Max(largest, Simplex.KullbackLeibler(model.Slice(s * width, width), others.Slice(s * width, width)));
        return largest;
    }

    /// <summary>delta of Proposition 5.5, in reward units.</summary>
    /// <param name="reward">R, at least 0, 1 in vsg.</param>
    /// <param name="actions">|A_i|, at least 1.</param>
    /// <param name="discount">gamma, in (0, 1).</param>
    /// <param name="divergence">eps, at least 0, in nats.</param>
    /// <param name="temperature">tau, at least 0, in reward units. Default 1.</param>
    public static double Delta(double reward, int actions, double discount, double divergence, double temperature = 1)
    {
        double remaining = 1 - discount, most = reward + (temperature * Math.Log(actions));
        return (2 * most / (remaining * remaining) * Math.Sqrt(divergence / 2)) + (temperature * divergence / remaining); // vsg Proposition 5.5
    }

    /// <summary>pi_-i: the product of the others' policies at a time, [S * K] in player order without the player.</summary>
    /// <param name="game">The table.</param>
    /// <param name="policies">What everyone plays.</param>
    /// <param name="player">i.</param>
    /// <param name="time">At least 0. Default 0.</param>
    public static double[] Others(StochasticGame game, PolicyProfile policies, int player, int time = 0)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(policies);
        int joint = game.JointActionCount, width = joint / game.ActionCounts[player];
        double[][] blocks = BackwardInduction.At(policies, time);
        double[] weights = new double[joint], others = new double[game.StateCount * width];
        for (int s = 0; s < game.StateCount; s++)
        {
            JointWeights.Fill(game, player, s, blocks, weights);
            for (int a = 0; a < joint; a++)
                if (game.ActionOf(player, a) == 0) others[(s * width) + OthersPart(game, player, a)] = weights[a];
        }

        return others;
    }

    /// <summary>max |Q - Q^| over states and legal joint actions, of a discounted game, in reward units; plus infinity where the model expects what is never played.</summary>
    /// <param name="game">A discounted table.</param>
    /// <param name="player">i.</param>
    /// <param name="conditional">pi_i(a_i | s, a_-i), [S * J] at the joint action's place.</param>
    /// <param name="model">rho, [S * K].</param>
    /// <param name="others">pi_-i, [S * K].</param>
    /// <param name="temperature">tau, at least 0, in reward units. Default 1.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="VsgGymException">The game has a horizon.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static double ActionValueError(StochasticGame game, int player, ReadOnlySpan<double> conditional, ReadOnlySpan<double> model, ReadOnlySpan<double> others, double temperature = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (game.Horizon is { } horizon) throw VsgGymException.Invalid("game", $"horizon {horizon}", "vsg Proposition 5.5 is about discounted games", "wrong_horizon");
        if (double.IsPositiveInfinity(Divergence(model, others, game.StateCount))) return double.PositiveInfinity;
        double[] modeled = Values(game, player, conditional, model, others, temperature, cancellationToken);
        double[] exact = Values(game, player, conditional, others, others, temperature, cancellationToken);
        double largest = 0;
        for (int row = 0; row < game.StateCount * game.JointActionCount; row++)
        {
            double difference = 0;
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) difference += game.Probabilities[k] * (exact[game.NextStates[k]] - modeled[game.NextStates[k]]);
            largest = Math.Max(largest, game.Discount * Math.Abs(difference));
        }

        return largest;
    }

    /// <summary>Proposition 5.5 for one player; measured: max |Q - Q^|.</summary>
    /// <param name="game">The table; for games with a horizon nothing is claimed.</param>
    /// <param name="player">i.</param>
    /// <param name="conditional">pi_i(a_i | s, a_-i), [S * J] at the joint action's place.</param>
    /// <param name="model">rho, [S * K].</param>
    /// <param name="others">pi_-i, [S * K].</param>
    /// <param name="temperature">tau, at least 0, in reward units. Default 1.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Bound Proposition55(StochasticGame game, int player, ReadOnlySpan<double> conditional, ReadOnlySpan<double> model, ReadOnlySpan<double> others, double temperature = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        const string claim = "vsg Proposition 5.5: if KL(rho || pi_-i) is at most eps in every state, the action values with the opponent model are within "
            + "2 (R + tau log |A_i|) / (1 - gamma)^2 sqrt(eps / 2) + tau eps / (1 - gamma) of the exact ones, R = max(1, max |r_i|)";
        if (game.Horizon is not null) return new Bound(double.NaN, false, $"{claim}; not claimed for a game with a horizon.", double.NaN);
        double divergence = Divergence(model, others, game.StateCount), reward = 1;
        foreach (double paid in game.Rewards(player)) reward = Math.Max(reward, Math.Abs(paid));
        double delta = Delta(reward, game.ActionCounts[player], game.Discount, divergence, temperature);
        bool holds = double.IsFinite(divergence);
        string rest = holds ? $"; here eps = {VsgGymException.Show(divergence)} and R = {VsgGymException.Show(reward)}; measured: the largest difference of action values." : "; the model expects what the others never play.";
        return new Bound(delta, holds, claim + rest, ActionValueError(game, player, conditional, model, others, temperature, cancellationToken));
    }

    /// <summary>Proposition 5.5 for every player of an answer that carries opponent models, named "vsg_proposition_5_5.PLAYER"; none where it carries
    /// none.</summary>
    /// <param name="game">The table.</param>
    /// <param name="solution">Its array "conditional_policy.PLAYER", [S, A_1, ..., A_N], is the conditional policy; where it has none, the player's
    /// policy, whatever the others do.</param>
    /// <param name="temperature">tau, at least 0, in reward units. Default 1.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableSortedDictionary<string, Bound> Of(StochasticGame game, Solution solution, double temperature = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(solution);
        var bounds = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal);
        for (int p = 0; p < solution.OpponentModels.Length; p++)
        {
            double[] model = solution.OpponentModels[p].Data, others = Others(game, solution.Policies, p);
            if (model.Length != others.Length && game.Horizon is null)
                throw VsgGymException.Invalid($"opponent_models.{game.Players[p]}", model.Length, $"must have {others.Length} numbers: the joint actions of the other players in every state", "wrong_shape");
            bounds = bounds.Add($"{Name}.{game.Players[p]}", Proposition55(game, p, Conditional(game, solution, p), model, others, temperature, cancellationToken));
        }

        return bounds;
    }

    private static double[] Conditional(StochasticGame game, Solution solution, int player)
    {
        int joint = game.JointActionCount;
        if (solution.Arrays.TryGetValue($"conditional_policy.{game.Players[player]}", out var given) && given.Data.Length == game.StateCount * joint) return given.Data;
        var conditional = new double[game.StateCount * joint];
        for (int row = 0; row < conditional.Length; row++) conditional[row] = solution.Policies[player].Row(0, row / joint)[game.ActionOf(player, row % joint)];
        return conditional;
    }

    // V of the model: the chain of rho and pi_i, which pays r + tau H(pi_i(. | s, a_-i)) - tau KL(rho || pi_-i).
    private static double[] Values(StochasticGame game, int player, ReadOnlySpan<double> conditional, ReadOnlySpan<double> model, ReadOnlySpan<double> others, double temperature, CancellationToken cancellationToken)
    {
        int states = game.StateCount, joint = game.JointActionCount, actions = game.ActionCounts[player], width = joint / actions;
        double[] weights = new double[states * joint], pays = game.Rewards(player).ToArray(), own = new double[actions], values = new double[states];
        for (int s = 0; s < states; s++)
        {
            double divergence = Simplex.KullbackLeibler(model.Slice(s * width, width), others.Slice(s * width, width));
            for (int a = 0; a < joint; a++)
            {
                int row = (s * joint) + a, first = row - (game.ActionOf(player, a) * game.Strides[player]);
                weights[row] = model[(s * width) + OthersPart(game, player, a)] * conditional[row];
                for (int b = 0; b < actions; b++) own[b] = conditional[first + (b * game.Strides[player])];
                pays[row] += temperature * (Simplex.Entropy(own) - divergence); // vsg Eq. (3)
            }
        }

        JointChain.Of(game, weights, pays, cancellationToken).Evaluate(values, MarkovChain.Finest, cancellationToken);
        return values;
    }

    // The number of a joint action's part without the player, in player order.
    private static int OthersPart(StochasticGame game, int player, int joint)
    {
        int stride = game.Strides[player];
        return (joint / (stride * game.ActionCounts[player]) * stride) + (joint % stride);
    }
}
