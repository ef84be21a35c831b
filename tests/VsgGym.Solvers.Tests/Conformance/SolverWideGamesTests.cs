using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Solvers and metrics on tables of 10^6 rows in one state or a few: each can be cancelled at any moment, or says that it does not take such a table.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class SolverWideGamesTests
{
    private const int Tries = 4; // at each moment: a busy machine may hold up one

    // Shapes that a solver does not take, with the reason of the refusal.
    private static readonly Dictionary<(string Solver, WideShape Shape), string> Refused = new()
    {
        [("ce_q", WideShape.OneState)] = "out_of_memory",
        [("ce_q", WideShape.TenStates)] = "out_of_memory",
        [("correlated_lp", WideShape.OneState)] = "out_of_memory",
        [("correlated_lp", WideShape.TenStates)] = "out_of_memory",
        [("fmq", WideShape.TenStates)] = "too_many_states",
        [("mge_fb", WideShape.TwentyPlayers)] = "not_factored",
        [("nash_q", WideShape.OneState)] = "game_too_large",
        [("nash_q", WideShape.TenStates)] = "game_too_large",
        [("nash_q", WideShape.TwentyPlayers)] = "wrong_players",
        [("shapley", WideShape.TwentyPlayers)] = "wrong_players",
        [("zero_sum_inference", WideShape.TwentyPlayers)] = "wrong_players",
    };

    // Shapes that are refused in one form only.
    private static readonly Dictionary<(string Solver, string Form, WideShape Shape), string> RefusedInForm = new()
    {
        [("correlated_inference", "horizon", WideShape.TwentyPlayers)] = "out_of_memory",
        [("logit_qre", "discount", WideShape.TenStates)] = "game_too_large",
        [("logit_qre", "horizon", WideShape.OneState)] = "game_too_large",
        [("logit_qre", "horizon", WideShape.TenStates)] = "game_too_large",
    };

    public static TheoryData<string, string, WideShape> All() => WideGames.All();

    public static TheoryData<string, string, WideShape> Metrics()
    {
        var all = new TheoryData<string, string, WideShape>();
        foreach (var (id, entry) in SolverCase.Entries.Metrics)
        {
            if (entry.Subject != typeof(StochasticGame)) continue;
            foreach (string form in (string[])["discount", "horizon"])
                foreach (var shape in (WideShape[])[WideShape.OneState, WideShape.TenStates, WideShape.TwentyPlayers]) all.Add(id, form, shape);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task CancelledSolve_EndsSoonOrWasRefused(string id, string form, WideShape shape)
    {
        var solver = SolverCase.Of(id, form);
        var game = WideGames.Of(solver, form, shape);
        if (Refused.TryGetValue((id, shape), out string? reason) || RefusedInForm.TryGetValue((id, form, shape), out reason))
        {
            Assert.Equal(reason, Assert.Throws<VsgGymException>(() => solver.Create(game)).Faults[0].Reason);
            await EndsSoon($"{id}, {form}, {shape}", token => Refuse(solver, game, token));
            return;
        }

        var warm = new Solution { Policies = PolicyProfile.Uniform(game) };
        IAlgorithm? algorithm = null;
        bool starts = false;
        await EndsSoon($"{id}, {form}, {shape}", token =>
        {
            algorithm = null;
            algorithm = solver.Create(game, cancellationToken: token);
            if (starts = !starts) ((IWarmStart)algorithm).Start(warm, token); // every other solve starts warm
            while (!token.IsCancellationRequested) algorithm.Step(token);
        });
        if (algorithm is null) return; // cancelled before there was one
        var answer = algorithm.ReadSolution(new CancellationToken(canceled: true)).Policies;
        for (int p = 0; p < game.PlayerCount; p++)
            for (int s = 0; s < game.StateCount; s++) Assert.True(Simplex.IsDistribution(answer[p].Row(0, s)));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public async Task CancelledMeasurement_EndsSoon(string id, string form, WideShape shape)
    {
        var game = WideGames.Of(Needs.Nothing, form == "horizon" ? 3 : null, shape);
        var metric = SolverCase.Entries.CreateMetric(id, game, crew: new WorkCrew(2));
        var profile = PolicyProfile.Uniform(game);
        await EndsSoon($"{id}, {form}, {shape}", token => metric.Measure(profile, token));
    }

    private static async Task EndsSoon(string what, Action<CancellationToken> work)
    {
        var random = RandomStream.Create(5).Fork(what);
        int earliest = 0;
        foreach (int latest in (int[])[30, 150, 600])
        {
            int delay = earliest + random.NextInt32(latest - earliest);
            double best = double.PositiveInfinity;
            for (int k = 0; k < Tries && best > CancelledWork.Soon; k++)
            {
                GC.Collect(); // what was made before does not hold up what is made now
                best = Math.Min(best, await CancelledWork.TimeToEnd(work, delay));
            }

            Assert.True(best <= CancelledWork.Soon, $"{what}: cancelled after {delay} ms, ended {best} ms later");
            earliest = latest;
        }
    }

    private static void Refuse(SolverCase solver, StochasticGame game, CancellationToken cancellationToken)
    {
        try
        {
            solver.Create(game, cancellationToken: cancellationToken);
        }
        catch (VsgGymException)
        {
            // As it should be; some premises take a while to read.
        }
    }
}
