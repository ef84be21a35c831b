using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Flow equilibria of tables: the graph of all ways, other methods' answers, residuals summed over all ways.</summary>
public sealed class FlowTableTests
{
    [Fact]
    public void OnePlayer_WithMovesThatAreSure_IsTheFlowThroughTheGraphOfAllWays()
    {
        // 3 states, 2 actions, 3 decisions: way w = (a_0, a_1, a_2) is an end with return exp(Ret), and nodes of equal (t, s) play alike whatever z.
        var random = RandomStream.Create(2);
        var builder = new StochasticGameBuilder(["player_0"], 3, [2]);
        var next = new int[6];
        var reward = new double[6];
        for (int row = 0; row < 6; row++)
        {
            (next[row], reward[row]) = (random.NextInt32(3), (4 * random.NextDouble()) - 2);
            builder.SetReward(0, row / 2, row % 2, reward[row]).AddTransition(row / 2, row % 2, next[row], 1);
        }

        for (int s = 0; s < 3; s++) builder.SetTerminalReward(0, s, s);
        var game = builder.WithInitial([1, 0, 0]).BuildFiniteHorizon(3);
        var edges = new List<FlowEdge>();
        var returns = new double[15];
        int[] state = new int[15], time = new int[15];
        var paid = new double[15];
        for (int node = 0; node < 7; node++)
            for (int a = 0; a < 2; a++)
            {
                int child = (2 * node) + 1 + a, row = (2 * state[node]) + a;
                edges.Add(new FlowEdge(node, child, a));
                (state[child], time[child], paid[child]) = (next[row], time[node] + 1, paid[node] + reward[row]);
                if (child >= 7) returns[child] = Math.Exp(paid[child] + state[child]);
            }

        var ways = new FlowGraph(new FlowTables { Edges = edges, Returns = new ShapedArray(returns, 1, 15) });
        var ofWays = NormalForm.Run(new FlowEquilibrium(ways, new FlowEquilibrium.Options())).Solution;
        var outcome = NormalForm.Run(new FlowEquilibrium(game, new FlowEquilibrium.Options()));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        for (int node = 0; node < 7; node++)
            Assert.Equal(ofWays.Policies[0].Row(0, node).ToArray(), outcome.Solution.Policies[0].Row(time[node], state[node]).ToArray(), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(ofWays.Arrays["log_flow"].Data[0], outcome.Solution.Values[0].Data[0], 1e-12); // log Z
        Assert.InRange(new FlowResidual(game).Measure(outcome.Solution.Policies, CancellationToken.None).Gap, 0, 1e-12);
    }

    [Fact]
    public void OneShotGame_IsTheLogitEquilibrium()
    {
        // Gambit's constant-sum game at lambda 1: P(row 1) = .642979, P(column 1) = .588319 (gambit-logit).
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } });
        var outcome = NormalForm.Run(new FlowEquilibrium(game, new FlowEquilibrium.Options()));
        Assert.Equal(.642979, outcome.Solution.Policies[0].Row(0, 0)[0], 6);
        Assert.Equal(.588319, outcome.Solution.Policies[1].Row(0, 0)[0], 6);
    }

    [Fact]
    public void RandomTables_AgreeWithTheSlowReference_AndNobodyGains()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 2), 3, 2, 2, RewardScale: .7, IllegalActions: seed % 4 >= 2), seed);
            var outcome = NormalForm.Run(new FlowEquilibrium(game, new FlowEquilibrium.Options { Damping = .7, Tolerance = 1e-13 }));
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            var certificate = new FlowResidual(game).Measure(outcome.Solution.Policies, CancellationToken.None);
            Assert.InRange(certificate.Bounds["variational_gap"].Measured, 0, 1e-11);
            for (int p = 0; p < game.PlayerCount; p++)
            {
                var (divergence, _) = Ways(game, outcome.Solution.Policies, p);
                Assert.Equal(divergence, certificate.GapPerPlayer[p], 1e-12);
            }
        }
    }

    [Fact]
    public void AnyProfile_HasTheResidualSummedOverAllWays()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2, 3, 2, 3, RewardScale: 2, IllegalActions: seed % 2 == 1), seed);
            var policies = RandomGames.Profile(game, seed, perTime: true);
            var certificate = new FlowResidual(game).Measure(policies, CancellationToken.None);
            for (int p = 0; p < 2; p++)
            {
                var (divergence, value) = Ways(game, policies, p);
                Assert.Equal(divergence, certificate.GapPerPlayer[p], 1e-11);
                Assert.Equal(value, certificate.Values[p], 1e-12);
            }

            Assert.Equal(certificate.GapPerPlayer.Max(), certificate.Gap);
            Assert.True(certificate.Bounds["variational_gap"].Measured > 0);
        }
    }

    [Fact]
    public void WarmStart_TakesFewerSweeps()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 4, 3, 3), 7);
        var first = NormalForm.Run(new FlowEquilibrium(game, new FlowEquilibrium.Options()));
        var again = new FlowEquilibrium(game, new FlowEquilibrium.Options());
        again.Start(first.Solution);
        var second = NormalForm.Run(again);
        Assert.Equal((SolveStatus.Converged, 3L), (second.Status, second.Iterations)); // one for each time
        Assert.True(first.Iterations > 10);
    }

    [Fact]
    public void Step_AllocatesNothing() =>
        Allocation.Check(new FlowEquilibrium(RandomGames.Create(new RandomGameShape(2, 4, 3, 3), 7), new FlowEquilibrium.Options { Damping = .01 }));

    [Fact]
    public void OtherKinds_AreRefusedAndTheirPremiseNamed()
    {
        var discounted = RandomGames.Create(new RandomGameShape(2, 3, 2, null, Discount: .5), 1);
        var population = new Games.LeftRight(new Games.LeftRight.Options()).MeanField;
        Assert.Equal(
            "solver = flow_equilibrium: needs a game with a horizon, whose ways end and have returns, and this one has discount 0.5",
            Assert.Throws<VsgGymException>(() => new FlowEquilibrium(discounted, new FlowEquilibrium.Options())).Message);
        Assert.Equal(
            "solver = flow_equilibrium: needs a flow graph or a stochastic game with a horizon and this is a mean-field game",
            Assert.Throws<VsgGymException>(() => new FlowEquilibrium(population, new FlowEquilibrium.Options())).Message);
        Assert.Equal(
            "concept = flow: needs a flow graph or a stochastic game with a horizon and this is a mean-field game",
            Assert.Throws<VsgGymException>(() => new FlowResidual(population)).Message);
    }

    // KL(P(tau) || p(tau) exp(Ret(tau)) / Z) and the expected return, over all ways.
    private static (double Divergence, double Value) Ways(StochasticGame game, PolicyProfile policies, int player)
    {
        double divergence = 0, value = 0, total = 0;
        void Walk(int time, int state, double own, double others, double ret)
        {
            if (time == game.Horizon || state < 0)
            {
                double end = ret + (state < 0 ? 0 : game.TerminalRewards(player)[state]);
                total += others * Math.Exp(end);
                if (own > 0) divergence += own * others * (Math.Log(own) - end);
                value += own * others * end;
                return;
            }

            for (int joint = 0; joint < game.JointActionCount; joint++)
            {
                if (!game.IsLegalJoint(state, joint)) continue;
                double mine = own, theirs = others;
                for (int p = 0; p < game.PlayerCount; p++)
                {
                    double probability = policies[p].Row(time, state)[game.ActionOf(p, joint)];
                    (mine, theirs) = p == player ? (mine * probability, theirs) : (mine, theirs * probability);
                }

                int row = (state * game.JointActionCount) + joint, start = game.RowStarts[row], end = game.RowStarts[row + 1];
                double paid = ret + game.Rewards(player)[row];
                if (start == end) Walk(time + 1, -1, mine, theirs, paid);
                for (int k = start; k < end; k++) Walk(time + 1, game.NextStates[k], mine, theirs * game.Probabilities[k], paid);
            }
        }

        for (int s = 0; s < game.StateCount; s++) Walk(0, s, 1, game.Initial[s], 0);
        return (divergence + Math.Log(total), value);
    }

    [Fact]
    public void RandomTables_HaveTheSlowReferencesPoliciesAndLogFlows()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 3, 3, 3, RewardScale: .5, IllegalActions: seed % 4 >= 2), seed);
            var solution = NormalForm.Run(new FlowEquilibrium(game, new FlowEquilibrium.Options { Damping = .7, Tolerance = 1e-13 })).Solution;
            var (policies, values) = new SlowReference(game).SolveHorizon("log_sum_exp", 1, .7, 1e-13, 20_000)!.Value;
            for (int t = 0; t < 3; t++)
                for (int p = 0; p < game.PlayerCount; p++)
                    for (int s = 0; s < 3; s++)
                    {
                        Assert.Equal(values[t][p][s], solution.Values[p].Data[(t * 3) + s], 1e-9);
                        for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(policies[t][p][s, a], solution.Policies[p].Row(t, s)[a], 1e-9);
                    }
        }
    }
}
