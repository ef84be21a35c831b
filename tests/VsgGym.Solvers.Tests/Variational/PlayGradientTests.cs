using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Both gradients of variational opponent modeling: by hand, trajectory by trajectory, and by plain loops.</summary>
public sealed class PlayGradientTests
{
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
            var play = SoftPlay.Play(game, 30, 3, (s, _) => profile[0].Row(0, s).ToArray(), (s, _) => game.PlayerCount == 1 ? [] : profile[1].Row(0, s).ToArray(), seed);
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

    private static (StochasticGame Game, List<IReadOnlyList<IReadOnlyList<int>>> Play, double[] Rewards) Drawn()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 3, 2, null, Discount: .7), 5);
        var random = RandomStream.Create(8);
        double[] rewards = [.. Enumerable.Range(0, 3 * game.JointActionCount).Select(_ => random.NextDouble())];
        double[][] policies = SoftPlay.SoftPlayer(game, out double[][] others);
        return (game, SoftPlay.Play(game, 50, 3, (s, _) => policies[s], (s, _) => others[s], 3), rewards);
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
}
