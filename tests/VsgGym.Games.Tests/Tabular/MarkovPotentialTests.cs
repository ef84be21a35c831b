using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

public sealed class MarkovPotentialTests
{
    public static TheoryData<PotentialTransitions, int, int, int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<PotentialTransitions, int, int, int, bool>();
            foreach (var transitions in Enum.GetValues<PotentialTransitions>())
                foreach (bool discounted in (bool[])[true, false])
                {
                    cases.Add(transitions, 2, 3, 2, discounted);
                    cases.Add(transitions, 2, 2, 3, discounted);
                    cases.Add(transitions, 3, 2, 2, discounted);
                }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryDeviation_ChangesThePlayersValueAndThePotentialAlike(PotentialTransitions transitions, int players, int states, int actions, bool discounted)
    {
        var options = Options(transitions, players, states, actions, discounted);
        var table = new MarkovPotential(options).Table;
        var team = new MarkovPotential(options with { Dummy = 0 }).Table; // the same seed: everybody gets the common part, so its values are the potential
        var profiles = Profiles.Deterministic(table);
        double[][] potential = [.. profiles.Select(profile => Profiles.Value(team, 0, profile))];
        int pairs = 0, policies = (int)Math.Pow(actions, states);
        for (int player = 0; player < players; player++)
        {
            double[][] value = [.. profiles.Select(profile => Profiles.Value(table, player, profile))];
            int stride = (int)Math.Pow(policies, players - 1 - player);
            for (int k = 0; k < profiles.Length; k++)
                for (int other = (k / stride % policies) + 1; other < policies; other++)
                {
                    int deviated = k + ((other - (k / stride % policies)) * stride);
                    for (int s = 0; s < states; s++)
                        Assert.Equal(potential[deviated][s] - potential[k][s], value[deviated][s] - value[k][s], 1e-11);
                    pairs++;
                }
        }

        Assert.Equal(players * profiles.Length * (policies - 1) / 2, pairs);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryMixedDeviation_Too(PotentialTransitions transitions, int players, int states, int actions, bool discounted)
    {
        var options = Options(transitions, players, states, actions, discounted);
        var table = new MarkovPotential(options).Table;
        var team = new MarkovPotential(options with { Dummy = 0 }).Table;
        var random = RandomStream.Create(3);
        for (int trial = 0; trial < 20; trial++)
        {
            int player = trial % players;
            double[][] profile = [.. Enumerable.Range(0, players).Select(p => Profiles.Mixed(table, p, ref random))];
            double[][] deviated = [.. profile];
            deviated[player] = Profiles.Mixed(table, player, ref random);
            double[] gain = Difference(Profiles.Value(table, player, deviated), Profiles.Value(table, player, profile));
            double[] climb = Difference(Profiles.Value(team, player, deviated), Profiles.Value(team, player, profile));
            Assert.Contains(climb, change => Math.Abs(change) > 1e-3);
            for (int s = 0; s < states; s++) Assert.Equal(climb[s], gain[s], 1e-11);
        }
    }

    [Theory]
    [InlineData(PotentialTransitions.Chance)]
    [InlineData(PotentialTransitions.Actions)]
    public void Players_DoNotGetTheSame_AndTransitionsAreAsTheOptionSays(PotentialTransitions transitions)
    {
        var table = new MarkovPotential(new MarkovPotential.Options { Transitions = transitions }).Table;
        Assert.NotEqual(table.Rewards(0).ToArray(), table.Rewards(1).ToArray());
        bool same = true;
        for (int state = 0; state < table.StateCount; state++)
            for (int joint = 1; joint < table.JointActionCount; joint++)
                same &= Next(table, state, joint).SequenceEqual(Next(table, state, 0));
        Assert.Equal(transitions == PotentialTransitions.Chance, same);
    }

    [Theory]
    [InlineData(PotentialTransitions.Chance, 1.5)]
    [InlineData(PotentialTransitions.Actions, 2)]
    public void Rewards_StayWithinTheStatedRange(PotentialTransitions transitions, double bound)
    {
        var options = new MarkovPotential.Options { Transitions = transitions, Dummy = 0.5, States = 40, Horizon = 5, Discount = null };
        var table = new MarkovPotential(options).Table;
        for (int player = 0; player < 2; player++)
        {
            Assert.All(table.Rewards(player).ToArray(), reward => Assert.InRange(reward, -bound, bound));
            Assert.InRange(table.Rewards(player).ToArray().Max(), 0.8 * bound * (transitions == PotentialTransitions.Chance ? 1 : 0.7), bound);
        }
    }

    [Fact]
    public void TerminalRewards_ArePaidOnlyWithAHorizonAndActions()
    {
        Assert.False(new MarkovPotential(Options(PotentialTransitions.Actions, 2, 3, 2, discounted: true)).Table.HasTerminalRewards);
        Assert.True(new MarkovPotential(Options(PotentialTransitions.Actions, 2, 3, 2, discounted: false)).Table.HasTerminalRewards);
        Assert.False(new MarkovPotential(Options(PotentialTransitions.Chance, 2, 3, 2, discounted: false)).Table.HasTerminalRewards);
        var team = new MarkovPotential(Options(PotentialTransitions.Actions, 2, 3, 2, discounted: false) with { Dummy = 0 }).Table;
        Assert.All(team.TerminalRewards(1).ToArray(), reward => Assert.False(double.IsNegative(reward)));
    }

    private static MarkovPotential.Options Options(PotentialTransitions transitions, int players, int states, int actions, bool discounted) => new()
    {
        Players = players,
        States = states,
        Actions = actions,
        Transitions = transitions,
        Seed = 5,
        Density = 0.7,
        Horizon = discounted ? null : 4,
        Discount = discounted ? 0.6 : null,
    };

    private static (int, double)[] Next(StochasticGame table, int state, int joint)
    {
        int row = (state * table.JointActionCount) + joint;
        return [.. Enumerable.Range(table.RowStarts[row], table.RowStarts[row + 1] - table.RowStarts[row]).Select(i => (table.NextStates[i], table.Probabilities[i]))];
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}
