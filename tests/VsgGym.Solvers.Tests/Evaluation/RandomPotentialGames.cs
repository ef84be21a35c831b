using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Random Markov potential games of the two simple kinds.</summary>
internal static class RandomPotentialGames
{
    /// <summary>All players are paid the same, and move the state.</summary>
    public static StochasticGame SameInterest(int players, int states, int actions, int? horizon, ulong seed)
    {
        var random = RandomStream.Create(seed).Fork("same");
        var builder = Empty(players, states, actions);
        for (int s = 0; s < states; s++)
            for (int j = 0; j < builder.JointActionCount; j++)
            {
                double reward = random.NextDouble();
                for (int p = 0; p < players; p++) builder.SetReward(p, s, j, reward);
                Move(builder, states, s, j, ref random);
            }

        return Build(builder, horizon);
    }

    /// <summary>Every state pays phi(a) + u_i(a_-i), a potential game, and the next state depends on the state alone.</summary>
    public static StochasticGame Exogenous(int players, int states, int actions, int? horizon, ulong seed)
    {
        var random = RandomStream.Create(seed).Fork("exogenous");
        var builder = Empty(players, states, actions);
        int joint = builder.JointActionCount;
        for (int s = 0; s < states; s++)
        {
            double[] potential = [.. Enumerable.Range(0, joint).Select(_ => random.NextDouble())];
            double[][] own = [.. Enumerable.Range(0, players).Select(_ => Enumerable.Range(0, joint).Select(_ => random.NextDouble()).ToArray())];
            var next = new double[states];
            random.NextSimplex(next);
            for (int j = 0; j < joint; j++)
            {
                for (int p = 0, stride = joint / actions; p < players; p++, stride /= actions)
                    builder.SetReward(p, s, j, potential[j] + own[p][j - (j / stride % actions * stride)]); // u_i looks at the others' part alone
                for (int to = 0; to < states; to++) builder.AddTransition(s, j, to, next[to]);
            }
        }

        return Build(builder, horizon);
    }

    private static StochasticGameBuilder Empty(int players, int states, int actions) =>
        new([.. Enumerable.Range(0, players).Select(p => $"player_{p}")], states, [.. Enumerable.Repeat(actions, players)]);

    private static void Move(StochasticGameBuilder builder, int states, int state, int joint, ref RandomStream random)
    {
        var next = new double[states];
        random.NextSimplex(next);
        for (int to = 0; to < states; to++) builder.AddTransition(state, joint, to, next[to]);
    }

    private static StochasticGame Build(StochasticGameBuilder builder, int? horizon) =>
        horizon is { } times ? builder.BuildFiniteHorizon(times) : builder.BuildDiscounted(.8);
}
