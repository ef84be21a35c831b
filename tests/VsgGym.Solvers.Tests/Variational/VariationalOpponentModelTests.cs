using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Reward inference from play that was made with known rewards.</summary>
public sealed class VariationalOpponentModelTests
{
    [Theory]
    [InlineData(TrajectoryWeights.Importance)]
    [InlineData(TrajectoryWeights.Causal)]
    public void OneShotGame_GivesBackPolicyAndRewardDifferences(TrajectoryWeights weights)
    {
        double[,] first = { { 1, 0 }, { .2, .6 }, { -1, .5 } };
        var game = NormalForm.Create(first, new double[3, 2]);
        double[] others = [.3, .7], policy = Softmax([.3, .48, .05]);
        var play = Play(game, 20_000, 1, (_, _) => policy, (_, _) => others, 0);
        var outcome = NormalForm.Run(new VariationalOpponentModel(game, new VariationalOpponentModel.Options { Play = play, Weights = weights, LearningRate = 2 }));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.InRange(Divergence(policy, outcome.Solution.Policies[0].Row(0, 0)), 0, 1e-3);
        double[] rewards = outcome.Solution.Arrays["reward.player_0"].Data;
        Assert.Equal([1, 3, 2], outcome.Solution.Arrays["reward.player_0"].Shape.ToArray());
        for (int a = 1; a < 3; a++)
        {
            double found = Mean(rewards, others, a) - Mean(rewards, others, 0), real = new double[] { .3, .48, .05 }[a] - .3;
            Assert.InRange(found - real, -.06, .06);
        }
    }

