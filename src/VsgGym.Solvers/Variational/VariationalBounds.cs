using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What vsg promises of the variational methods, with the numbers of a game.</summary>
/// <remarks>
/// H stands for 1 / (1 - gamma): in a discounted game it is that, with a horizon the number of decisions T (the paper counts times 0 to T, one
/// more). Rewards up to R tau and a temperature tau stand for the printed 1 and 1, for only rewards / tau enter.
/// </remarks>
internal static class VariationalBounds
{
    private const double MostWork = 1e7; // of the test for a potential: some hundredths of a second
    private const double SameRow = 1e-9; // how far conditional policies may differ between the others' actions and count as one policy

    /// <summary>L of vsg Lemma 5.7, for rewards / temperature; where those are larger than 1 in size its first term, which is linear in them, is scaled.</summary>
    public static double Smoothness(StochasticGame game, double temperature)
    {
        double n = game.PlayerCount, h = Decisions(game), size = Math.Max(1, Size(game) / temperature);
        double logActions = Math.Log(game.ActionCounts.Max());
        return (2 * (n + 1) * (n + 1) * size * h * h * h) + (2 * ((n * n) + n + 1) * (1 + logActions) * h * h) + (((3 * n) + 2) * h);
    }

    /// <summary>delta of vsg Proposition 5.5.</summary>
    /// <param name="game">The table.</param>
    /// <param name="temperature">tau.</param>
    /// <param name="divergence">epsilon_rho, the largest KL(rho || what the others play).</param>
    public static double ModelError(StochasticGame game, double temperature, double divergence)
    {
        double h = Decisions(game), most = Size(game) + (temperature * Math.Log(game.ActionCounts.Max()));
        return (2 * most * h * h * Math.Sqrt(divergence / 2)) + (temperature * divergence * h);
    }

    /// <summary>The bounds of an answer.</summary>
    /// <param name="game">The table.</param>
    /// <param name="settings">The method's settings.</param>
    /// <param name="rate">eta.</param>
    /// <param name="sweep">Where the method is.</param>
    /// <param name="policies">What is played.</param>
    /// <param name="converged">Whether the method is done.</param>
    /// <param name="cancellationToken">Checked while gains and potentials are measured.</param>
    public static ImmutableSortedDictionary<string, Bound> Of(StochasticGame game, VariationalSettings settings, double rate, VariationalSweep sweep, PolicyProfile policies, bool converged, CancellationToken cancellationToken)
    {
        double gain = new NashCertificate(game).Measure(policies, cancellationToken).GapPerPlayer.Max();
        return ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal)
            .Add("vsg_lemma_5_7", Lemma57(game, settings, rate))
            .Add("vsg_theorem_4_2", Theorem42(game, settings, sweep, gain, converged))
            .Add("vsg_theorem_5_8", Theorem58(game, settings, rate, sweep, gain, converged, cancellationToken));
    }

    private static Bound Theorem42(StochasticGame game, VariationalSettings settings, VariationalSweep sweep, double gain, bool converged)
    {
        double epsilon = settings.Temperature * Decisions(game) * Math.Log(game.ActionCounts.Max());
        bool oneRow = sweep.Players.All(SeesNothing), exact = sweep.LargestDivergence() <= 1e-12;
        string why = !converged ? "the answer is not converged" : !exact ? "the opponent models are not what is played" : oneRow ? "the policies do not depend on the others' actions" : "the policies depend on the others' actions, which the proof does not cover when their means are played";
        return new Bound(epsilon, converged && oneRow && exact, $"vsg Theorem 4.2: no player gains more than temperature * T log max |A_i| (T decisions; 1 / (1 - discount) without horizon) by deviating; {why}; measured: the largest gain.", gain);
    }

    private static Bound Theorem58(StochasticGame game, VariationalSettings settings, double rate, VariationalSweep sweep, double gain, bool converged, CancellationToken cancellationToken)
    {
        double divergence = sweep.LargestDivergence(), delta = ModelError(game, settings.Temperature, divergence);
        double epsilon = delta + (settings.Temperature * Math.Log(game.JointActionCount) * Decisions(game));
        bool isMethod = settings.OpponentModel == OpponentModelForm.Exact && rate <= 1 / Smoothness(game, settings.Temperature);
        bool oneRow = sweep.Players.All(SeesNothing);
        var potential = MarkovPotential.CheckWithin(game, MostWork, cancellationToken);
        string kind = potential is null ? "not checked whether this game is one, which is too large for that" : potential.Holds ? "this game is one" : $"this game is none, with gains around a cycle that add up to {VsgGymException.Show(potential.Violation)}";
        string why = !isMethod ? "the models are not exact or the step is above 1 / L" : !converged ? "the answer is not converged" : oneRow ? "the policies do not depend on the others' actions" : "the policies depend on the others' actions, which the proof, a bound on values at the start, does not cover";
        return new Bound(epsilon, potential is { Holds: true } && isMethod && converged && oneRow, $"vsg Theorem 5.8: in a Markov potential game with exact models and step 1 / L the answer is a Nash equilibrium up to delta + temperature * log |A| / (1 - discount), delta of Proposition 5.5 at the models' divergence; {kind}; {why}; measured: the largest gain.", gain);
    }

    private static Bound Lemma57(StochasticGame game, VariationalSettings settings, double rate)
    {
        double step = 1 / Smoothness(game, settings.Temperature);
        bool team = Enumerable.Range(1, game.PlayerCount - 1).All(p => game.Rewards(p).SequenceEqual(game.Rewards(0)) && game.TerminalRewards(p).SequenceEqual(game.TerminalRewards(0)));
        bool holds = team && rate <= step && settings.PolicyForm == PolicyForm.Independent && settings.OpponentModel == OpponentModelForm.Exact;
        return new Bound(step, holds, "vsg Lemma 5.7: with exact models the potential of a Markov potential game does not fall at learning rates up to 1 / L; claimed only where all players have the same rewards, whose value is a potential, and for policies that do not see the others' actions; measured: the learning rate.", rate);
    }

    private static bool SeesNothing(VariationalPlayer player)
    {
        for (int k = 0; k < player.Policy.Length; k++)
        {
            int row = k / (player.Others * player.Actions), first = (row * player.Others * player.Actions) + (k % player.Actions);
            if (Math.Abs(player.Policy[k] - player.Policy[first]) > SameRow) return false;
        }

        return true;
    }

    private static double Decisions(StochasticGame game) => game.Horizon is { } horizon ? horizon + (game.HasTerminalRewards ? 1 : 0) : 1 / (1 - game.Discount);

    private static double Size(StochasticGame game)
    {
        double size = 0;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            foreach (double reward in game.Rewards(p)) size = Math.Max(size, Math.Abs(reward));
            foreach (double reward in game.TerminalRewards(p)) size = Math.Max(size, Math.Abs(reward));
        }

        return size;
    }
}
