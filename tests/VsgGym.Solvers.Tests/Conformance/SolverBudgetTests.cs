using System.Globalization;
using System.Text.RegularExpressions;
using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>What every solver of the catalog may cost: time until a cancelled step ends, memory, and garbage.</summary>
public sealed partial class SolverBudgetTests
{
    private const int Delay = 40; // ms before the cancellation

    // Solvers that do not take a game of 10^6 rows, and the reason of the refusal.
    private static readonly Dictionary<string, string> TooLarge = new(StringComparer.Ordinal) { ["logit_qre"] = "out_of_memory" };

    // Solvers that may need more memory than these games take.
    private static readonly HashSet<string> EstimatesForTheWorst = new(StringComparer.Ordinal)
    {
        "mean_field_q", // how many states a move leads to is not known before it is asked for
    };

    // Solvers whose Step allocates.
    private static readonly HashSet<(string Solver, string Form)> Allocates =
    [
        ("fictitious_play", "discount"), // the exact best responses to new averages are solved in new tables
    ];

    public static TheoryData<string, string> All() => SolverCase.All();

    [Theory]
    [MemberData(nameof(All))]
    public async Task CancelledStep_OfAMillionRows_EndsSoon(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Huge();
        if (TooLarge.TryGetValue(id, out string? reason))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var error = Assert.Throws<VsgGymException>(() => solver.Create(game));
            Assert.Equal((ErrorKind.ResourceExhausted, reason), (error.Kind, Assert.Single(error.Faults).Reason));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            return;
        }

        await EndsSoon(solver, game);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void EstimateBytes_IsWithinAFactorOfFourOfWhatIsAllocated(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var game = solver.Middle();
        solver.Create(solver.Small()).Step(CancellationToken.None); // the first calls may compile
        double estimate = Estimate(solver, game);
        var uniform = new Solution { Policies = PolicyProfile.Uniform(game) };
        long start = GC.GetAllocatedBytesForCurrentThread();
        var algorithm = solver.Create(game);
        double made = GC.GetAllocatedBytesForCurrentThread() - start;
        start = GC.GetAllocatedBytesForCurrentThread();
        ((IWarmStart)algorithm).Start(uniform); // some tables come with it, or with the first step
        algorithm.Step(CancellationToken.None);
        double all = made + GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.True(estimate >= made / 4 && (estimate <= 4 * all || EstimatesForTheWorst.Contains(id)), $"{id}, {form}: estimated {estimate}, allocated {made}, with the first step {all}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LongestHorizon_IsRefusedBeforeAnythingIsAllocated(string id, string form)
    {
        if (form != "horizon") return;
        var solver = SolverCase.Of(id, form);
        int states = solver.Needs.HasFlag(Needs.OneState) ? 1 : 10_000;
        var game = ConformanceGames.Table(solver.Needs, 2, states, states == 1 ? 1000 : 4, StochasticGameBuilder.MaximumHorizon);
        Assert.True(Estimate(solver, game) > 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<VsgGymException>(() => solver.Create(game));
        Assert.Equal(ErrorKind.ResourceExhausted, error.Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Step_AllocatesNothing(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        var algorithm = solver.Create(solver.Small());
        if (!Allocates.Contains((id, form))) Allocation.Check(algorithm);
    }

    private static async Task EndsSoon(SolverCase solver, ISolvableGame game)
    {
        double best = double.PositiveInfinity;
        for (int k = 0; k < 4 && best > CancelledWork.Soon; k++)
        {
            var algorithm = solver.Create(game);
            best = Math.Min(best, await CancelledWork.TimeToEnd(token => algorithm.Step(token), Delay));
        }

        Assert.True(best <= CancelledWork.Soon, $"{solver.Entry.Id}: cancelled after {Delay} ms, ended {best} ms later");
    }

    // What the catalog says when nothing is allowed.
    private static double Estimate(SolverCase solver, ISolvableGame game)
    {
        var error = Assert.Throws<VsgGymException>(() => solver.Create(game, maxBytes: 0));
        Assert.Equal((ErrorKind.ResourceExhausted, "out_of_memory"), (error.Kind, Assert.Single(error.Faults).Reason));
        return double.Parse(Bytes().Match(error.Message).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("take about ([0-9]+) bytes", RegexOptions.CultureInvariant)]
    private static partial Regex Bytes();
}
