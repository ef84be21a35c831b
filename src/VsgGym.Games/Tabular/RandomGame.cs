using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A random stochastic game of given sizes: general, zero-sum, cooperative or potential.</summary>
/// <remarks>
/// <para>Story: none; a table of random numbers to test and to measure with.</para>
/// <para>Players: player_0, player_1, ..., `players` of them.</para>
/// <para>Observation, the same for all: the state, 0 to `states` - 1. Features: its number.</para>
/// <para>Actions: 0 to `actions` - 1 for each player, all legal everywhere.</para>
/// <para>Rewards, in [-1, 1), and (-1, 1] for the second player of a zero-sum game: drawn uniformly from there for each player, state
/// and joint action; `zero_sum`: for player_0, and its negative for player_1; `cooperative`: once for all; `potential`: half of a common number by
/// state and joint action plus half of a number by player, state and the others' actions. The first state is uniformly random; from each
/// state and joint action (`potential`: from each state) density * states distinct states can follow, a uniformly random set
/// with probabilities uniform on the simplex.</para>
/// <para>End: with `discount`, the default, never; after `horizon` decisions, terminated.</para>
/// <para>Options: horizon, discount, repeat (which changes nothing: no row ends the game), observation, players, states, actions,
/// density, seed, kind. At most 2^22 rows (state, joint action), 2^24 rewards and 2^23 transitions.</para>
/// <para>Unknown: nothing; the distributions are this project's own. The kind `potential` is the construction of `markov_potential-v0`
/// with transitions by chance.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("random_game-v0")]
[Source("shapley1953")]
[Source("leonardos2022")]
public sealed class RandomGame(RandomGame.Options options) : CatalogTable(options)
{
    /// <summary>What can be set.</summary>
    public sealed record Options : RandomTableOptions
    {
        /// <summary>How the players' rewards hang together.</summary>
        public RandomGameKind Kind { get; init; } = RandomGameKind.General;

        /// <inheritdoc/>
        public override void Validate(string path, FaultList faults)
        {
            base.Validate(path, faults);
            if (Kind == RandomGameKind.ZeroSum && Players != 2) faults.Add($"{path}.players", Players, "a zero_sum game has 2 players", "conflict");
        }
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world) => TableDrawing.Draw("Random game", Table, world);

    /// <inheritdoc/>
    protected override StochasticGameBuilder Lay()
    {
        var table = new RandomTable(options);
        var builder = table.Start();
        double[] common = options.Kind == RandomGameKind.General ? [] : table.Values("rewards", table.Rows);
        for (int player = 0; player < options.Players; player++) builder.WithRewards(player, Rewards(table, common, player));
        if (options.Kind == RandomGameKind.Potential)
            table.DrawSuccessors(options.States, (state, next, probabilities) =>
            {
                for (int joint = 0; joint < table.JointActions; joint++) Add(builder, state, joint, next, probabilities);
            });
        else
            table.DrawSuccessors(table.Rows, (row, next, probabilities) => Add(builder, row / table.JointActions, row % table.JointActions, next, probabilities));
        return builder;
    }

    private double[] Rewards(RandomTable table, double[] common, int player)
    {
        switch (options.Kind)
        {
            case RandomGameKind.General:
                return table.Values($"rewards/{player}", table.Rows);
            case RandomGameKind.ZeroSum when player == 1:
                return [.. common.Select(reward => 0 - reward)]; // not -reward, which would write -0
            case RandomGameKind.Potential:
                double[] rewards = [.. common.Select(reward => 0.5 * reward)];
                table.AddDummy(rewards, player, weight: 0.5);
                return rewards;
            default:
                return common;
        }
    }

    private static void Add(StochasticGameBuilder builder, int state, int joint, ReadOnlySpan<int> next, ReadOnlySpan<double> probabilities)
    {
        for (int i = 0; i < next.Length; i++) builder.AddTransition(state, joint, next[i], probabilities[i]);
    }
}
