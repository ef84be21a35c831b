using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Values of one player whose reward has a share of its own policy's entropy added: of a profile, or of the best policy against the
/// others.</summary>
internal static class SoftResponse
{
    private const int MostImprovements = 10_000; // soft policy iteration converges like Newton's method; ends a cycle among equals

    /// <summary>The expected return with entropy from the initial distribution, and how far it may be off.</summary>
    public static (double Value, double Accuracy) FromStart(StochasticGame game, PolicyProfile policies, int player, double temperature, bool respond, CancellationToken cancellationToken)
    {
        if (game.Horizon is null) return Discounted(game, policies, player, temperature, respond, cancellationToken);
        var scratch = new double[game.ActionCounts[player]];
        StateValue rule = respond
            ? (state, q, _) => StateValues.Soft(game, player, state, q, temperature, scratch)
            : (_, q, policy) => StateValues.Expected(q, policy) + (temperature * Simplex.Entropy(policy));
        return (PlayerValues.FromStart(game, new BackwardSweep(game, policies, player, rule).Run(cancellationToken)), 0);
    }

    private static (double Value, double Accuracy) Discounted(StochasticGame game, PolicyProfile policies, int player, double temperature, bool respond, CancellationToken cancellationToken)
    {
        double[][] blocks = BackwardInduction.At(policies, 0);
        var process = new ResponseProcess(game, blocks, player, cancellationToken);
        double[] policy = blocks[player], values = new double[game.StateCount], bonus = new double[game.StateCount];
        Entropies(policy, temperature, bonus);
        process.Chain(policy, cancellationToken, bonus).Evaluate(values, MarkovChain.Finest, cancellationToken);
        double residual = respond ? 0 : process.Residual(policy, values, cancellationToken, bonus);
        for (int k = 0; respond && k < MostImprovements; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double before = residual, size = 1;
            residual = Improve(game, process, player, temperature, policy, values);
            foreach (double value in values) size = Math.Max(size, Math.Abs(value));
            if (residual <= 1e-15 * size || (k > 0 && residual <= 1e-12 * size && residual >= before)) break;
            Entropies(policy, temperature, bonus);
            process.Chain(policy, cancellationToken, bonus).Evaluate(values, MarkovChain.Finest, cancellationToken);
        }

        return (PlayerValues.FromStart(game, values), residual / (1 - game.Discount));
    }

    // The policy becomes the softmax of the action values; returns the largest distance of the values from one soft Bellman step.
    private static double Improve(StochasticGame game, ResponseProcess process, int player, double temperature, double[] policy, double[] values)
    {
        int actions = game.ActionCounts[player];
        double[] q = new double[actions], scratch = new double[actions];
        double residual = 0;
        for (int s = 0; s < values.Length; s++)
        {
            for (int a = 0; a < actions; a++) q[a] = process.ActionValue(s, a, values);
            residual = Math.Max(residual, Math.Abs(StateValues.Soft(game, player, s, q, temperature, scratch) - values[s]));
            var row = policy.AsSpan(s * actions, actions);
            StateValues.Logits(game, player, s, q, temperature, row);
            Simplex.Softmax(row);
        }

        return residual;
    }

    private static void Entropies(ReadOnlySpan<double> policy, double temperature, Span<double> bonus)
    {
        int actions = policy.Length / bonus.Length;
        for (int s = 0; s < bonus.Length; s++) bonus[s] = temperature * Simplex.Entropy(policy.Slice(s * actions, actions));
    }
}
