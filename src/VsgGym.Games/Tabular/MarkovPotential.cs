using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A random Markov potential game by construction: each player's gain from deviating is the change of one common potential.</summary>
/// <remarks>
/// <para>Story: none; random numbers under a structure that lets independent learners climb one hill together.</para>
/// <para>Players: player_0, player_1, ..., `players` of them.</para>
/// <para>Observation, the same for all: the state, 0 to `states` - 1. Features: its number.</para>
/// <para>Actions: 0 to `actions` - 1 for each player, all legal everywhere.</para>
/// <para>Rewards: phi(s, a) + dummy * x, phi uniform in [-1, 1) and common to all, x from d_i, which is player i's and uniform in [-1, 1). With
/// transitions by `chance`, P(s' | s), x = d_i(s, the others' actions); with transitions by `actions`, P(s' | s, a),
/// x = d_i(s) - discount * sum over s' of P(s' | s, a) d_i(s'), and with a horizon the same without discount plus dummy * d_i(s) on the last
/// state. So rewards lie within 1 + dummy, or 1 + 2 dummy.
/// Proof, for all stationary or time-dependent policies, with Phi = the value of the reward phi: by chance, the states' distribution depends on
/// no policy and d_i not on player i's actions, so that V_i - Phi does not change with i's policy.
/// By actions, the sum of the x telescopes to d_i(first state), so that V_i - Phi depends on no policy at all.
/// The first state is uniformly random; density * states distinct states can follow, with probabilities uniform on the simplex.</para>
/// <para>End: with `discount`, the default, never; after `horizon` decisions, terminated.</para>
/// <para>Options: horizon, discount, repeat (which changes nothing: no row ends the game), observation, players, states, actions,
/// density, seed, dummy, transitions. At most 2^22 rows (state, joint action), 2^24 rewards and 2^23 transitions.</para>
/// <para>Unknown: nothing. Chance is the sufficient condition of Leonardos et al. for games whose states are potential games (transitions
/// independent of actions); actions is a team game shaped per player by a potential of the state (Ng et al.), which is this project's choice.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("markov_potential-v0")]
[Source("leonardos2022")]
[Source("ng1999")]
public sealed class MarkovPotential(MarkovPotential.Options options) : CatalogTable(options)
{
    /// <summary>What can be set.</summary>
    public sealed record Options : RandomTableOptions
    {
        /// <summary>How much of a player's rewards is its own beside the common part; 0 makes a team game.</summary>
        [Range(0d, 1000d)]
        public double Dummy { get; init; } = 1;

        /// <summary>What moves the state.</summary>
        public PotentialTransitions Transitions { get; init; } = PotentialTransitions.Chance;
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world) => TableDrawing.Draw("Markov potential game", Table, world);

    /// <inheritdoc/>
    protected override StochasticGameBuilder Lay()
    {
        var table = new RandomTable(options);
        var builder = table.Start();
        double[] potential = table.Values("rewards", table.Rows);
        if (options.Transitions == PotentialTransitions.Chance) LayChance(builder, table, potential);
        else LayActions(builder, table, potential);
        return builder;
    }

    private void LayChance(StochasticGameBuilder builder, RandomTable table, double[] potential)
    {
        for (int player = 0; player < options.Players; player++)
        {
            double[] rewards = [.. potential];
            table.AddDummy(rewards, player, options.Dummy);
            builder.WithRewards(player, rewards);
        }

        table.DrawSuccessors(options.States, (state, next, probabilities) =>
        {
            for (int joint = 0; joint < table.JointActions; joint++)
                for (int i = 0; i < next.Length; i++) builder.AddTransition(state, joint, next[i], probabilities[i]);
        });
    }

    private void LayActions(StochasticGameBuilder builder, RandomTable table, double[] potential)
    {
        double discount = options.Horizon is null ? options.Discount!.Value : 1;
        double[][] own = [.. Enumerable.Range(0, options.Players).Select(p => table.Values($"dummy/{p}", options.States))];
        table.DrawSuccessors(table.Rows, (row, next, probabilities) =>
        {
            var (state, joint) = Math.DivRem(row, table.JointActions);
            for (int i = 0; i < next.Length; i++) builder.AddTransition(state, joint, next[i], probabilities[i]);
            for (int player = 0; player < own.Length; player++)
            {
                double ahead = 0;
                for (int i = 0; i < next.Length; i++) ahead += probabilities[i] * own[player][next[i]];
                builder.SetReward(player, state, joint, potential[row] + (options.Dummy * (own[player][state] - (discount * ahead))));
            }
        });
        if (options.Horizon is null) return;
        for (int player = 0; player < own.Length; player++)
            for (int state = 0; state < options.States; state++)
                builder.SetTerminalReward(player, state, 0.0 + (options.Dummy * own[player][state])); // 0 + makes 0 of -0
    }
}
