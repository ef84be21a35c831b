using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>NashConv against the enumeration of every deterministic deviation, and on games with known answers.</summary>
public sealed class NashCertificateTests
{
    [Fact]
    public void FiniteHorizon_AgreesWithEnumeratedDeviations()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 2, 2, 3, IllegalActions: seed % 4 >= 2), seed);
            Compare(game, RandomGames.Profile(game, seed, perTime: seed % 3 > 0), times: 3);
        }
    }

    [Fact]
    public void Discounted_AgreesWithEnumeratedDeviations()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 3, null, Discount: .7, IllegalActions: seed % 4 >= 2), seed);
            Compare(game, RandomGames.Profile(game, seed, perTime: false), times: 1);
        }
    }

    [Fact]
    public void KnownEquilibria_HaveNoGap()
    {
        double[,] pennies = { { 1, -1 }, { -1, 1 } }, minus = { { -1, 1 }, { 1, -1 } };
        foreach (double? discount in (double?[])[null, .9])
        {
            var game = NormalForm.Create(pennies, minus, discount);
            var certificate = new NashCertificate(game).Measure(PolicyProfile.Uniform(game), CancellationToken.None);
            Assert.Equal(0, certificate.Gap, 12);
            Assert.Equal(0, certificate.Values[0], 12);
        }
    }

    [Fact]
    public void UniformClimbing_HasTheGapOfTheMatrix()
    {
        // Uniform: rows average -19/3, -17/3, 5/3 and columns -19/3, -23/3, 11/3; the value is -31/9.
        var game = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);
        var certificate = new NashCertificate(game).Measure(PolicyProfile.Uniform(game), CancellationToken.None);
        Assert.Equal(-31.0 / 9, certificate.Values[0], 12);
        Assert.Equal((5.0 / 3) + (31.0 / 9), certificate.GapPerPlayer[0], 12);
        Assert.Equal((11.0 / 3) + (31.0 / 9), certificate.GapPerPlayer[1], 12);
        Assert.Equal(certificate.GapPerPlayer.Sum(), certificate.Gap, 12);
        var accuracy = certificate.Bounds["evaluation_accuracy"];
        Assert.Equal((0.0, 0.0, true), (accuracy.Value, accuracy.Measured, accuracy.PremiseHolds));
    }

    [Fact]
    public void ManyStates_GiveTheSameAsFew()
    {
        // 500 copies of a three-state game side by side take the iterated evaluation; one copy takes the linear solve.
        var small = RandomGames.Create(new RandomGameShape(2, 3, 2, null, Discount: .95), 9);
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1500, small.ActionCounts);
        for (int s = 0; s < 1500; s++)
            for (int j = 0; j < small.JointActionCount; j++)
            {
                int row = (s % 3 * small.JointActionCount) + j;
                for (int p = 0; p < 2; p++) builder.SetReward(p, s, j, small.Rewards(p)[row]);
                for (int k = small.RowStarts[row]; k < small.RowStarts[row + 1]; k++)
                    builder.AddTransition(s, j, (s - (s % 3)) + small.NextStates[k], small.Probabilities[k]);
            }

        var large = builder.WithInitial([.. small.Initial, .. new double[1497]]).BuildDiscounted(.95);
        var few = new NashCertificate(small).Measure(PolicyProfile.Uniform(small), CancellationToken.None);
        var many = new NashCertificate(large).Measure(PolicyProfile.Uniform(large), CancellationToken.None);
        Assert.Equal(few.Gap, many.Gap, 1e-9);
        Assert.InRange(many.Bounds["evaluation_accuracy"].Value, 0, 1e-9);
        Assert.InRange(few.Bounds["evaluation_accuracy"].Value, 0, 1e-11);
        Assert.True(few.Bounds["evaluation_accuracy"].PremiseHolds);
        Assert.Equal(.05 * many.Bounds["evaluation_accuracy"].Value, many.Bounds["evaluation_accuracy"].Measured, 1e-15);
    }

    [Fact]
    public void RowsThatSumToOneOnlyRoughly_OpenNoGap()
    {
        // Every action pays 1 for ever, so nobody gains by deviating, whatever the rows: the value is 1000.
        foreach (int states in (int[])[2, 500]) // the linear solve, and the iterated evaluation
        {
            var builder = new StochasticGameBuilder(["player_0", "player_1"], states, [2, 2]);
            for (int s = 0; s < states; s++)
                for (int j = 0; j < 4; j++) builder.SetReward(0, s, j, 1).SetReward(1, s, j, 1).AddTransition(s, j, (s + 1) % states, 1);
            var game = builder.BuildDiscounted(.999);
            double[] low = [.. Enumerable.Repeat(.5 - 5e-8, 2 * states)], high = [.. Enumerable.Repeat(.5 + 5e-8, 2 * states)];
            var certificate = new NashCertificate(game).Measure(
                new PolicyProfile(game, [new TabularPolicy(low, 1, states, 2), new TabularPolicy(high, 1, states, 2)]), CancellationToken.None);
            Assert.InRange(certificate.Gap, 0, 1e-9);
            Assert.Equal(1000, certificate.Values[0], 1e-8);
            Assert.Equal(.5 - 5e-8, low[0]); // the caller's array is not touched
        }
    }

    [Fact]
    public void LongHorizon_NeedsNoMemoryPerTime()
    {
        const int horizon = 1_000_000;
        var builder = new StochasticGameBuilder(["player_0"], 2, [2]).SetTerminalReward(0, 0, 5);
        for (int s = 0; s < 2; s++) builder.SetReward(0, s, 1, 1).AddTransition(s, 0, 1 - s, 1).AddTransition(s, 1, 1 - s, 1);
        var game = builder.BuildFiniteHorizon(horizon);
        var profile = PolicyProfile.Uniform(game);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var certificate = new NashCertificate(game).Measure(profile, CancellationToken.None);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal((horizon / 2) + 5, certificate.Values[0]); // an even number of moves leads back to state 0
        Assert.Equal(horizon / 2, certificate.Gap);
        Assert.Equal(horizon + 5, BestResponse.Solve(game, profile, 0).Values.Data[0]); // the table of every time still fits
    }

    [Fact]
    public void TableOfEveryTime_BeyondTheLimit_IsRefusedBeforeItIsAllocated()
    {
        var game = new StochasticGameBuilder(["player_0"], 300, [2]).BuildFiniteHorizon(1_000_000);
        var profile = PolicyProfile.Uniform(game);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var ask in (Func<object>[])[() => BestResponse.Solve(game, profile, 0), () => BestResponse.Evaluate(game, profile, 0), () => new MgeF(game, new MgeF.Options())])
        {
            var error = Assert.Throws<VsgGymException>(ask);
            Assert.Equal((ErrorKind.ResourceExhausted, "horizon", "game_too_large"), (error.Kind, error.Faults[0].Path, error.Faults[0].Reason));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void ReturnsBeyondTheRangeOfNumbers_PromiseNothing()
    {
        foreach (bool discounted in (bool[])[false, true])
        {
            var builder = new StochasticGameBuilder(["player_0"], 1, [2]);
            for (int a = 0; a < 2; a++) builder.SetReward(0, 0, a, 1.5e308).AddTransition(0, a, 0, 1);
            var game = discounted ? builder.BuildDiscounted(.9) : builder.BuildFiniteHorizon(5);
            var certificate = new NashCertificate(game).Measure(PolicyProfile.Uniform(game), CancellationToken.None);
            Assert.False(certificate.Bounds["evaluation_accuracy"].PremiseHolds);
        }
    }

    [Fact]
    public void Measure_WhenCancelled_Stops()
    {
        var game = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);
        Assert.Throws<OperationCanceledException>(() => new NashCertificate(game).Measure(PolicyProfile.Uniform(game), new CancellationToken(true)));
    }

    private static void Compare(StochasticGame game, PolicyProfile profile, int times)
    {
        var certificate = new NashCertificate(game).Measure(profile, CancellationToken.None);
        for (int p = 0; p < game.PlayerCount; p++)
        {
            double played = Return(game, profile, p, (t, s, a) => profile[p].Row(t, s)[a]), best = double.NegativeInfinity;
            foreach (int[] choice in Deviations(game, p, times))
                best = Math.Max(best, Return(game, profile, p, (t, s, a) => choice[(Math.Min(t, times - 1) * game.StateCount) + s] == a ? 1 : 0));
            Assert.Equal(played, certificate.Values[p], 1e-10);
            Assert.Equal(best - played, certificate.GapPerPlayer[p], 1e-10);
        }
    }

    /// <summary>Every choice of a legal action per time and state.</summary>
    private static IEnumerable<int[]> Deviations(StochasticGame game, int player, int times)
    {
        IEnumerable<int[]> all = [[]];
        for (int k = 0; k < times * game.StateCount; k++)
        {
            int state = k % game.StateCount;
            int[] legal = [.. Enumerable.Range(0, game.ActionCounts[player]).Where(a => game.IsLegal(player, state, a))];
            all = all.SelectMany(head => legal.Select(a => (int[])[.. head, a]));
        }

        return all;
    }

    /// <summary>A player's expected return by pushing the state distribution forward, long enough for the discount to vanish.</summary>
    private static double Return(StochasticGame game, PolicyProfile profile, int player, Func<int, int, int, double> policy)
    {
        double[] mass = game.Initial.ToArray();
        double total = 0, weight = 1;
        for (int t = 0; t < (game.Horizon ?? 90); t++, weight *= game.Discount)
        {
            var next = new double[mass.Length];
            for (int s = 0; s < mass.Length; s++)
                for (int j = 0; mass[s] > 0 && j < game.JointActionCount; j++)
                {
                    double probability = mass[s];
                    for (int p = 0; p < game.PlayerCount; p++)
                    {
                        int action = game.ActionOf(p, j);
                        probability *= p == player ? policy(t, s, action) : profile[p].Row(t, s)[action];
                    }

                    if (probability == 0) continue;
                    int row = (s * game.JointActionCount) + j;
                    total += weight * probability * game.Rewards(player)[row];
                    for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) next[game.NextStates[k]] += probability * game.Probabilities[k];
                }

            mass = next;
        }

        for (int s = 0; s < mass.Length; s++) total += game.Horizon is null ? 0 : mass[s] * game.TerminalRewards(player)[s];
        return total;
    }
}
