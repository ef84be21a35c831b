using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>The options of mean-field Q-learning as JSON, with the faults of each, and its bound.</summary>
public sealed class MeanFieldOptionsTests
{
    private static readonly Catalog Entries = Catalog.Scan([typeof(MeanFieldQ).Assembly]);
    private static readonly MeanFieldGame LeftRight = new Games.LeftRight(new Games.LeftRight.Options()).MeanField;

    [Fact]
    public void Defaults_AreThePrintedAlgorithm() => Assert.Equal(
        """{"update":"relative_entropy","temperature":1,"prior":"uniform","renewal_period":10,"damping":1,"tolerance":1E-10,"max_iterations":1000}""",
        Entries.Solvers["mean_field_q"].DefaultOptionsJson);

    [Theory]
    [InlineData("[0.25,0.75]", .25)]
    [InlineData("[[0.1,0.9],[0.5,0.5],[0.5,0.5]]", .1)]
    [InlineData("[[[0.2,0.8],[0.5,0.5],[0.5,0.5]],[[0.5,0.5],[0.5,0.5],[0.5,0.5]]]", .2)]
    [InlineData("\"last_policy\"", .5)]
    public void Priors_AreTheStart(string json, double left)
    {
        var solver = (MeanFieldQ)Entries.CreateSolver("mean_field_q", LeftRight, $$"""{"prior": {{json}}}""", RandomStream.Create(0));
        Assert.Equal(left, solver.ReadSolution().Policies[0].Row(0, 0)[0], 15);
        Assert.Contains($"\"prior\":{json}", Entries.Solvers["mean_field_q"].ResolveOptions($$"""{"prior": {{json}}}""", "options"), StringComparison.Ordinal);
    }

    [Fact]
    public void AnArrayPrior_HoldsTheAnswerToIt()
    {
        // Left pays 1/2 more at the start's spread, whatever the prior: the odds are those of the prior times exp(r).
        var solver = (MeanFieldQ)Entries.CreateSolver("mean_field_q", LeftRight, """{"prior": [0.25, 0.75]}""", RandomStream.Create(0));
        solver.Step(CancellationToken.None);
        double left = .25 * Math.Exp(-.25), right = .75 * Math.Exp(-1.5);
        Assert.Equal(left / (left + right), solver.ReadSolution().Policies[0].Row(0, 0)[0], 14);
    }

    [Theory]
    [InlineData("""{"prior": "empirical"}""", "options.prior = \"empirical\": must be \"uniform\", \"last_policy\" or probabilities [A], [S, A] or [T, S, A]")]
    [InlineData("""{"prior": [[0.5, 0.5], [1]]}""", "options.prior = [[0.5, 0.5], [1]]: must be \"uniform\", \"last_policy\" or probabilities [A], [S, A] or [T, S, A]")]
    [InlineData("""{"prior": [0.5, 0.25, 0.25]}""", "options.prior = [3]: must have shape [2], [3, 2] or [2, 3, 2]")]
    [InlineData("""{"prior": [0.5, 0.6]}""", "options.prior[0] = 0.5, 0.6: must be probabilities that sum to 1 within 1e-6")]
    [InlineData("""{"temperature": 0}""", "options.temperature = 0: must stay above 0 and at most 1000000000000; this is its value at time 0")]
    [InlineData("""{"update": "fictitious_play", "damping": 0.5}""", "options.damping = 0.5: must be 1 with fictitious_play, which has weights of its own")]
    [InlineData("""{"update": "best_response", "prior": "last_policy"}""", "options.prior = last_policy: best responses have no prior; renewing it needs relative_entropy or boltzmann")]
    public void Faults_NameTheOptionTheValueAndTheRule(string json, string message) =>
        Assert.Equal(message, Assert.Throws<VsgGymException>(() => Entries.CreateSolver("mean_field_q", LeftRight, json, RandomStream.Create(0))).Message);

    [Fact]
    public void AGameTooLarge_IsRefusedBeforeItIsAllocated()
    {
        var game = new Games.Crowd(new Games.Crowd.Options { Size = 1000, Horizon = 1000 }).MeanField;
        long bytes = MeanFieldQ.EstimateBytes(game, new MeanFieldQ.Options());
        Assert.InRange(bytes, 8L * 3 * 3_000_000, 8L * 6 * 3_000_000);
        Assert.Throws<VsgGymException>(() => Entries.CreateSolver("mean_field_q", game, "{}", RandomStream.Create(0), null, bytes - 1));
    }

    [Fact]
    public void EstimatedBytes_CoverWhatIsAllocated()
    {
        var game = new Games.Crowd(new Games.Crowd.Options { Size = 100, Horizon = 20 }).MeanField;
        var options = new MeanFieldQ.Options();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var solver = new MeanFieldQ(game, options, WorkCrew.Alone());
        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(solver);
        Assert.InRange(used, 8 * 20 * 300 * 3, (long)(1.05 * MeanFieldQ.EstimateBytes(game, options)) + 4096);
    }

    [Theory]
    [InlineData("""{"temperature": 1}""", true, 2 * .6931471805599453)]
    [InlineData("""{"temperature": 1, "update": "boltzmann", "prior": [0.25, 0.75]}""", true, 2 * 1.3862943611198906)]
    [InlineData("""{"temperature": 0.1, "max_iterations": 5}""", false, .2 * .6931471805599453)] // a cycle
    [InlineData("""{"temperature": 1, "prior": "last_policy", "tolerance": 1e-9}""", false, double.NaN)]
    [InlineData("""{"update": "fictitious_play", "tolerance": 1}""", false, double.NaN)]
    [InlineData("""{"temperature": 1, "update": "boltzmann", "prior": [1, 0]}""", false, double.PositiveInfinity)]
    public void TemperatureGap_BoundsTheExploitabilityOfAFixedPoint(string options, bool holds, double value)
    {
        var solver = Entries.CreateSolver("mean_field_q", LeftRight, options, RandomStream.Create(0));
        NormalForm.Run(solver);
        var bound = solver.ReadBounds()["temperature_gap"];
        Assert.Equal(holds, bound.PremiseHolds);
        if (!double.IsNaN(value)) Assert.Equal(value, bound.Value, 12);
        if (holds) Assert.InRange(bound.Measured, 0, bound.Value);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[[]]")]
    [InlineData("[[], []]")]
    [InlineData("[1e400, 0]")]
    public void PriorsThatCannotBeWrittenAgain_AreRefusedWhereTheyAreRead(string json)
    {
        var entry = Entries.Solvers["mean_field_q"];
        foreach (var read in (Action<string>[])[text => entry.ResolveOptions(text, "options"), text => Entries.CreateSolver("mean_field_q", LeftRight, text, RandomStream.Create(0))])
        {
            var fault = Assert.Single(Assert.Throws<VsgGymException>(() => read($$"""{"prior": {{json}}}""")).Faults);
            Assert.Equal(("options.prior", json, "wrong_type"), (fault.Path, fault.Value, fault.Reason));
        }
    }
}
