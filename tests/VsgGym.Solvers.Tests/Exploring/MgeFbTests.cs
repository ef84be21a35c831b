using VsgGym.Core;
using VsgGym.Games;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>MGE-FB against the driving scene's story, Gambit, MGE-F, the joint table, and by hand.</summary>
public sealed class MgeFbTests
{
    // Etesami and Straehle 2020, section 7: by the most probable actions all cars stop before the zebra crossing while the pedestrian
    // walks, then car 2 drives, then cars 1 and 3, all by shortest routes. The layout is a substitute for the unpublished one; the weight of a step decides nothing.
    [Theory]
    [InlineData(.2)]
    [InlineData(.5)]
    [InlineData(.8)]
    public void DrivingScene_CarsWaitForThePedestrian_ThenGoInTheOrder2_1_3_ByShortestRoutes(double damping)
    {
        var game = new Driving(new Driving.Options()).Table;
        var outcome = NormalForm.Run(new MgeFb(game, new MgeFb.Options { Damping = damping }));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        int state = game.Initial.IndexOf(1.0);
        string[] seen = [.. Enumerable.Range(0, 8).Select(t => Visit(game, outcome.Solution.Policies, t, ref state))];
        string[] story =
        [
            "car_1 (2, 3), car_2 (2, 0), car_3 (2, 4), pedestrian (1, 0)",
            "car_1 (2, 2), car_2 (2, 0), car_3 (2, 4), pedestrian (1, 1)",
            "car_1 (2, 2), car_2 (2, 1), car_3 (2, 4), pedestrian gone",
            "car_1 (2, 1), car_2 (1, 1), car_3 (2, 3), pedestrian gone",
            "car_1 (1, 1), car_2 gone, car_3 (2, 2), pedestrian gone",
            "car_1 gone, car_2 gone, car_3 (2, 1), pedestrian gone",
            "car_1 gone, car_2 gone, car_3 (1, 1), pedestrian gone",
            "car_1 gone, car_2 gone, car_3 gone, pedestrian gone",
        ];
        Assert.Equal(story, seen);
    }

