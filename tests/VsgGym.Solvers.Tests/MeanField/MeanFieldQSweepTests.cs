using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Mean-field Q-learning against a slow reference on random games, in its limits, from an earlier answer, cancelled, on several threads.</summary>
public sealed class MeanFieldQSweepTests
{
    public static TheoryData<MeanFieldUpdate> Updates => [.. Enum.GetValues<MeanFieldUpdate>()];

    [Theory]
    [MemberData(nameof(Updates))]
    public void RandomGames_AgreeWithTheSlowReference(MeanFieldUpdate update)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = RandomStream.Create(seed);
            var game = RandomMeanFieldGames.Create(random.Fork("game"), 2 + (int)(seed % 3), 2 + (int)(seed % 2), 4);
            var slow = new SlowPopulation(game);
            bool isAnswer = update is MeanFieldUpdate.Boltzmann or MeanFieldUpdate.RelativeEntropy;
            double damping = update == MeanFieldUpdate.FictitiousPlay ? 1 : .5;
            var prior = isAnswer ? Cube(game, RandomMeanFieldGames.Policy(random.Fork("prior"), game)) : slow.Uniform();
            var expected = prior;
            var solver = Solver(game, new MeanFieldQ.Options
            {
                Update = update,
                Damping = damping,
                Temperature = Schedule.Linear(.6, .3, 8),
                Prior = isAnswer ? PopulationPrior.Of(new ShapedArray([.. prior.Cast<double>()], 4, game.StateCount, game.ActionCount)) : PopulationPrior.Uniform,
            });
            for (int k = 0; k < 8; k++)
            {
                double eta = .6 + ((.3 - .6) * (k / 8.0));
                solver.Step(CancellationToken.None);
                var answer = isAnswer ? slow.Answer(expected, prior, eta, update == MeanFieldUpdate.RelativeEntropy) : slow.Response(expected);
                expected = update == MeanFieldUpdate.FictitiousPlay ? slow.Average(expected, answer, 1.0 / (k + 2)) : Mix(expected, answer, damping);
            }

