using VsgGym.Core;

namespace VsgGym.Games.Tests;

/// <summary>With a capacity state that no action moves, the routing game is a Markov potential game: whoever changes a policy changes its own value as the potential's value changes.</summary>
public sealed class RoutingMarkovPotentialTests
{
    public static TheoryData<RoutingInstance, int, double, int?> Variants => new()
    {
        { RoutingInstance.Pigou, 3, 0, null },
        { RoutingInstance.Pigou, 4, 0.6, null },
        { RoutingInstance.Braess, 2, 0.25, null },
        { RoutingInstance.Braess, 2, 0.25, 1 },
        { RoutingInstance.Braess, 3, 0.5, null },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryUnilateralChangeOfADeterministicPolicy_ChangesOwnValueAndPotentialAlike(RoutingInstance instance, int points, double persistence, int? swap)
    {
        var options = new Routing.Options
        {
            Instance = instance,
            Demands = [0.4, 0.8],
            Capacities = [1, 0.4],
            CapacityPersistence = persistence,
            GoalSwapAt = swap,
            Horizon = 3,
            Discretize = points,
        };
        var table = new Routing(options).Table!;
        int states = table.StateCount, count = table.ActionCounts[0], policies = (int)Math.Pow(count, states);
        Assert.InRange(policies, 9, 81);
        double[] potential = Potentials(options, table);
        var unexplained = new double[2][,]; // value minus potential, [player][state, the other's policy]; the own policy must not matter
        for (int p = 0; p < 2; p++) unexplained[p] = new double[states, policies];
        double[] values = new double[states], potentials = new double[states];
        double changed = 0;
        for (int first = 0; first < policies; first++)
            for (int second = 0; second < policies; second++)
            {
                int[] joint = [.. Enumerable.Range(0, states).Select(s => (Action(first, s, count) * count) + Action(second, s, count))];
                Evaluate(table, joint, potential, potentials);
                for (int p = 0; p < 2; p++)
                {
                    Evaluate(table, joint, table.Rewards(p), values);
                    var (own, other) = p == 0 ? (first, second) : (second, first);
                    for (int s = 0; s < states; s++)
                    {
                        double rest = values[s] - potentials[s];
                        if (own == 0) unexplained[p][s, other] = rest;
                        Assert.Equal(unexplained[p][s, other], rest, 1e-12);
                        changed = Math.Max(changed, Math.Abs(rest - unexplained[p][0, 0]));
                    }
                }
            }

        Assert.InRange(changed, 0.01, double.PositiveInfinity); // what is left does depend on the other: the players' interests are not the same
    }

    private static int Action(int policy, int state, int count) => policy / (int)Math.Pow(count, state) % count;

    /// <summary>Minus the potential of every state and joint action, [S * J].</summary>
    private static double[] Potentials(Routing.Options options, StochasticGame table)
    {
        var grid = ActionGrid.Simplex(options.Network().Routes.Length, options.Discretize!.Value);
        double[] potentials = new double[table.StateCount * table.JointActionCount];
        for (int row = 0; row < potentials.Length; row++)
        {
            int state = row / table.JointActionCount, joint = row % table.JointActionCount, phase = state / options.Capacities.Length;
            var network = options.GoalSwapAt is { } swap && phase >= swap ? options.Network().ToOtherSink() : options.Network();
            double[][] flows = [.. Enumerable.Range(0, 2).Select(p => grid[table.ActionOf(p, joint)].Select(share => share * options.Demands[p]).ToArray())];
            potentials[row] = -RoutingCosts.Potential(network.WithCapacity(options.Capacities[state % options.Capacities.Length]), flows);
        }

        return potentials;
    }

    /// <summary>What a stationary joint policy collects over the horizon from each state, [S].</summary>
    private static void Evaluate(StochasticGame table, int[] joint, ReadOnlySpan<double> rewards, double[] values)
    {
        double[] next = new double[values.Length];
        Array.Clear(values);
        for (int t = 0; t < table.Horizon; t++)
        {
            values.CopyTo(next, 0);
            for (int s = 0; s < values.Length; s++)
            {
                int row = (s * table.JointActionCount) + joint[s];
                values[s] = rewards[row];
                for (int i = table.RowStarts[row]; i < table.RowStarts[row + 1]; i++) values[s] += table.Probabilities[i] * next[table.NextStates[i]];
            }
        }
    }
}
