using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>When the updates of mge are contractions, which leaves them exactly one fixed point.</summary>
internal static class ContractionBounds
{
    /// <summary>mge Theorem 1 (discounted).</summary>
    /// <remarks>
    /// The theorem takes rewards R_i(x, a_i). For rewards of the joint action its proof, with the Lipschitz constant beta of the Boltzmann
    /// policy from the largest norm to the sum norm (half of Lemma 2's), gives gamma + B beta (M - 1 + gamma) / (1 - gamma) below 1;
    /// at the printed bound that is gamma (2M - 1) above M - 1, which every gamma from 1/2 on satisfies.
    /// </remarks>
    public static Bound Theorem1(StochasticGame game, double inverseTemperature, ValueOperator valueOperator)
    {
        double gamma = game.Discount, players = game.PlayerCount;
        double bound = (1 - gamma) * (1 - gamma) / (2 * gamma * players * inverseTemperature);
        double measured = Enumerable.Range(0, game.PlayerCount).Max(p => Norm(game.Rewards(p)));
        bool covered = gamma * ((2 * players) - 1) > players - 1 || RewardsOnlyOwnActions(game);
        bool holds = measured <= bound && covered && valueOperator != ValueOperator.LogSumExp;
        return new Bound(bound, holds, Statement("mge Theorem 1: T is a contraction, so it has exactly one fixed point, which a converged answer approximates, if max |R| is at most (1 - gamma)^2 / (2 gamma M beta)", valueOperator), measured);
    }

    /// <summary>mge Theorem 2 (horizon T); infinite for one player, whose update does not depend on others.</summary>
    public static Bound Theorem2(StochasticGame game, int horizon, double inverseTemperature, ValueOperator valueOperator)
    {
        double others = game.PlayerCount - 1;
        double bound = others == 0 ? double.PositiveInfinity : 1 / (2 * inverseTemperature * others * (1.0 + horizon));
        double measured = Enumerable.Range(0, game.PlayerCount).Max(p => Math.Max(Norm(game.Rewards(p)), Norm(game.TerminalRewards(p))));
        bool holds = measured <= bound && (valueOperator != ValueOperator.LogSumExp || others == 0);
        return new Bound(bound, holds, Statement("mge Theorem 2: U is a contraction, so it has exactly one fixed point, which a converged answer approximates, if max(|R|, |R_F|) is at most 1 / (2 beta (M - 1)(1 + T))", valueOperator), measured);
    }

    /// <summary>mge Theorem 3 (occupancies over a horizon T).</summary>
    /// <remarks>
    /// A meeting that depends on the other's action takes its policy of the same time, which is what the next time's occupancy does: the sums of the
    /// proof change, its last bound stays. Values by max or log-sum-exp have Lipschitz constant 1, which is below the proof's S.
    /// </remarks>
    /// <param name="horizon">T.</param>
    /// <param name="omega">The largest |own reward|, at the end included.</param>
    /// <param name="phi">The largest |Psi|.</param>
    /// <param name="lipschitz">L, how much Psi moves with an occupancy, in the sum norm.</param>
    /// <param name="inverseTemperature">beta.</param>
    public static Bound Theorem3(int horizon, double omega, double phi, double lipschitz, double inverseTemperature)
    {
        double xi = (horizon + 1.0) * (omega + phi), measured = 2 * lipschitz * horizon;
        double bound = xi * Math.Exp(-inverseTemperature * (horizon + 1.0) * xi);
        return new Bound(bound, measured <= bound, "mge Theorem 3: the iterations converge to one fixed point if 2 L T is at most xi exp(-beta (T + 1) xi), xi = (T + 1)(omega + phi).", measured);
    }

    private static string Statement(string claim, ValueOperator valueOperator) =>
        valueOperator == ValueOperator.LogSumExp ? $"{claim}; not proved for log-sum-exp values." : $"{claim}.";

    private static double Norm(ReadOnlySpan<double> rewards)
    {
        double norm = 0;
        foreach (double reward in rewards) norm = Math.Max(norm, Math.Abs(reward));
        return norm;
    }

    private static bool RewardsOnlyOwnActions(StochasticGame game)
    {
        for (int p = 0; p < game.PlayerCount; p++)
        {
            var rewards = game.Rewards(p);
            for (int row = 0; row < rewards.Length; row++)
            {
                int state = row / game.JointActionCount, joint = row % game.JointActionCount;
                int alone = game.ActionOf(p, joint) * game.Strides[p]; // the same own action, everyone else's first
                if (rewards[row] != rewards[(state * game.JointActionCount) + alone]) return false;
            }
        }

        return true;
    }
}
