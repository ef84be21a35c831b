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
        Assert.Equal(
            [
                "ce_q", "correlated_inference", "correlated_lp", "fictitious_play", "flow_equilibrium", "fmq",
                "friend_or_foe_q", "jal", "logit_qre", "mce", "mean_field_q", "mge_f",
                "mge_fb", "mge_i", "mmce_irl", "nash_q", "nscp", "pr2_q",
                "q_learning", "rommeo_q", "rommeo_q_iteration", "shapley", "variational_opponent_model", "vpg",
                "wolf_phc", "zero_sum_inference",
            ],
            Entries.Solvers.Keys);
        Assert.Equal(["coarse_correlated", "correlated", "entropy_regularized", "flow", "markov_perfect", "mean_field_nash", "nash", "potential", "quantal_response"], Entries.Metrics.Keys);
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

    [Theory]
    [InlineData("vpg", """{"learning_rate": "lemma_5_7", "opponent_model": "proposition_5_9", "policy_form": "independent", "max_iterations": 2}""")]
    [InlineData("rommeo_q_iteration", """{"prior": [[0.2, 0.3, 0.5], [1, 0, 0]], "max_iterations": 2}""")]
    [InlineData("correlated_inference", """{"signal_probabilities": [0.5, 0.5], "learning_rate": 0.5, "max_iterations": 2}""")]
    [InlineData("variational_opponent_model", """{"play": [[[0, 1, 2]], [[0, 2, 2]]], "player": "player_1", "weights": "causal", "max_iterations": 2}""")]
    public void VariationalSolvers_TakeTheirOptionsFromJson(string id, string options)
    {
        var outcome = NormalForm.Run(Entries.CreateSolver(id, Climbing, options, RandomStream.Create(0)));
        Assert.True(outcome.Iterations <= 2);
        Assert.True(double.IsFinite(outcome.LastResidual));
        var error = Assert.Throws<VsgGymException>(() => Entries.CreateSolver(id, Climbing, """{"learning_rate": "lemma", "prior": 1, "play": 1}""", RandomStream.Create(0)));
        Assert.NotEmpty(error.Faults);
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