    // Gambit's logit equilibrium of A = [[1,1],[0,1]], B = [[1,1],[2,1]] at lambda 1 has P(row 1) = .642979 and P(column 1) = .588319 (gambit-logit): in play of just these
    // frequencies row 1 must be found to pay .588319 more than row 2, for so much it does.
    [Theory]
    [InlineData(TrajectoryWeights.Importance)]
    [InlineData(TrajectoryWeights.Causal)]
    public void PlayOfGambitsEquilibrium_GivesBackItsPayoffDifference(TrajectoryWeights weights)
    {
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } });
        const int Rounds = 10_000;
        double[] row = [.642979, 1 - .642979], column = [.588319, 1 - .588319];
        var play = new List<IReadOnlyList<IReadOnlyList<int>>>();
        for (int joint = 0; joint < 4; joint++)
            for (int k = (int)Math.Round(Rounds * row[joint / 2] * column[joint % 2]); k > 0; k--) play.Add([[0, joint / 2, joint % 2]]);
        var outcome = NormalForm.Run(new VariationalOpponentModel(game, new VariationalOpponentModel.Options { Play = play, Weights = weights, LearningRate = 2, Tolerance = 1e-9 }));
        double[] rewards = outcome.Solution.Arrays["reward.player_0"].Data;
        Assert.Equal(.588319, Mean(rewards, column, 0) - Mean(rewards, column, 1), 1e-3); // the frequencies are multiples of 1/10,000
        Assert.Equal(.642979, outcome.Solution.Policies[0].Row(0, 0)[0], 2e-4);
    }

    [Fact]
    public void StochasticGame_GivesBackThePolicyWithCausalWeightsAndNotWithThePrintedOnes()
    {
        // Measured, the largest KL of a state from the policy that played: .00066 causal, 1.396 as printed, whose rewards explain good luck by choice.
        var game = RandomGames.Create(new RandomGameShape(2, 3, 3, null, Discount: .8, RewardScale: 2), 11);
        double[][] policies = SoftPlayer(game, out double[][] others);
        var play = Play(game, 1500, 15, (s, _) => policies[s], (s, _) => others[s], 4);
        double Inferred(TrajectoryWeights weights)
        {
            var options = new VariationalOpponentModel.Options { Play = play, Weights = weights, LearningRate = 1, MaxIterations = 1500, Tolerance = 1e-5 };
            var solution = NormalForm.Run(new VariationalOpponentModel(game, options)).Solution;
            return Enumerable.Range(0, 3).Max(s => Divergence(policies[s], solution.Policies[0].Row(0, s)));
        }

        double causal = Inferred(TrajectoryWeights.Causal), printed = Inferred(TrajectoryWeights.Importance);
        Assert.True(causal < 3e-3 && printed > 3 * causal, $"{causal} {printed}");
    }

    [Fact]
    public void HorizonGame_GivesBackThePolicyOfEachTime()
    {
        // Three states in a ring, moves certain; the player likes state 2 and has three decisions.
        var builder = new StochasticGameBuilder(["player_0"], 3, [2]);
        for (int s = 0; s < 3; s++) builder.AddTransition(s, 0, s, 1).AddTransition(s, 1, (s + 1) % 3, 1).SetReward(0, s, 0, s == 2 ? 1 : 0).SetReward(0, s, 1, s == 2 ? 1 : 0);
        var game = builder.WithInitial([.5, .25, .25]).BuildFiniteHorizon(3);
        var soft = NormalForm.Run(new Vpg(game, new Vpg.Options(), WorkCrew.Alone())).Solution.Policies[0];
        var play = Play(game, 20_000, 3, (s, t) => soft.Row(t, s).ToArray(), (_, _) => [], 2);
        foreach (var weights in Enum.GetValues<TrajectoryWeights>())
        {
            var outcome = NormalForm.Run(new VariationalOpponentModel(game, new VariationalOpponentModel.Options { Play = play, Weights = weights, LearningRate = 1, MaxIterations = 2500 }));
            for (int t = 0; t < 3; t++)
                for (int s = 0; s < 3; s++)
                    Assert.InRange(Divergence(soft.Row(t, s), outcome.Solution.Policies[0].Row(t, s)), 0, 3e-3);
        }
    }

    [Fact]
    public void PrintedGradient_IsThatOfAllTrajectoriesOneByOne()
    {
        // With one step the gradient is -(reward change) / learning rate; the sum over trajectories is made by recursion over all of them.
        var (game, play, rewards) = Drawn();
        var (solver, model) = At(game, play, TrajectoryWeights.Importance, rewards);
        solver.Step(CancellationToken.None);
        double[] moved = solver.ReadSolution().Arrays["reward.player_0"].Data, expected = new double[rewards.Length], observed = new double[rewards.Length], sum = new double[rewards.Length];
        double total = 0;
        foreach (var episode in play)
            for (int t = 0; t < episode.Count; t++) observed[(episode[t][0] * game.JointActionCount) + game.JointAction([.. episode[t].Skip(1)])] += Math.Pow(.7, t) / play.Count;
        double[] goesOn = [.. Enumerable.Range(0, 3).Select(t => play.Count(episode => episode.Count > t + 1) / (double)Math.Max(1, play.Count(episode => episode.Count > t && HasNext(game, episode[t]))))];
        void Walk(int s, int t, double probability, double reward, double[] visits)
        {
            for (int j = 0; j < game.JointActionCount; j++)
            {
                int row = (s * game.JointActionCount) + j;
                double chance = probability * model[1].Row(0, s)[game.ActionOf(1, j)], gained = reward + (Math.Pow(.7, t) * rewards[row]);
                double[] seen = [.. visits];
                seen[row] += Math.Pow(.7, t);
                bool ends = game.RowStarts[row] == game.RowStarts[row + 1];
                double weight = chance * (ends ? 1 : 1 - goesOn[t]) * Math.Exp(gained);
                total += weight;
                for (int k = 0; k < sum.Length; k++) sum[k] += weight * seen[k];
                if (!ends && goesOn[t] > 0)
                    for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) Walk(game.NextStates[k], t + 1, chance * goesOn[t] * game.Probabilities[k], gained, seen);
            }
        }

        for (int s = 0; s < 3; s++)
        {
            double starts = play.Count(episode => episode[0][0] == s) / (double)play.Count;
            total = 0;
            Array.Clear(sum);
            Walk(s, 0, 1, 0, new double[rewards.Length]);
            for (int k = 0; k < sum.Length; k++) expected[k] += starts * sum[k] / total;
        }

        for (int k = 0; k < sum.Length; k++) Assert.Equal(expected[k] - observed[k], rewards[k] - moved[k], 1e-10);
    }

    [Fact]
    public void CausalGradient_IsThatOfTheLikelihood()
    {
        var (game, play, rewards) = Drawn();
        var (solver, _) = At(game, play, TrajectoryWeights.Causal, rewards);
        solver.Step(CancellationToken.None);
        double[] moved = solver.ReadSolution().Arrays["reward.player_0"].Data;
        double Likelihood(double[] at)
        {
            var model = At(game, play, TrajectoryWeights.Causal, at).Model;
            return play.Sum(episode => episode.Select((decision, t) => Math.Pow(.7, t) * Math.Log(model[0].Row(0, decision[0])[decision[1]])).Sum()) / play.Count;
        }

        for (int k = 0; k < rewards.Length; k++)
        {
            double[] up = [.. rewards], down = [.. rewards];
            (up[k], down[k]) = (up[k] + 1e-4, down[k] - 1e-4);
            Assert.Equal((Likelihood(up) - Likelihood(down)) / 2e-4, moved[k] - rewards[k], 1e-6);
        }
    }

    [Fact]
    public void Answer_StartedFrom_EndsAtOnce()
    {
        var game = NormalForm.Create(new double[2, 2], new double[2, 2]);
        var options = new VariationalOpponentModel.Options { Play = [[[0, 0, 1]], [[0, 1, 1]], [[0, 1, 0]], [[0, 1, 1]], [[0, 0, 0]]], Player = "player_1", Weights = TrajectoryWeights.Causal };
        var outcome = NormalForm.Run(new VariationalOpponentModel(game, options));
        var again = new VariationalOpponentModel(game, options);
        again.Start(outcome.Solution);
        Assert.Equal(1, NormalForm.Run(again).Iterations);
        Assert.Equal(.6, again.ReadSolution().Policies[1].Row(0, 0)[1], 1e-4);
        Assert.Equal(.4, again.ReadSolution().Policies[0].Row(0, 0)[0], 12);
        var metrics = new double[1];
        again.ReadMetrics(metrics);
        Assert.Equal((.6 * Math.Log(.6)) + (.4 * Math.Log(.4)), metrics[0], 1e-6);
    }

    [Fact]
    public void FaultyPlay_IsReportedTogether()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 3, 2, 2, IllegalActions: true), 2);
        int illegal = Enumerable.Range(0, 3).First(s => !game.IsLegal(0, s, 0) || !game.IsLegal(0, s, 1)), action = game.IsLegal(0, illegal, 0) ? 1 : 0;
        int other = game.IsLegal(1, illegal, 0) ? 0 : 1;
        IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> play = [[], [[0, 0]], [[3, 0, 0]], [[0, 0, 7]], [[illegal, action, other]]];
        var error = Assert.Throws<VsgGymException>(() => new VariationalOpponentModel(game, new VariationalOpponentModel.Options { Play = play }));
        Assert.Equal(["empty", "wrong_shape", "out_of_range", "out_of_range", "illegal_action"], error.Faults.Select(fault => fault.Reason).Where(reason => reason != "impossible_move"));
        Assert.Equal("options.play", Assert.Throws<VsgGymException>(() => new VariationalOpponentModel(game, new VariationalOpponentModel.Options())).Faults[0].Path);
        var ring = new StochasticGameBuilder(["player_0"], 2, [1]).AddTransition(0, 0, 1, 1).AddTransition(1, 0, 0, 1).BuildDiscounted(.9);
        error = Assert.Throws<VsgGymException>(() => new VariationalOpponentModel(ring, new VariationalOpponentModel.Options { Play = [[[0, 0], [0, 0]]] }));
        Assert.Equal(("options.play[0][0]", "impossible_move"), (error.Faults[0].Path, error.Faults[0].Reason));
    }

    [Theory]
    [InlineData(TrajectoryWeights.Importance)]
    [InlineData(TrajectoryWeights.Causal)]
    public void Step_AllocatesNothing(TrajectoryWeights weights)
    {
        var game = RandomGames.Create(new RandomGameShape(2, 3, 2, null), 5);
        double[][] policies = SoftPlayer(game, out double[][] others);
        Allocation.Check(new VariationalOpponentModel(game, new VariationalOpponentModel.Options { Play = Play(game, 20, 5, (s, _) => policies[s], (s, _) => others[s], 1), Weights = weights, Regularization = .01 }));
    }

    // The soft-optimal policy of player 0 at temperature 1 against others that play at random, by plain loops.
    private static double[][] SoftPlayer(StochasticGame game, out double[][] others)
    {
        var profile = RandomGames.Profile(game, 6, false);
        double[][] fixedOthers = [.. Enumerable.Range(0, game.StateCount).Select(s => profile[1].Row(0, s).ToArray())];
        others = fixedOthers;
        var values = new double[game.StateCount];
        double[] Q(int s, double[] next) => [.. Enumerable.Range(0, game.ActionCounts[0]).Select(a => Enumerable.Range(0, game.ActionCounts[1]).Sum(b =>
        {
            int row = (s * game.JointActionCount) + (a * game.ActionCounts[1]) + b;
            double payoff = game.Rewards(0)[row];
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) payoff += game.Discount * game.Probabilities[k] * next[game.NextStates[k]];
            return fixedOthers[s][b] * payoff;
        }))];
        for (int k = 0; k < 500; k++)
        {
            double[] last = values;
            values = [.. Enumerable.Range(0, game.StateCount).Select(s => Math.Log(Q(s, last).Average(Math.Exp)))]; // a uniform prior, as Eq. (5) has it
        }

        return [.. Enumerable.Range(0, game.StateCount).Select(s => Softmax(Q(s, values)))];
    }

    private static List<IReadOnlyList<IReadOnlyList<int>>> Play(StochasticGame game, int episodes, int most, Func<int, int, double[]> policy, Func<int, int, double[]> others, ulong seed)
    {
        var random = RandomStream.Create(seed).Fork("play");
        var play = new List<IReadOnlyList<IReadOnlyList<int>>>();
        for (int e = 0; e < episodes; e++)
        {
            var episode = new List<IReadOnlyList<int>>();
            int state = Simplex.Sample(game.Initial, random.NextDouble());
            for (int t = 0; t < most && state >= 0; t++)
            {
                int[] actions = game.PlayerCount == 1
                    ? [Simplex.Sample(policy(state, t), random.NextDouble())]
                    : [Simplex.Sample(policy(state, t), random.NextDouble()), Simplex.Sample(others(state, t), random.NextDouble())];
                episode.Add([state, .. actions]);
                int row = (state * game.JointActionCount) + game.JointAction(actions), start = game.RowStarts[row], count = game.RowStarts[row + 1] - start;
                state = count == 0 ? -1 : game.NextStates[start + Simplex.Sample(game.Probabilities.Slice(start, count), random.NextDouble())];
            }

            play.Add(episode);
        }

        return play;
    }

    private static (StochasticGame Game, List<IReadOnlyList<IReadOnlyList<int>>> Play, double[] Rewards) Drawn()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 3, 2, null, Discount: .7), 5);
        var random = RandomStream.Create(8);
        double[] rewards = [.. Enumerable.Range(0, 3 * game.JointActionCount).Select(_ => random.NextDouble())];
        double[][] policies = SoftPlayer(game, out double[][] others);
        return (game, Play(game, 50, 3, (s, _) => policies[s], (s, _) => others[s], 3), rewards);
    }

    // The solver at given rewards, with learning rate 1, and its model there.
    private static (VariationalOpponentModel Solver, PolicyProfile Model) At(StochasticGame game, List<IReadOnlyList<IReadOnlyList<int>>> play, TrajectoryWeights weights, double[] rewards)
    {
        var solver = new VariationalOpponentModel(game, new VariationalOpponentModel.Options { Play = play, Weights = weights, LearningRate = 1 });
        solver.Start(new Solution { Policies = PolicyProfile.Uniform(game), Arrays = solver.ReadSolution().Arrays.SetItem("reward.player_0", new ShapedArray((double[])rewards.Clone(), [3, .. game.ActionCounts])) });
        return (solver, solver.ReadSolution().Policies);
    }

    private static bool HasNext(StochasticGame game, IReadOnlyList<int> decision)
    {
        int row = (decision[0] * game.JointActionCount) + game.JointAction([.. decision.Skip(1)]);
        return game.RowStarts[row] < game.RowStarts[row + 1];
    }

    private static double Mean(double[] rewards, double[] others, int action) => (others[0] * rewards[2 * action]) + (others[1] * rewards[(2 * action) + 1]);

    private static double[] Softmax(double[] values)
    {
        double sum = values.Sum(Math.Exp);
        return [.. values.Select(value => Math.Exp(value) / sum)];
    }

    private static double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => Simplex.KullbackLeibler(p, q);

    [Theory]
    [InlineData(TrajectoryWeights.Importance)]
    [InlineData(TrajectoryWeights.Causal)]
    public void TwoSteps_ByHand(TrajectoryWeights weights)
    {
        // Alone, action 0 in three plays of four, temperature 2, rate 1, regularization 1/10. At r = 0 the model is even: gradient (1/2 - 3/4, 1/2 - 1/4), so r = (1/4, -1/4).
        // Then the model is s(1/2 / 2), s the logistic function, and the gradient of r_0 is s - 3/4 + r_0 / 10.
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).BuildFiniteHorizon(1);
        var options = new VariationalOpponentModel.Options { Play = [[[0, 0]], [[0, 1]], [[0, 0]], [[0, 0]]], Weights = weights, Temperature = 2, LearningRate = 1, Regularization = .1 };
        var solver = new VariationalOpponentModel(game, options);
        double[] Rewards() => solver.ReadSolution().Arrays["reward.player_0"].Data;
        Assert.Equal(Math.Sqrt(2) / 4, solver.Step(CancellationToken.None).Residual, 12);
        Assert.Equal([.25, -.25], Rewards(), (x, y) => Math.Abs(x - y) < 1e-12);
        double s = 1 / (1 + Math.Exp(-.25)), gradient = s - .75 + .025;
        Assert.Equal(s, solver.ReadSolution().Policies[0].Row(0, 0)[0], 12);
        Assert.Equal(Math.Sqrt(2) * Math.Abs(gradient), solver.Step(CancellationToken.None).Residual, 12);
        Assert.Equal([.25 - gradient, -.25 + gradient], Rewards(), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Fact]
    public void Gradients_OnTwentyRandomGames_AreThoseOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 2), 2, 2, seed % 4 < 2 ? 3 : null, Discount: .7), seed);
            var profile = RandomGames.Profile(game, seed, false);
            var play = Play(game, 30, 3, (s, _) => profile[0].Row(0, s).ToArray(), (s, _) => game.PlayerCount == 1 ? [] : profile[1].Row(0, s).ToArray(), seed);
            var slow = new SlowOpponentModel(game, play, .8);
            var random = RandomStream.Create(seed);
            double[] rewards = [.. Enumerable.Range(0, 2 * game.JointActionCount).Select(_ => random.NextDouble())];
            foreach (var weights in Enum.GetValues<TrajectoryWeights>())
            {
                var solver = new VariationalOpponentModel(game, new VariationalOpponentModel.Options { Play = play, Weights = weights, LearningRate = 1, Temperature = .8 });
                solver.Start(new Solution { Policies = PolicyProfile.Uniform(game), Arrays = solver.ReadSolution().Arrays.SetItem("reward.player_0", new ShapedArray((double[])rewards.Clone(), [2, .. game.ActionCounts])) });
                double[][,] model = slow.Model(rewards);
                for (int t = 0; t < model.Length; t++)
                    for (int s = 0; s < 2; s++)
                        for (int a = 0; a < game.ActionCounts[0]; a++) Assert.Equal(model[t][s, a], solver.ReadSolution().Policies[0].Row(t, s)[a], 1e-10);
                solver.Step(CancellationToken.None);
                double[] moved = solver.ReadSolution().Arrays["reward.player_0"].Data, gradient = weights == TrajectoryWeights.Causal ? slow.CausalGradient(rewards) : slow.PrintedGradient(rewards);
                for (int k = 0; k < rewards.Length; k++) Assert.Equal(gradient[k], rewards[k] - moved[k], weights == TrajectoryWeights.Causal ? 1e-6 : 1e-10);
            }
        }
    }

    // The smallest game found in which Eq. (7) as printed gives a wrong policy: a player goes (to one of two rooms, by a fair coin, where play ends) or stays home. It went in
    // four plays of eight, and by luck came to the first room three times of four. Trajectories weighed as printed explain the luck by rewards, r_1 - r_2 = log 3, with
    // exp(r_go) (exp(r_1) + exp(r_2)) / 2 = exp(r_stay): the policy that goes with them has odds exp((r_1 + r_2) / 2) : (exp(r_1) + exp(r_2)) / 2 = sqrt(3) : 2 of going, .464.
    // Corrected, with weights 1 (causal), the luck of the coin is no matter, and the policy is what was played, 1/2.
    [Fact]
    public void Eq7AsPrinted_ExplainsLuckByRewards()
    {
        var game = new StochasticGameBuilder(["player_0"], 3, [2]).Forbid(0, 1, 1).Forbid(0, 2, 1).AddTransition(0, 0, 1, .5).AddTransition(0, 0, 2, .5).WithInitial([1, 0, 0]).BuildFiniteHorizon(2);
        IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> play = [[[0, 0], [1, 0]], [[0, 0], [1, 0]], [[0, 0], [1, 0]], [[0, 0], [2, 0]], [[0, 1]], [[0, 1]], [[0, 1]], [[0, 1]]];
        SolveOutcome Of(TrajectoryWeights weights) => NormalForm.Run(new VariationalOpponentModel(game, new VariationalOpponentModel.Options { Play = play, Weights = weights, Tolerance = 1e-11, MaxIterations = 100_000, LearningRate = 2 }));
        SolveOutcome printed = Of(TrajectoryWeights.Importance), causal = Of(TrajectoryWeights.Causal);
        Assert.Equal((SolveStatus.Converged, SolveStatus.Converged), (printed.Status, causal.Status));
        double[] rewards = printed.Solution.Arrays["reward.player_0"].Data;
        Assert.Equal(Math.Log(3), rewards[2] - rewards[4], 1e-8);
        Assert.Equal(Math.Sqrt(3) / (2 + Math.Sqrt(3)), printed.Solution.Policies[0].Row(0, 0)[0], 1e-8);
        Assert.Equal(.5, causal.Solution.Policies[0].Row(0, 0)[0], 1e-8);
    }

    [Fact]
    public void PlayerOrRewardsThatAreNone_AreRefused()
    {
        var game = NormalForm.Create(new double[2, 2], new double[2, 2]);
        var options = new VariationalOpponentModel.Options { Play = [[[0, 0, 1]]] };
        var fault = Assert.Single(Assert.Throws<VsgGymException>(() => new VariationalOpponentModel(game, options with { Player = "nobody" })).Faults);
        Assert.Equal(("options.player", "nobody", "must be one of player_0, player_1"), (fault.Path, fault.Value, fault.Rule));
        var solver = new VariationalOpponentModel(game, options);
        var wrong = solver.ReadSolution() with { Arrays = solver.ReadSolution().Arrays.SetItem("reward.player_0", new ShapedArray([1, 2], 1, 2)) };
        fault = Assert.Single(Assert.Throws<VsgGymException>(() => solver.Start(wrong)).Faults);
        Assert.Equal(("start.arrays.reward.player_0", "[1, 2]", "must have shape [1, 2, 2]"), (fault.Path, fault.Value, fault.Rule));
    }
}
