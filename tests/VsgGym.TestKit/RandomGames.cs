using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.TestKit;

/// <summary>How large and how irregular a random game is.</summary>
/// <param name="Players">N, at least 1.</param>
/// <param name="States">S, at least 1.</param>
/// <param name="MostActions">Each player gets between 1 (2 where this is above 1) and this many actions.</param>
/// <param name="Horizon">T, or null for a discounted game.</param>
/// <param name="Discount">Used where there is no horizon.</param>
/// <param name="RewardScale">Rewards are uniform in [-scale, scale].</param>
/// <param name="IllegalActions">Whether about a fifth of the actions are forbidden.</param>
public sealed record RandomGameShape(
    int Players,
    int States,
    int MostActions,
    int? Horizon,
    double Discount = 0.9,
    double RewardScale = 1,
    bool IllegalActions = false);

/// <summary>Random stochastic games: sparse random transitions, some rows that end the episode, rewards at the horizon.</summary>
public static class RandomGames
{
    /// <summary>Draws a game; the same shape and seed give the same game.</summary>
    public static StochasticGame Create(RandomGameShape shape, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var random = RandomStream.Create(seed).Fork("game");
        int fewest = Math.Min(2, shape.MostActions);
        int[] counts = [.. Enumerable.Range(0, shape.Players).Select(_ => fewest + random.NextInt32(shape.MostActions - fewest + 1))];
        var builder = new StochasticGameBuilder([.. counts.Select((_, p) => $"player_{p}")], shape.States, counts);
        bool[][] legal = [.. counts.Select(count => Legal(shape, count, ref random))];
        for (int p = 0; p < counts.Length; p++)
            for (int k = 0; k < legal[p].Length; k++)
                if (!legal[p][k]) builder.Forbid(p, k / counts[p], k % counts[p]);
        for (int s = 0; s < shape.States; s++)
            for (int joint = 0; joint < builder.JointActionCount; joint++)
                if (IsLegal(counts, legal, s, joint)) AddRow(builder, shape, counts.Length, s, joint, ref random);
        if (shape.Horizon is not null)
            for (int p = 0; p < counts.Length; p++)
                for (int s = 0; s < shape.States; s++) builder.SetTerminalReward(p, s, Reward(shape, ref random));
        var initial = new double[shape.States];
        random.NextSimplex(initial);
        builder.WithInitial(initial);
        return shape.Horizon is { } horizon ? builder.BuildFiniteHorizon(horizon) : builder.BuildDiscounted(shape.Discount);
    }

    /// <summary>Draws a full-support policy profile.</summary>
    /// <param name="game">The table.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="perTime">With a horizon: whether the policies depend on time.</param>
    public static PolicyProfile Profile(StochasticGame game, ulong seed, bool perTime)
    {
        ArgumentNullException.ThrowIfNull(game);
        var random = RandomStream.Create(seed).Fork("profile");
        int times = perTime ? game.Horizon ?? 1 : 1;
        var policies = new List<TabularPolicy>();
        for (int p = 0; p < game.PlayerCount; p++)
        {
            int actions = game.ActionCounts[p];
            var table = new double[times * game.StateCount * actions];
            for (int row = 0; row < times * game.StateCount; row++)
            {
                int[] allowed = [.. Enumerable.Range(0, actions).Where(a => game.IsLegal(p, row % game.StateCount, a))];
                var drawn = new double[allowed.Length];
                random.NextSimplex(drawn);
                for (int k = 0; k < allowed.Length; k++) table[(row * actions) + allowed[k]] = drawn[k];
            }

            policies.Add(new TabularPolicy(table, times, game.StateCount, actions));
        }

        return new PolicyProfile(game, [.. policies]);
    }

    private static void AddRow(StochasticGameBuilder builder, RandomGameShape shape, int players, int state, int joint, ref RandomStream random)
    {
        for (int p = 0; p < players; p++) builder.SetReward(p, state, joint, Reward(shape, ref random));
        if (random.NextInt32(8) == 0) return; // this row ends the episode
        var drawn = new double[Math.Min(shape.States, 1 + random.NextInt32(3))];
        random.NextSimplex(drawn);
        int first = random.NextInt32(shape.States);
        for (int k = 0; k < drawn.Length; k++) builder.AddTransition(state, joint, (first + k) % shape.States, drawn[k]);
    }

    private static double Reward(RandomGameShape shape, ref RandomStream random) => shape.RewardScale * ((2 * random.NextDouble()) - 1);

    private static bool[] Legal(RandomGameShape shape, int count, ref RandomStream random)
    {
        var legal = new bool[shape.States * count];
        for (int s = 0; s < shape.States; s++)
        {
            int kept = random.NextInt32(count);
            for (int a = 0; a < count; a++) legal[(s * count) + a] = a == kept || !shape.IllegalActions || random.NextInt32(5) > 0;
        }

        return legal;
    }

    private static bool IsLegal(int[] counts, bool[][] legal, int state, int joint)
    {
        for (int p = counts.Length - 1; p >= 0; p--)
        {
            if (!legal[p][(state * counts[p]) + (joint % counts[p])]) return false;
            joint /= counts[p];
        }

        return true;
    }
}
