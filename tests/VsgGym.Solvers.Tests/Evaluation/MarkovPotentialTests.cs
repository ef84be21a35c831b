using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Potential games that are recognized, others that are refuted with a cycle, and why deterministic policies do not decide.</summary>
public sealed class MarkovPotentialTests
{
    private static readonly double[,] First = { { 3, 0 }, { 5, 1 } };
    private static readonly double[,] Second = { { 3, 5 }, { 0, 1 } };

    [Fact]
    public void Dilemma_HasThePotentialByHand()
    {
        // Defecting gains 2 against cooperation and 1 against defection.
        var check = MarkovPotential.Check(NormalForm.Create(First, Second));
        Assert.True(check.Holds && check.IsExact);
        Assert.Null(check.Counterexample);
        Assert.Equal([0.0, 2, 2, 3], check.Table().Data);
        Assert.Equal([2, 2], check.Table().Shape.ToArray());
    }

    [Fact]
    public void MatchingPennies_IsRefutedByTheWholeCycle()
    {
        // Whoever changes gains 2, four times around.
        var game = NormalForm.Create(new double[,] { { 1, -1 }, { -1, 1 } }, new double[,] { { -1, 1 }, { 1, -1 } });
        var check = MarkovPotential.Check(game);
        Assert.False(check.Holds);
        Assert.Equal((8.0, true, 4), (check.Violation, check.IsExact, check.Profiles));
        Assert.Equal(8, CycleSum(game, check.Counterexample!), 12);
    }

    [Fact]
    public void StateWisePotentialGame_IsNoMarkovPotentialGame()
    {
        // Leonardos et al. 2022: nothing is at stake in either state, but whether both do the same decides whether player 0 is paid 1 for ever.
        foreach (double? discount in (double?[])[.5, null])
        {
            var builder = new StochasticGameBuilder(["player_0", "player_1"], 2, [2, 2]);
            for (int j = 0; j < 4; j++)
            {
                builder.SetReward(0, 1, j, 1).AddTransition(1, j, 1, 1);
                if (j is 1 or 2) builder.AddTransition(0, j, 1, 1);
            }

            var game = discount is { } gamma ? builder.BuildDiscounted(gamma) : builder.BuildFiniteHorizon(2);
            var check = MarkovPotential.Check(game);
            Assert.Equal((true, false), (check.IsExact, check.Holds));
            Assert.Equal(2, check.Violation, 12); // 1 lost by each change of player 0, once around, in both games
            Assert.Equal(0, check.Counterexample!.State);
            Assert.Equal(2, CycleSum(game, check.Counterexample), 12);
        }
    }