            var solution = solver.ReadSolution();
            Assert.Equal(expected.Cast<double>(), solution.Policies[0].Probabilities.ToArray(), (x, y) => Math.Abs(x - y) < 1e-12);
            Assert.Equal(slow.Flow(expected).SelectMany(row => row), solution.Arrays["mean_field"].Data, (x, y) => Math.Abs(x - y) < 1e-12);
            var flow = MeanFieldFlow.Of(game, solution.Policies[0]);
            Assert.Equal(MeanFieldResponse.Evaluate(game, solution.Policies[0], flow).Values.Data, solution.Values[0].Data, (x, y) => Math.Abs(x - y) < 1e-12);
        }
    }

    [Fact]
    public void WithoutTheOthers_ItIsSoftValueIteration()
    {
        // One action pays 1, the other leads to a state where both pay 2; nobody minds the others: V = log of the mean of exp over ways.
        var game = new LinearMeanFieldGame(new LinearMeanFieldTables
        {
            Horizon = 2,
            Rewards = new ShapedArray([1, 0, 2, 2], 2, 2),
            Transitions = new ShapedArray([1, 0, 0, 1, 0, 1, 0, 1], 2, 2, 2),
            Initial = new ShapedArray([1, 0], 2),
        });
        var outcome = NormalForm.Run(Solver(game, new MeanFieldQ.Options()));
        Assert.Equal((SolveStatus.Converged, 1L), (outcome.Status, outcome.Iterations)); // the flow changes nothing
        double stay = Math.E * ((Math.E + 1) / 2), go = Math.E * Math.E; // exp of the reward times exp of the soft value
        Assert.Equal(stay / (stay + go), outcome.Solution.Policies[0].Row(0, 0)[0], 14);
        Assert.Equal(Math.E / (Math.E + 1), outcome.Solution.Policies[0].Row(1, 0)[0], 14);
    }

    [Theory]
    [InlineData(MeanFieldUpdate.Boltzmann)]
    [InlineData(MeanFieldUpdate.RelativeEntropy)]
    public void Cold_TheAnswerIsABestResponse(MeanFieldUpdate update)
    {
        var game = RandomMeanFieldGames.Create(RandomStream.Create(3), 3, 3, 4);
        MeanFieldQ cold = Solver(game, new MeanFieldQ.Options { Update = update, Temperature = Schedule.Constant(1e-9) }), hard = Solver(game, new MeanFieldQ.Options { Update = MeanFieldUpdate.BestResponse });
        for (int k = 0; k < 5; k++)
        {
            cold.Step(CancellationToken.None);
            hard.Step(CancellationToken.None);
            Assert.Equal(hard.ReadSolution().Policies[0].Probabilities.ToArray(), cold.ReadSolution().Policies[0].Probabilities.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public void WarmStart_AtTheAnswer_EndsAtOnce(MeanFieldUpdate update)
    {
        // Fictitious play and best responses come close to the answer of a game with a pure equilibrium only.
        var game = update is MeanFieldUpdate.Boltzmann or MeanFieldUpdate.RelativeEntropy
            ? RandomMeanFieldGames.Create(RandomStream.Create(5), 3, 2, 3)
            : new LinearMeanFieldGame(new LinearMeanFieldTables
            {
                Horizon = 2,
                Rewards = new ShapedArray([1, 0, 2, 2], 2, 2),
                Transitions = new ShapedArray([1, 0, 0, 1, 0, 1, 0, 1], 2, 2, 2),
                Initial = new ShapedArray([1, 0], 2),
            });
        var options = new MeanFieldQ.Options { Update = update, Temperature = Schedule.Constant(3), Tolerance = update == MeanFieldUpdate.FictitiousPlay ? .01 : 1e-10 };
        var first = NormalForm.Run(Solver(game, options));
        Assert.Equal(SolveStatus.Converged, first.Status);
        var again = Solver(game, options);
        again.Start(first.Solution);
        var second = NormalForm.Run(again);
        Assert.Equal((SolveStatus.Converged, 1L), (second.Status, second.Iterations));
        Assert.Equal(first.Solution.Policies[0].Probabilities.ToArray(), second.Solution.Policies[0].Probabilities.ToArray(), (x, y) => Math.Abs(x - y) < 1e-9);
        var uniform = NormalForm.Run(Solver(game, options));
        Assert.True(first.Iterations > 1 || update == MeanFieldUpdate.BestResponse, $"{first.Iterations} iterations");
        Assert.Equal(first.Solution.Policies[0].Probabilities.ToArray(), uniform.Solution.Policies[0].Probabilities.ToArray()); // the same bits twice
    }

    [Fact]
    public void WarmStart_OfPriorDescent_TakesThePolicyAsItsPrior()
    {
        var game = new Games.LeftRight(new Games.LeftRight.Options()).MeanField;
        var solver = Solver(game, new MeanFieldQ.Options { Prior = PopulationPrior.LastPolicy, Tolerance = 1e-9 });
        solver.Start(new Solution { Policies = new PolicyProfile(game, MeanFieldPolicies.Mixed(game, 2.0 / 3, 1.0 / 3)) });
        Assert.Equal(IterationState.Converged, solver.Step(CancellationToken.None).State);
    }

    [Fact]
    public void KeptTransitions_GiveWhatAskedOnesGive()
    {
        var kept = Ring(new double[15 * 5], null);
        var asked = Ring(new double[15 * 5], new ShapedArray(new double[15 * 5 * 5], 5, 3, 5, 5));
        Assert.Equal((false, true), (kept.TransitionsDependOnPopulation, asked.TransitionsDependOnPopulation));
        foreach (var update in Enum.GetValues<MeanFieldUpdate>())
        {
            var options = new MeanFieldQ.Options { Update = update, MaxIterations = 7, Temperature = Schedule.Constant(.3) };
            Solution sparse = NormalForm.Run(Solver(kept, options)).Solution, dense = NormalForm.Run(Solver(asked, options)).Solution;
            Assert.Equal(dense.Policies[0].Probabilities.ToArray(), sparse.Policies[0].Probabilities.ToArray(), (x, y) => Math.Abs(x - y) < 1e-14);
            Assert.Equal(dense.Values[0].Data, sparse.Values[0].Data, (x, y) => Math.Abs(x - y) < 1e-14);
        }

        Assert.True(MeanFieldQ.EstimateBytes(kept, new MeanFieldQ.Options()) > MeanFieldQ.EstimateBytes(asked, new MeanFieldQ.Options()));
    }

    [Fact]
    public void EveryNumberOfThreads_GivesTheSameBits()
    {
        var game = new Games.Crowd(new Games.Crowd.Options { Size = 200, Horizon = 6 }).MeanField;
        var options = new MeanFieldQ.Options { MaxIterations = 5, Temperature = Schedule.Constant(.5) };
        var alone = NormalForm.Run(new MeanFieldQ(game, options, new WorkCrew(1)));
        var crew = NormalForm.Run(new MeanFieldQ(game, options, new WorkCrew(3)));
        Assert.Equal(alone.Solution.Policies[0].Probabilities.ToArray(), crew.Solution.Policies[0].Probabilities.ToArray());
        Assert.Equal(alone.Trace.Rows.Data, crew.Trace.Rows.Data);
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public void Step_AllocatesNothing(MeanFieldUpdate update)
    {
        var prior = update == MeanFieldUpdate.Boltzmann ? PopulationPrior.LastPolicy : PopulationPrior.Uniform;
        Allocation.Check(Solver(RandomMeanFieldGames.Create(RandomStream.Create(1), 4, 3, 3), new MeanFieldQ.Options { Update = update, Prior = prior }));
        Allocation.Check(Solver(Ring(new double[75], null), new MeanFieldQ.Options { Update = update, Prior = prior }));
    }

    [Fact]
    public void ACancelledSweep_StopsAtItsState()
    {
        using var source = new CancellationTokenSource();
        var game = new Interrupting(source);
        var solver = Solver(game, new MeanFieldQ.Options());
        Assert.Throws<OperationCanceledException>(() => solver.Step(source.Token));
        Assert.Equal(100, game.Asked);
    }

    [Fact]
    public void NumbersThatLeaveTheRange_Diverge()
    {
        var game = new LinearMeanFieldGame(new LinearMeanFieldTables
        {
            Horizon = 3,
            Rewards = new ShapedArray([1e308, 0], 1, 2),
            Transitions = new ShapedArray([1, 1], 1, 2, 1),
            Initial = new ShapedArray([1], 1),
        });
        var outcome = NormalForm.Run(Solver(game, new MeanFieldQ.Options()));
        Assert.Equal(SolveStatus.Diverged, outcome.Status);
        Assert.Empty(outcome.Solution.Values); // the policy is finite, its values are not
    }

    private static LinearMeanFieldGame Ring(double[] rewardTerms, ShapedArray? transitionTerms)
    {
        var transitions = new double[75];
        for (int row = 0; row < 15; row++)
        {
            transitions[(row * 5) + (((row / 3) + (row % 3)) % 5)] += .75;
            transitions[(row * 5) + (row / 3)] += .25;
        }

        for (int row = 0; row < 15; row++) rewardTerms[(row * 5) + (row / 3)] = -1;
        return new LinearMeanFieldGame(new LinearMeanFieldTables
        {
            Horizon = 4,
            Rewards = new ShapedArray([.. Enumerable.Range(0, 15).Select(row => row % 4 / 4.0)], 5, 3),
            RewardTerms = new ShapedArray(rewardTerms, 5, 3, 5),
            Transitions = new ShapedArray(transitions, 5, 3, 5),
            TransitionTerms = transitionTerms,
            Initial = new ShapedArray([.2, .2, .2, .2, .2], 5),
        });
    }

    private static MeanFieldQ Solver(MeanFieldGame game, MeanFieldQ.Options options) => new(game, options, WorkCrew.Alone());

    private static double[,,] Cube(MeanFieldGame game, TabularPolicy policy)
    {
        var cube = new double[game.Horizon, game.StateCount, game.ActionCount];
        for (int i = 0; i < cube.Length; i++)
            cube[i / (game.StateCount * game.ActionCount), i / game.ActionCount % game.StateCount, i % game.ActionCount] = policy.Probabilities[i];
        return cube;
    }

    private static double[,,] Mix(double[,,] from, double[,,] to, double weight)
    {
        var mixed = (double[,,])from.Clone();
        for (int t = 0; t < mixed.GetLength(0); t++)
            for (int s = 0; s < mixed.GetLength(1); s++)
                for (int a = 0; a < mixed.GetLength(2); a++) mixed[t, s, a] += weight * (to[t, s, a] - from[t, s, a]);
        return mixed;
    }

    /// <summary>Cancels when its hundredth reward is asked for.</summary>
    private sealed class Interrupting(CancellationTokenSource source) : MeanFieldGame(new MeanFieldShape
    {
        StateLabels = [.. Enumerable.Range(0, 1000).Select(s => $"{s}")],
        ActionLabels = ["only"],
        Horizon = 3,
        Initial = [1, .. new double[999]],
    })
    {
        public int Asked { get; private set; }

        public override double LowestReward => 0;

        public override double HighestReward => 0;

        public override double Reward(int time, int state, int action, ReadOnlySpan<double> population)
        {
            if (++Asked == 100) source.Cancel();
            return 0;
        }

        public override void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next)
        {
            next.Clear();
            next[state] = 1;
        }
    }
}
