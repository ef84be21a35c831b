using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>The solvers as the catalog offers them: made from JSON options, with every fault at once.</summary>
public sealed class CatalogTests
{
    private static readonly Catalog Entries = Catalog.Scan([typeof(MgeF).Assembly]);
    private static readonly StochasticGame Climbing = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);

    [Fact]
    public void EverySolverAndMetric_IsFound()
    {
        Assert.Equal(["fictitious_play", "fmq", "jal", "mce", "mge_f", "mge_fb", "mge_i", "mmce_irl", "nscp", "pr2_q", "q_learning", "rommeo_q", "wolf_phc"], Entries.Solvers.Keys);
        Assert.Equal(["mean_field_nash", "nash"], Entries.Metrics.Keys);
        Assert.Equal("nash", Entries.CreateMetric("nash", Climbing).Measure(PolicyProfile.Uniform(Climbing), CancellationToken.None).Concept);
    }

    [Fact]
    public void Defaults_AreThePublishedOnes()
    {
        Assert.Equal(
            """{"temperature":{"kind":"exponential","from":500,"rate":0.1,"floor":0.1},"learning_rate":{"kind":"hyperbolic","scale":10000},"episodes":300,"prior_window":0,"rho_mode":"rommeo","max_steps":1000}""",
            Entries.Solvers["rommeo_q"].DefaultOptionsJson);
        Assert.Equal(
            """{"inverse_temperature":1,"damping":1,"tolerance":1E-10,"max_iterations":100000,"value_operator":"expectation"}""",
            Entries.Solvers["mge_f"].DefaultOptionsJson);
    }

    [Fact]
    public void Options_FromJson_ReachTheSolver()
    {
        var solver = Entries.CreateSolver("mge_f", Climbing, """{"inverse_temperature": 0.1, "damping": 0.5, "max_iterations": 3, "value_operator": "log_sum_exp"}""", RandomStream.Create(0));
        Assert.Equal(new IterationLimit("max_iterations", 3), solver.Limit);
        Assert.Equal("max_iterations", NormalForm.Run(solver).StopReason);
    }

    [Fact]
    public void FaultyOptions_AreReportedTogether()
    {
        var error = Assert.Throws<VsgGymException>(() => Entries.CreateSolver(
            "rommeo_q", Climbing, """{"temperature": {"kind": "linear", "from": 1}, "episodes": 0, "rho_mod": "rommeo"}""", RandomStream.Create(0)));
        Assert.Equal(
            ["options.episodes", "options.rho_mod", "options.temperature.steps", "options.temperature.to"],
            error.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("mge_f", null)]
    [InlineData("mge_i", .9)]
    public void DampingThatStopsAllMovement_IsRefused(string solver, double? discount)
    {
        var game = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing, discount);
        foreach (string damping in (string[])["1e-300", "0", "1e-7", "1.5"])
        {
            var error = Assert.Throws<VsgGymException>(() => Entries.CreateSolver(solver, game, $$"""{"damping": {{damping}}}""", RandomStream.Create(0)));
            Assert.Equal(("options.damping", "out_of_range"), (error.Faults[0].Path, error.Faults[0].Reason));
        }
    }

    [Theory]
    [InlineData("max_steps", "100001")]
    [InlineData("prior_window", "134217729")]
    [InlineData("temperature", """{"kind": "exponential", "from": 1e308, "rate": 0, "floor": 1e308}""")]
    [InlineData("temperature", "1.1e12")]
    public void NumberBeyondItsRange_IsRefused(string option, string value)
    {
        var error = Assert.Throws<VsgGymException>(() => Entries.CreateSolver("rommeo_q", Climbing, $$"""{"{{option}}": {{value}}}""", RandomStream.Create(0)));
        Assert.Equal(($"options.{option}", "out_of_range"), (error.Faults[0].Path, Assert.Single(error.Faults).Reason));
    }

    [Fact]
    public void ScheduleThatLeavesItsRange_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => Entries.CreateSolver("rommeo_q", Climbing, """{"temperature": 0, "learning_rate": 1.5}""", RandomStream.Create(0)));
        Assert.Equal(["options.temperature", "options.learning_rate"], error.Faults.Select(fault => fault.Path));
    }
}