    [Fact]
    public void CyclesOfDeterministicPolicies_DoNotDecideADiscountedGame()
    {
        // The smallest case: one state, two actions each, discount 1/2. Play goes on where both take the first action. Player 0 gets 1/2 there and 1 with its first action alone, so V_0 = 1 with its first action and 0 with its
        // second, whatever player 1 does: every deterministic cycle adds up to 0. When player 0 mixes, player 1's action tells how much of the future it gets.
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1, [2, 2]).SetReward(0, 0, 0, .5).SetReward(0, 0, 1, 1).AddTransition(0, 0, 0, 1);
        var game = builder.BuildDiscounted(.5);
        double Value(double p, double q) => BestResponse.Evaluate(game, new PolicyProfile(game, [new TabularPolicy([p, 1 - p], 1, 1, 2), new TabularPolicy([q, 1 - q], 1, 1, 2)]), 0).Values.Data[0];
        Assert.Equal(0, Value(1, 1) - Value(1, 0) - Value(0, 1) + Value(0, 0), 15);
        Assert.Equal((1.0 / 3) - .5, Value(.5, 1) - Value(.5, 0) - Value(0, 1) + Value(0, 0), 15); // p (1 - q / 2) / (1 - p q / 2)
        var check = MarkovPotential.Check(game);
        Assert.Equal((true, false), (check.IsExact, check.Holds));
        Assert.Equal(1.0 / 6, check.Violation, 12);
        Assert.Equal(1.0 / 6, CycleSum(game, check.Counterexample!), 12);
    }

    [Fact]
    public void PlayersWithOneInterest_AreAPotentialGame()
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            var game = RandomPotentialGames.SameInterest(2 + (int)(seed % 2), 2, 2, seed % 2 == 0 ? 2 : null, seed);
            var check = MarkovPotential.Check(game);
            Assert.Equal((true, true), (check.IsExact, check.Holds));
            CheckPotential(game, check, seed);
        }
    }

    [Fact]
    public void StatesThatNobodyMoves_MakeAPotentialGameOfPotentialGames()
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            var game = RandomPotentialGames.Exogenous(2 + (int)(seed % 2), 3, 2, seed % 2 == 0 ? 2 : null, seed);
            var check = MarkovPotential.Check(game);
            Assert.Equal((true, true), (check.IsExact, check.Holds));
            CheckPotential(game, check, seed);
        }
    }

    [Fact]
    public void RandomGames_AreRefutedByACycleThatAddsUpToTheViolation()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 2, 2, seed % 2 == 0 ? 2 : null, Discount: .8, IllegalActions: seed % 4 >= 2), seed);
            if (Enumerable.Range(0, game.PlayerCount).Count(p => Enumerable.Range(0, 2).Any(s => Enumerable.Range(0, 2).All(a => game.IsLegal(p, s, a)))) < 2) continue; // nothing to choose
            var check = MarkovPotential.Check(game);
            Assert.Equal((seed, true, false), (seed, check.IsExact, check.Holds));
            var cycle = check.Counterexample!;
            Assert.Equal(check.Violation, Math.Abs(cycle.Difference), 1e-12);
            Assert.Equal(cycle.Difference, CycleSum(game, cycle), 1e-9);
            Assert.Equal(check.Violation, check.ViolationPerPlayer[cycle.Second], 1e-12);
        }
    }

    [Fact]
    public void LargeGames_AreOnlyTriedToRefute()
    {
        var same = RandomPotentialGames.SameInterest(2, 30, 3, null, 1);
        Assert.Equal((false, true, 240), (MarkovPotential.Check(same).IsExact, MarkovPotential.Check(same).Holds, MarkovPotential.Check(same, samples: 60).Profiles));
        var game = RandomGames.Create(new RandomGameShape(3, 30, 3, null, Discount: .9), 1);
        var check = MarkovPotential.Check(game);
        Assert.Equal((false, false), (check.IsExact, check.Holds));
        Assert.Equal(check.Counterexample!.Difference, CycleSum(game, check.Counterexample), 1e-9);
        Assert.Equal(check.Violation, MarkovPotential.Check(game).Violation); // the seed is fixed
    }

    [Fact]
    public void OnePlayer_IsAlwaysOne()
    {
        var game = RandomGames.Create(new RandomGameShape(1, 3, 3, null), 1);
        var check = MarkovPotential.Check(game);
        Assert.Equal((true, true, 0), (check.IsExact, check.Holds, check.Profiles));
        CheckPotential(game, check, 1);
    }

    [Fact]
    public void Profiles_AreTheDeterministicOnesAndEvenMixturesWhereValuesBend()
    {
        // Three actions: 3 corners and 3 edge midpoints each where the state may be met again by some actions, else the corners; of a third player 15 mixtures in quarters.
        StochasticGame Game(int players, int again, int? horizon)
        {
            int joint = (int)Math.Pow(3, players);
            var builder = new StochasticGameBuilder([.. Enumerable.Range(0, players).Select(p => $"player_{p}")], 1, [.. Enumerable.Repeat(3, players)]);
            for (int j = 0; j < Math.Min(again, joint); j++) builder.AddTransition(0, j, 0, 1);
            return horizon is { } times ? builder.BuildFiniteHorizon(times) : builder.BuildDiscounted(.9);
        }

        Assert.Equal(36, MarkovPotential.Check(Game(2, 1, null)).Profiles);
        Assert.Equal(9, MarkovPotential.Check(Game(2, 9, null)).Profiles); // all actions go on
        Assert.Equal(9, MarkovPotential.Check(Game(2, 0, null)).Profiles); // none does
        Assert.Equal(81, MarkovPotential.Check(Game(2, 1, 2)).Profiles);
        Assert.Equal(3 * 36 * 15, MarkovPotential.Check(Game(3, 1, null)).Profiles);
    }

    // The gain of every change is the difference of the potential, whoever changes, and the order of players in its sum does not matter.
    private static void CheckPotential(StochasticGame game, PotentialCheck check, ulong seed)
    {
        var profile = RandomGames.Profile(game, seed, perTime: true);
        double[] before = check.Potential(profile), reversed = check.Potential(profile, lastFirst: true);
        for (int s = 0; s < before.Length; s++) Assert.Equal(before[s], reversed[s], 1e-10);
        for (int p = 0; p < game.PlayerCount; p++)
        {
            var changed = new PolicyProfile(game, profile.Policies.SetItem(p, RandomGames.Profile(game, seed + 99, perTime: true)[p]));
            double[] after = check.Potential(changed);
            double[] value = BestResponse.Evaluate(game, profile, p).Values.Data, next = BestResponse.Evaluate(game, changed, p).Values.Data;
            for (int s = 0; s < before.Length; s++) Assert.Equal(next[s] - value[s], after[s] - before[s], 1e-10);
        }
    }

    private static double CycleSum(StochasticGame game, PotentialCounterexample cycle)
    {
        double Value(PolicyProfile profile, int player) => BestResponse.Evaluate(game, profile, player).Values.Data[cycle.State];
        int i = cycle.First, j = cycle.Second;
        var firstChanged = new PolicyProfile(game, cycle.Base.Policies.SetItem(i, cycle.Changed[i]));
        var secondChanged = new PolicyProfile(game, cycle.Base.Policies.SetItem(j, cycle.Changed[j]));
        return Value(firstChanged, i) - Value(cycle.Base, i) + Value(cycle.Changed, j) - Value(firstChanged, j)
            + Value(secondChanged, i) - Value(cycle.Changed, i) + Value(cycle.Base, j) - Value(secondChanged, j);
    }
}
