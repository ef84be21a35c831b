using System.Text.Json;
using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>ROMMEO Q-iteration against plain loops, by hand and in its reductions.</summary>
public sealed class RommeoQIterationTests
{
    private static readonly StochasticGame Climbing = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);

    [Fact]
    public void RandomGames_AgreeWithPlainLoopsAtEverySweep()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 3, 3, seed % 2 == 0 ? 3 : null, Discount: .7, IllegalActions: seed % 4 >= 2), seed + 70);
            string prior = seed % 5 < 2 ? "uniform" : seed % 5 < 4 ? "last_policy" : "empirical";
            var options = new RommeoQIteration.Options
            {
                Temperature = .6,
                Damping = .8,
                Prior = prior == "uniform" ? OpponentPrior.Uniform : prior == "empirical" ? OpponentPrior.Empirical : OpponentPrior.LastPolicy,
            };
            var solver = new RommeoQIteration(game, options, WorkCrew.Alone());
            var reference = new Reference(game, .6, .8, prior);
            for (int k = 0; k < 6; k++)
            {
                double residual = solver.Step(CancellationToken.None).Residual;
                Assert.True(residual >= reference.Sweep() - 1e-12);
                var solution = solver.ReadSolution();
                for (int p = 0; p < game.PlayerCount; p++)
                    for (int row = 0; row < reference.Rows; row++)
                    {
                        Assert.Equal(reference.Value(p, row), solution.Values[p].Data[row], 1e-11);
                        for (int a = 0; a < game.ActionCounts[p]; a++)
                            Assert.Equal(reference.Played[p][row][a], solution.Policies[p].Row(row / 3, row % 3)[a], 1e-11);
                        for (int j = 0; j < game.JointActionCount; j++)
                            Assert.Equal(reference.Conditional(p, row, j), solution.Arrays[$"conditional_policy.player_{p}"].Data[(row * game.JointActionCount) + j], 1e-11);
                    }
            }
        }
    }

    [Fact]
    public void ClimbingAtAUniformPrior_IsAsByHand()
    {
        // One sweep sets Q to the rewards; with alpha = 1 the model is the column sums of exp(R) and the played policy the row sums, over their total.
        var options = new RommeoQIteration.Options { Prior = OpponentPrior.Uniform };
        var outcome = NormalForm.Run(new RommeoQIteration(Climbing, options, WorkCrew.Alone()));
        Assert.Equal((SolveStatus.Converged, 2L), (outcome.Status, outcome.Iterations));
        double total = NormalForm.Climbing.Cast<double>().Sum(Math.Exp);
        Assert.Equal((Math.Exp(11) + Math.Exp(-30) + 1) / total, outcome.Solution.Policies[0].Row(0, 0)[0], 1e-12);
        Assert.Equal((Math.Exp(11) + Math.Exp(-30) + 1) / total, outcome.Solution.OpponentModels[0].Data[0], 1e-12);
        Assert.Equal(Math.Log(total / 3), outcome.Solution.Values[0].Data[0], 1e-12);
    }

    [Fact]
    public void ClimbingWithALearnedPrior_FindsTheBestJointAction()
    {
        // Model and prior sharpen each other, so that the limit is pure: (A, A) = 11, the game's best and a Nash equilibrium. The learner of Tian et al. 2019, Fig. 1b, ends at
        // P(A, A) = .98 and a reward of 10.92 (100 trials, digitised), still on its way there.
        var outcome = NormalForm.Run(new RommeoQIteration(Climbing, new RommeoQIteration.Options(), WorkCrew.Alone()));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(1, outcome.Solution.Policies[0].Row(0, 0)[0], 1e-4);
        var certificate = new NashCertificate(Climbing).Measure(outcome.Solution.Policies, CancellationToken.None);
        Assert.InRange(certificate.Values[0], 10.92, 11);
    }

    [Fact]
    public void OnePlayer_IsSoftValueIterationAndColdOnesAreGreedy()
    {
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1).BuildDiscounted(.5);
        double Value(double temperature) => NormalForm.Run(new RommeoQIteration(game, new RommeoQIteration.Options { Temperature = temperature }, WorkCrew.Alone())).Solution.Values[0].Data[0];
        Assert.Equal(2 * Math.Log(1 + Math.E), Value(1), 1e-9); // V = log(e^(1 + V/2) + e^(V/2))
        Assert.Equal(2, Value(1e-6), 1e-5); // 1 for ever at discount 1/2
    }

    [Fact]
    public void FixedPrior_ContractsInEveryGame()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 4, 3, null, Discount: .8), 3);
        var solver = new RommeoQIteration(game, new RommeoQIteration.Options { Prior = OpponentPrior.Uniform, Damping = .5 }, WorkCrew.Alone());
        Assert.Equal(SolveStatus.Converged, NormalForm.Run(solver).Status);
        var bound = solver.ReadBounds()["soft_bellman_contraction"];
        Assert.True(bound.PremiseHolds);
        Assert.Equal(.9, bound.Value, 12);
        Assert.InRange(bound.Measured, .5, .9 + 1e-6);
        Assert.False(solver.ReadBounds()["rommeo_theorem_3"].PremiseHolds);
    }

    [Fact]
    public void Answer_StartedFrom_EndsAtOnce()
    {
        for (int kind = 0; kind < 4; kind++)
        {
            var game = RandomGames.Create(new RandomGameShape(2, 3, 3, kind < 2 ? 3 : null, Discount: .8, IllegalActions: true), (ulong)kind);
            var options = new RommeoQIteration.Options { Prior = kind % 2 == 0 ? OpponentPrior.Uniform : OpponentPrior.LastPolicy, Tolerance = 1e-9 };
            var outcome = NormalForm.Run(new RommeoQIteration(game, options, WorkCrew.Alone()));
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            var again = new RommeoQIteration(game, options, WorkCrew.Alone());
            again.Start(outcome.Solution);
            var second = NormalForm.Run(again);
            Assert.InRange(second.Iterations, 1, kind % 2 == 0 ? 3 : outcome.Iterations);
            Assert.Equal(outcome.Solution.Policies[0].Row(0, 0)[0], second.Solution.Policies[0].Row(0, 0)[0], 1e-7);
        }
    }

    [Fact]
    public void Prior_FromData_IsReadCheckedAndWritten()
    {
        using var data = JsonDocument.Parse("[[0.5, 0.25, 0.25], [[0, 0, 1]]]");
        var faults = new FaultList();
        var prior = OpponentPrior.Parse(data.RootElement, "options.prior", faults);
        Assert.Equal(0, faults.Count);
        Assert.Equal("[[[0.5,0.25,0.25]],[[0,0,1]]]", prior.ToJson().ToJsonString());
        using var written = JsonDocument.Parse(prior.ToJson().ToJsonString());
        Assert.Equal(prior, OpponentPrior.Parse(written.RootElement, "options.prior", faults));
        var solution = NormalForm.Run(new RommeoQIteration(Climbing, new RommeoQIteration.Options { Prior = prior }, WorkCrew.Alone())).Solution;
        Assert.Equal([0, 0, 1], solution.OpponentModels[0].Data); // player_0 knows that the other plays C
        Assert.Equal(Math.Exp(6) / (1 + Math.Exp(6) + Math.Exp(5)), solution.Policies[0].Row(0, 0)[1], 1e-12);
        var wrong = OpponentPrior.Of([[.5, .6, 0]], [[1, 0, 0], [1, 0, 0]]);
        var error = Assert.Throws<VsgGymException>(() => new RommeoQIteration(Climbing, new RommeoQIteration.Options { Prior = wrong }, WorkCrew.Alone()));
        Assert.Equal(["options.prior[0][0]", "options.prior[1]"], error.Faults.Select(fault => fault.Path));
    }

    [Theory]
    [InlineData("\"unifrm\"", "out_of_range")]
    [InlineData("3", "wrong_type")]
    [InlineData("[3]", "wrong_type")]
    [InlineData("[[\"a\"]]", "wrong_type")]
    public void Prior_ThatIsNone_IsRefused(string json, string reason)
    {
        using var document = JsonDocument.Parse(json);
        var faults = new FaultList();
        OpponentPrior.Parse(document.RootElement, "options.prior", faults);
        Assert.Equal(reason, Assert.Throws<VsgGymException>(faults.ThrowIfAny).Faults[0].Reason);
    }

    [Fact]
    public void Step_AllocatesNothing() => Allocation.Check(new RommeoQIteration(
        RandomGames.Create(new RandomGameShape(3, 4, 3, null, IllegalActions: true), 1), new RommeoQIteration.Options(), WorkCrew.Alone()));

    [Fact]
    public void Threads_DoNotChangeABit()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 300, 3, null), 4);
        double[] Run(int threads) => [.. NormalForm.Run(new RommeoQIteration(game, new RommeoQIteration.Options { MaxIterations = 5 }, new WorkCrew(threads))).Solution.Values[1].Data];
        Assert.Equal(Run(1), Run(3));
    }

    [Fact]
    public void Diverging_KeepsTheLastFiniteAnswer()
    {
        var game = new StochasticGameBuilder(["player_0"], 1, [1]).SetReward(0, 0, 0, 1e308).AddTransition(0, 0, 0, 1).BuildDiscounted(.9);
        var outcome = NormalForm.Run(new RommeoQIteration(game, new RommeoQIteration.Options(), WorkCrew.Alone()));
        Assert.Equal(SolveStatus.Diverged, outcome.Status);
        Assert.True(outcome.Solution.Values[0].Data[0] is >= 1e308 and <= double.MaxValue);
    }

    /// <summary>The iteration by plain loops; [N][rows][joint action or own action].</summary>
    private sealed class Reference
    {
        private readonly StochasticGame _game;
        private readonly double _alpha, _damping;
        private readonly string _prior;
        private readonly double[][][] _q, _assumed;
        private readonly double[][] _values;
        private int _sweeps;

        public Reference(StochasticGame game, double alpha, double damping, string prior)
        {
            (_game, _alpha, _damping, _prior) = (game, alpha, damping, prior);
            Rows = (game.Horizon ?? 1) * game.StateCount;
            double[][][] Tables(Func<int, int> width) => [.. Enumerable.Range(0, game.PlayerCount).Select(p => Enumerable.Range(0, Rows).Select(_ => new double[width(p)]).ToArray())];
            _q = Tables(_ => game.JointActionCount);
            _assumed = Tables(p => game.ActionCounts[p]);
            Played = Tables(p => game.ActionCounts[p]);
            for (int p = 0; p < game.PlayerCount; p++)
                for (int row = 0; row < Rows; row++)
                    for (int a = 0; a < game.ActionCounts[p]; a++)
                        if (game.IsLegal(p, row % game.StateCount, a)) _assumed[p][row][a] = 1.0 / Enumerable.Range(0, game.ActionCounts[p]).Count(b => game.IsLegal(p, row % game.StateCount, b));
            _values = [.. Enumerable.Range(0, game.PlayerCount).Select(p => new double[Rows + game.StateCount])];
            for (int p = 0; p < game.PlayerCount; p++)
            {
                game.TerminalRewards(p).CopyTo(_values[p].AsSpan(Rows));
                for (int row = 0; row < Rows; row++) _values[p][row] = Value(p, row);
            }
        }

        public int Rows { get; }

        public double[][][] Played { get; }

        public double Sweep()
        {
            double defect = 0;
            _sweeps++;
            for (int t = (_game.Horizon ?? 1) - 1; t >= 0; t--)
            {
                int first = t * _game.StateCount, later = _game.Horizon is null ? 0 : first + _game.StateCount;
                for (int p = 0; p < _game.PlayerCount; p++)
                    for (int s = 0; s < _game.StateCount; s++)
                        for (int j = 0; j < _game.JointActionCount; j++)
                        {
                            int at = (s * _game.JointActionCount) + j;
                            double target = _game.Rewards(p)[at];
                            for (int k = _game.RowStarts[at]; k < _game.RowStarts[at + 1]; k++) target += _game.Discount * _game.Probabilities[k] * _values[p][later + _game.NextStates[k]];
                            if (_game.IsLegal(p, s, _game.ActionOf(p, j))) defect = Math.Max(defect, Math.Abs(target - _q[p][first + s][j]));
                            _q[p][first + s][j] += _damping * (target - _q[p][first + s][j]);
                        }

                for (int row = first; row < first + _game.StateCount; row++) Finish(row);
            }

            return defect;
        }

        public double Value(int p, int row) => Math.Log(Others(p).Sum(o => Weight(p, row, o)));

        public double Conditional(int p, int row, int j)
        {
            int o = j - (_game.ActionOf(p, j) * _game.Strides[p]);
            return _game.IsLegal(p, row % _game.StateCount, _game.ActionOf(p, j)) ? Math.Exp(_q[p][row][j] / _alpha) / Sum(p, row, o) : 0;
        }

        private void Finish(int row)
        {
            for (int p = 0; p < _game.PlayerCount; p++)
            {
                double total = Others(p).Sum(o => Weight(p, row, o));
                Array.Clear(Played[p][row]);
                for (int j = 0; j < _game.JointActionCount; j++)
                    Played[p][row][_game.ActionOf(p, j)] += Weight(p, row, j - (_game.ActionOf(p, j) * _game.Strides[p])) / total * Conditional(p, row, j);
            }

            for (int p = 0; p < _game.PlayerCount; p++)
                for (int a = 0; a < _game.ActionCounts[p]; a++)
                    if (_prior != "uniform") _assumed[p][row][a] += (Played[p][row][a] - _assumed[p][row][a]) / (_prior == "last_policy" ? 1 : _sweeps + 1);
            for (int p = 0; p < _game.PlayerCount; p++) _values[p][row] = Value(p, row);
        }

        // The joint actions in which p plays its first.
        private IEnumerable<int> Others(int p) => Enumerable.Range(0, _game.JointActionCount).Where(j => _game.ActionOf(p, j) == 0);

        private double Weight(int p, int row, int o)
        {
            double prior = 1;
            for (int k = 0; k < _game.PlayerCount; k++)
                if (k != p) prior *= _assumed[k][row][_game.ActionOf(k, o)];
            return prior * Math.Pow(Sum(p, row, o), _alpha);
        }

        private double Sum(int p, int row, int o) => Enumerable.Range(0, _game.ActionCounts[p])
            .Where(a => _game.IsLegal(p, row % _game.StateCount, a)).Sum(a => Math.Exp(_q[p][row][o + (a * _game.Strides[p])] / _alpha));
    }

    [Fact]
    public void FaultyPriorRow_IsNamedOnce_AndEndlessNumbersWhereTheyAreRead()
    {
        // One row for all three states, of a game with illegal actions, where every state checks it.
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 3, [2, 2]).Forbid(0, 1, 0);
        var wrong = OpponentPrior.Of([[.5, .6]], [[.5, .5]]);
        var fault = Assert.Single(Assert.Throws<VsgGymException>(() => new RommeoQIteration(builder.BuildDiscounted(.5), new RommeoQIteration.Options { Prior = wrong }, WorkCrew.Alone())).Faults);
        Assert.Equal(("options.prior[0][0]", "0.5, 0.6", "bad_sum"), (fault.Path, fault.Value, fault.Reason));
        foreach (string id in (string[])["rommeo_q_iteration", "zero_sum_inference"])
        {
            fault = Assert.Single(Assert.Throws<VsgGymException>(() => SolverCase.Entries.Solvers[id].ResolveOptions("""{"prior": [[1e400, 0], [0.5, 0.5]]}""", "options")).Faults);
            Assert.Equal(("options.prior[0]", "[1e400, 0]", "not_finite"), (fault.Path, fault.Value, fault.Reason));
        }
    }
}
