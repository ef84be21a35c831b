using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Tables of about 10^6 rows in few states, each built once.</summary>
internal static class WideGames
{
    // What the solvers take whose work on a state grows faster than its joint actions: actions of each player, discounted and over three times.
    private static readonly Dictionary<string, (int Discounted, int Horizon)> Largest = new(StringComparer.Ordinal)
    {
        ["ce_q"] = (55, 55), // 2^26 numbers of the linear program
        ["correlated_lp"] = (55, 55),
        ["logit_qre"] = (1998, 665), // 4000 unknowns
        ["nash_q"] = (9, 9), // 50000 pairs of action sets
    };

    private static readonly Dictionary<(WideShape, int, bool, bool, bool), StochasticGame> Built = [];

    /// <summary>Every shape for every solver of tables; the largest stages for those that name one.</summary>
    public static TheoryData<string, string, WideShape> All()
    {
        var all = new TheoryData<string, string, WideShape>();
        foreach (object[] row in SolverCase.All())
        {
            var (id, form) = ((string)row[0], (string)row[1]);
            if (!SolverCase.Of(id, form).IsOfTables) continue;
            foreach (var shape in Enum.GetValues<WideShape>())
                if (shape != WideShape.LargestStage || Largest.ContainsKey(id)) all.Add(id, form, shape);
        }

        return all;
    }

    /// <summary>The table for a solver.</summary>
    public static StochasticGame Of(SolverCase solver, string form, WideShape shape)
    {
        var (discounted, overTimes) = Largest.GetValueOrDefault(solver.Entry.Id);
        return Of(solver.Needs, form == "horizon" ? 3 : null, shape, form == "horizon" ? overTimes : discounted);
    }

    /// <summary>A table of a shape.</summary>
    public static StochasticGame Of(Needs needs, int? horizon, WideShape shape, int largest = 0)
    {
        bool own = needs.HasFlag(Needs.OwnPlaces) && shape != WideShape.TwentyPlayers;
        var kept = shape == WideShape.TwentyPlayers ? Needs.Nothing : needs & (Needs.ZeroSum | Needs.OwnPlaces);
        lock (Built)
        {
            if (Built.TryGetValue((shape, largest, horizon is null, kept.HasFlag(Needs.ZeroSum), own), out var built)) return built;
            var (players, states, actions) = shape switch
            {
                WideShape.OneState => (2, 1, 1000),
                WideShape.TenStates => own ? (2, 9, 333) : (2, 10, 300),
                WideShape.TwentyPlayers => (20, 1, 2),
                _ => (2, 1, largest),
            };
            return Built[(shape, largest, horizon is null, kept.HasFlag(Needs.ZeroSum), own)] = ConformanceGames.Table(kept, players, states, actions, horizon, ends: false);
        }
    }
}
