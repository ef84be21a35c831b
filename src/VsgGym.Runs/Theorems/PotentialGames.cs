using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Random Markov potential games of the catalog with the team game whose common reward is their potential.</summary>
/// <remarks>
/// Rewards lie in [-2, 2) and the temperature is 2, so that rewards / temperature, all that the methods know, are within the printed 1.
/// </remarks>
internal static class PotentialGames
{
    /// <summary>tau.</summary>
    public const double Temperature = 2;

    private const int Sweeps = 60; // at discount 1/2

    /// <summary>What the pages say of the games.</summary>
    public const string Description = "`markov_potential-v0` with 3 states, 2 actions, discount 1/2, density 1, its other defaults, and 2 players (even seeds) or 3 (odd seeds): rewards phi(s, a) + d_i(s, the others' actions) in [-2, 2), moves of the state that no action changes. The temperature is 2, so that rewards / temperature are within 1 as the paper has them.";

    /// <summary>A game and the same with nothing but the potential as everyone's reward.</summary>
    public static (StochasticGame Game, StochasticGame Team) Create(TheoremBench bench, int seed)
    {
        StochasticGame Of(int dummy) => bench.Table("markov_potential-v0", $$"""{"discount": 0.5, "players": {{2 + (seed % 2)}}, "states": 3, "actions": 2, "density": 1, "seed": {{seed}}, "dummy": {{dummy}}}""");
        return (Of(1), Of(0));
    }

    /// <summary>The potential of vsg section 5.1: value of the common reward and temperature times the entropies of what is played, discounted, from each state; the mean over the first state.</summary>
    /// <param name="team">The team game, discounted.</param>
    /// <param name="policies">What is played, of full support.</param>
    /// <param name="temperature">tau.</param>
    public static double Potential(StochasticGame team, PolicyProfile policies, double temperature)
    {
        int sweeps = team.Horizon ?? Sweeps;
        double[] values = new double[team.StateCount], later = new double[team.StateCount];
        for (int k = 0; k < sweeps; k++)
        {
            (values, later) = (later, values);
            for (int s = 0; s < values.Length; s++) values[s] = Backup(team, policies, temperature, s, later);
        }

        double mean = 0;
        for (int s = 0; s < values.Length; s++) mean += team.Initial[s] * values[s];
        return mean;
    }

    private static double Backup(StochasticGame team, PolicyProfile policies, double temperature, int state, double[] later)
    {
        double sum = 0;
        for (int joint = 0; joint < team.JointActionCount; joint++)
        {
            double probability = 1, entropy = 0;
            for (int p = 0; p < team.PlayerCount; p++)
            {
                double own = policies[p].Row(0, state)[team.ActionOf(p, joint)];
                probability *= own;
                entropy -= Math.Log(own);
            }

            int row = (state * team.JointActionCount) + joint;
            double next = 0;
            for (int n = team.RowStarts[row]; n < team.RowStarts[row + 1]; n++) next += team.Probabilities[n] * later[team.NextStates[n]];
            sum += probability * (team.Rewards(0)[row] + (temperature * entropy) + (team.Discount * next));
        }

        return sum;
    }
}