    // Gambit's logit correspondence of A = [[1,1],[0,1]], B = [[1,1],[2,1]] (gambit-logit): one place each, one decision.
    [Theory]
    [InlineData(1, .642979, .588319)]
    [InlineData(2, .772677, .611743)]
    [InlineData(3, .859537, .603816)]
    public void OneShot_AtGambitsLambda_IsTheLogitEquilibrium(double lambda, double row, double column)
    {
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } });
        var outcome = NormalForm.Run(new MgeFb(game, new MgeFb.Options { InverseTemperature = lambda, Damping = .5 }));
        Assert.Equal("tolerance", outcome.StopReason);
        Assert.Equal(row, outcome.Solution.Policies[0].Probabilities[0], 1e-6);
        Assert.Equal(column, outcome.Solution.Policies[1].Probabilities[0], 1e-6);
    }

    [Fact]
    public void Steps_ByHand()
    {
        // Action 0 pays 1; the same action as the other costs mu = 2, here a game weight of 1 times an option of 2.
        var game = NormalForm.Create(new double[,] { { 0, 1 }, { 0, -1 } }, new double[,] { { 0, 0 }, { 1, -1 } });
        var solver = new MgeFb(game, new MgeFb.Options { InteractionWeights = [2, 2] });
        double First(int player) => solver.ReadSolution().Policies[player].Probabilities[0];
        Assert.Equal(.5, First(0), 15);
        Assert.Equal(1, solver.Step(CancellationToken.None).Residual, 15); // Q = (1 - 2 / 2, 0 - 2 / 2)
        double p = Math.E / (1 + Math.E);
        Assert.Equal(p, First(0), 12);
        solver.Step(CancellationToken.None);
        double q0 = 1 - (2 * p), q1 = 0 - (2 * (1 - p)); // answers the other's first move
        Assert.Equal(1 / (1 + Math.Exp(q1 - q0)), First(0), 12);
        Assert.Equal(1 / (1 + Math.Exp(q1 - q0)), First(1), 12);
    }

    [Fact]
    public void RandomGames_ConvergeToTheExpectationsOfTheJointTable()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            bool chance = seed % 2 == 1;
            var drawn = new PlaceGames(seed, 2 + (int)(seed % 2), 3, chance, 1, .3);
            var kind = (ValueOperator)(seed % 3);
            var options = new MgeFb.Options { Tolerance = 1e-12, Damping = .7, ValueOperator = kind, Places = drawn.Places };
            var outcome = NormalForm.Run(new MgeFb(drawn.Table, options));
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            CheckAgainstTheJointTable(drawn, outcome.Solution, kind);
        }
    }

    [Fact]
    public void WithoutMeetings_AndWithOnePlayer_ThePoliciesAreThoseOfMgeF()
    {
        var drawn = new PlaceGames(4, 3, 3, false, 1, 0);
        Check(drawn.Table, new MgeFb.Options { Places = drawn.Places });
        Check(RandomGames.Create(new RandomGameShape(1, 5, 3, 4, IllegalActions: true), 7), new MgeFb.Options());
        static void Check(StochasticGame game, MgeFb.Options options)
        {
            var occupancy = NormalForm.Run(new MgeFb(game, options)).Solution;
            var full = NormalForm.Run(new MgeF(game, new MgeF.Options())).Solution;
            for (int p = 0; p < game.PlayerCount; p++)
            {
                Near(full.Policies[p].Probabilities, occupancy.Policies[p].Probabilities, 1e-9);
                Near(full.Values[p].Data, occupancy.Values[p].Data, 1e-9);
            }
        }
    }

    [Fact]
    public void Occupancies_StartAtThePlaceAndKeepTheirSum()
    {
        var game = new Driving(new Driving.Options()).Table;
        var arrays = NormalForm.Run(new MgeFb(game, new MgeFb.Options { Damping = .5 })).Solution.Arrays;
        Assert.Equal(8, arrays.Count);
        var occupancy = arrays["occupancy.pedestrian"];
        Assert.Equal([11, 3], occupancy.Shape.ToArray());
        Assert.Equal(1, occupancy.Data[(int)arrays["places.pedestrian"].Data[game.Initial.IndexOf(1.0)]]);
        for (int t = 0; t <= 10; t++) Assert.Equal(1, occupancy.Data.AsSpan(t * 3, 3).ToArray().Sum(), 12);
    }

    [Fact]
    public void DiscountedGame_AndOptionsThatDoNotFit_AreRefused()
    {
        Assert.Contains("use mge_i", Assert.Throws<VsgGymException>(() => new MgeFb(NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing, .9), new MgeFb.Options())).Message, StringComparison.Ordinal);
        var options = new MgeFb.Options { InteractionWeights = [1], Places = [[0], [1]] };
        var error = Assert.Throws<VsgGymException>(() => new MgeFb(NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing), options));
        Assert.Equal(["options.interaction_weights", "options.places[1]"], error.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Step_AtAnEquilibrium_IsAFixedPoint()
    {
        double[,] pennies = { { 1, -1 }, { -1, 1 } }, minus = { { -1, 1 }, { 1, -1 } };
        Assert.Equal(new IterationReport(1, 0, IterationState.Converged), new MgeFb(NormalForm.Create(pennies, minus), new MgeFb.Options()).Step(CancellationToken.None));
    }

    [Fact]
    public void Start_FromItsAnswer_EndsAtOnceAndThere()
    {
        var game = new Driving(new Driving.Options()).Table;
        var options = new MgeFb.Options { Damping = .5, Tolerance = 1e-8 };
        var cold = NormalForm.Run(new MgeFb(game, options));
        var again = new MgeFb(game, options);
        again.Start(cold.Solution);
        var warm = NormalForm.Run(again);
        Assert.InRange(warm.Iterations, 1, cold.Iterations / 4);
        Near(cold.Solution.Policies[2].Probabilities, warm.Solution.Policies[2].Probabilities, 1e-6);
    }

    [Fact]
    public void Step_AllocatesNothing_AndGivesTheSameBitsTwice()
    {
        var drawn = new PlaceGames(5, 3, 4, true, 1, .5);
        var options = new MgeFb.Options { Damping = .5, MaxIterations = 30, Places = drawn.Places };
        Allocation.Check(new MgeFb(drawn.Table, options));
        double[] Run() => NormalForm.Run(new MgeFb(drawn.Table, options)).Solution.Policies[0].Probabilities.ToArray();
        Assert.Equal(Run(), Run());
    }

    private static string Visit(StochasticGame game, PolicyProfile policies, int time, ref int state)
    {
        string label = game.StateLabels[state];
        if (time == game.Horizon) return label;
        int joint = 0;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            double[] row = policies[p].Row(time, state).ToArray();
            joint += Array.IndexOf(row, row.Max()) * game.Strides[p];
        }

        int start = game.RowStarts[(state * game.JointActionCount) + joint];
        state = start == game.RowStarts[(state * game.JointActionCount) + joint + 1] ? game.StateCount - 1 : game.NextStates[start]; // the last state: all have left
        return label;
    }

    // Q_i(x, a) by plain sums over the joint table: the others' places by the products of their occupancies, their actions by their policies.
    private static void CheckAgainstTheJointTable(PlaceGames drawn, Solution answer, ValueOperator kind)
    {
        var game = drawn.Table;
        int players = game.PlayerCount, states = game.StateCount;
        double[] joint = game.Initial.ToArray(); // the distribution of the joint state
        for (int t = 0; t < game.Horizon; t++)
        {
            var next = new double[states];
            for (int p = 0; p < players; p++)
            {
                foreach (int place in Enumerable.Range(0, states).Select(s => drawn.Place(p, s)).Distinct())
                    CheckPlace(drawn, answer, kind, p, place, t, joint);
            }

            for (int s = 0; s < states; s++)
                for (int j = 0; j < game.JointActionCount; j++)
                {
                    double weight = joint[s];
                    for (int p = 0; p < players; p++) weight *= answer.Policies[p].Row(t, s)[game.ActionOf(p, j)];
                    for (int k = game.RowStarts[(s * game.JointActionCount) + j]; k < game.RowStarts[(s * game.JointActionCount) + j + 1]; k++) next[game.NextStates[k]] += weight * game.Probabilities[k];
                }

            joint = next;
        }
    }

    private static void CheckPlace(PlaceGames drawn, Solution answer, ValueOperator kind, int player, int place, int time, double[] joint)
    {
        var game = drawn.Table;
        double mass = joint.Where((_, s) => drawn.Place(player, s) == place).Sum();
        if (mass < 1e-12) return;
        var q = new double[game.ActionCounts[player]];
        int any = 0;
        for (int s = 0; s < game.StateCount; s++)
        {
            if (drawn.Place(player, s) != place) continue;
            any = s;
            for (int j = 0; j < game.JointActionCount; j++)
            {
                if (!game.IsLegalJoint(s, j)) continue;
                double weight = joint[s] / mass, payoff = game.Rewards(player)[(s * game.JointActionCount) + j];
                for (int other = 0; other < game.PlayerCount; other++)
                    if (other != player) weight *= answer.Policies[other].Row(time, s)[game.ActionOf(other, j)];
                for (int k = game.RowStarts[(s * game.JointActionCount) + j]; k < game.RowStarts[(s * game.JointActionCount) + j + 1]; k++)
                    payoff += game.Probabilities[k] * Next(game, answer, player, time, game.NextStates[k]);
                q[game.ActionOf(player, j)] += weight * payoff;
            }
        }

        int[] legal = [.. Enumerable.Range(0, q.Length).Where(a => game.IsLegal(player, any, a))];
        double sum = legal.Sum(a => Math.Exp(q[a]));
        Assert.All(legal, a => Assert.Equal(Math.Exp(q[a]) / sum, answer.Policies[player].Row(time, any)[a], 1e-8));
        double value = kind == ValueOperator.Max ? legal.Max(a => q[a]) : kind == ValueOperator.LogSumExp ? Math.Log(sum) : legal.Sum(a => Math.Exp(q[a]) / sum * q[a]);
        Assert.Equal(value, answer.Values[player].Data[(time * game.StateCount) + any], 1e-8);
    }

    // The next value is the own place's: the others' meetings there count when their time comes.
    private static double Next(StochasticGame game, Solution answer, int player, int time, int state) => answer.Values[player].Data[((time + 1) * game.StateCount) + state];

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], tolerance);
    }

    [Fact]
    public void OnePlayer_Cold_IsBackwardInduction()
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1, 5, 4, 6, IllegalActions: true), seed);
            double[] expected = BestResponse.Solve(game, PolicyProfile.Uniform(game), 0).Values.Data;
            Near(expected, NormalForm.Run(new MgeFb(game, new MgeFb.Options { InverseTemperature = 1e7 })).Solution.Values[0].Data, 1e-6);
        }
    }
}
