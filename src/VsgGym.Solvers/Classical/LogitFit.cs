using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The inverse temperature at which policies are nearest to quantal responses.</summary>
internal static class LogitFit
{
    private const double Exact = 1e-6; // relative: a fit this near to the one asked for is meant to be it

    /// <summary>Least squares of log-probabilities on action values, both less their means, in [0, target].</summary>
    public static double Lambda(StochasticGame game, PolicyProfile policies, double target, CancellationToken cancellationToken)
    {
        double products = 0, squares = 0;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            double Visit(int state, ReadOnlySpan<double> q, ReadOnlySpan<double> policy)
            {
                double meanLog = 0, meanQ = 0;
                int count = 0;
                for (int a = 0; a < q.Length; a++)
                    if (policy[a] > 0) (meanLog, meanQ, count) = (meanLog + Math.Log(policy[a]), meanQ + q[a], count + 1);
                for (int a = 0; a < q.Length; a++)
                {
                    if (policy[a] <= 0) continue;
                    double off = q[a] - (meanQ / count);
                    products += off * (Math.Log(policy[a]) - (meanLog / count));
                    squares += off * off;
                }

                return StateValues.Expected(q, policy);
            }

            ProfileActionValues.Visit(game, policies, p, Visit, cancellationToken);
        }

        double fitted = squares > 0 ? Math.Clamp(products / squares, 0, target) : 0;
        return Math.Abs(fitted - target) <= Exact * target ? target : fitted;
    }
}
