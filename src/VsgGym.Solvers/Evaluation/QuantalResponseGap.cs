using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>How far a profile is from an agent logit quantal response equilibrium: for each player the largest temperature * KL(policy || softmax of
/// its action values).</summary>
/// <remarks>
/// <para>Notation: tau = temperature, Gambit's lambda being 1 / tau; Q_i(s, a) = the expected return of action a in state s (at time t) when
/// everyone, the player itself later on too, plays the profile.</para>
/// <para>Player i's gap is the largest over states, and over times with a horizon, reached or not, of tau KL(pi_i(s) || softmax(Q_i(s, .) / tau))
/// over legal actions, in reward units: what the player would gain there, once, in expected return plus tau times entropy. It is 0 in every state
/// exactly at an agent logit quantal response equilibrium, one of whose agents plays each state (and time).</para>
/// <para>Discounted, a value may be off by the "evaluation_accuracy"; an error e in Q_i changes the gap by at most 2 e.</para>
/// </remarks>
/// <param name="game">The table.</param>
/// <param name="options">The temperature.</param>
/// <param name="crew">Who shares the players; null for the caller's thread alone.</param>
[Metric("quantal_response")]
[Source("mckelvey1995")]
[Source("mckelvey1998")]
public sealed class QuantalResponseGap(StochasticGame game, QuantalResponseGap.Options options, WorkCrew? crew = null) : IMetric
{
    /// <inheritdoc/>
    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return PlayerGaps.Sum(game, crew, "quantal_response", player =>
        {
            double largest = 0;
            double[] scratch = new double[game.ActionCounts[player]];
            double Visit(int state, ReadOnlySpan<double> q, ReadOnlySpan<double> policy)
            {
                double gap = Distance(player, state, q, policy, scratch);
                largest = gap > largest || double.IsNaN(gap) ? gap : largest;
                return StateValues.Expected(q, policy);
            }

            var (start, off) = ProfileActionValues.Visit(game, policies, player, Visit, cancellationToken);
            return (largest, PlayerValues.FromStart(game, start), 2 * off);
        });
    }

    // tau KL(pi || softmax(q / tau)) = tau log-sum-exp(q / tau) - E[q] + tau E[log pi], summed so that small distances keep their digits.
    private double Distance(int player, int state, ReadOnlySpan<double> q, ReadOnlySpan<double> policy, Span<double> logits)
    {
        StateValues.Logits(game, player, state, q, options.Temperature, logits);
        double normalizer = Simplex.LogSumExp(logits), divergence = 0;
        for (int a = 0; a < q.Length; a++)
            if (policy[a] > 0) divergence += policy[a] * (Math.Log(policy[a]) - (logits[a] - normalizer));
        return options.Temperature * Math.Max(0, divergence);
    }

    /// <summary>Options of <see cref="QuantalResponseGap"/>.</summary>
    public sealed record Options
    {
        /// <summary>Temperature tau of the softmax, above 0, in reward units; Gambit's lambda is its inverse.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Temperature { get; init; } = 1;
    }
}
