using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Every solver of the catalog refuses games it is not made for, and says which premise fails where.</summary>
public sealed class SolverRefusalTests
{
    public static TheoryData<string, string> All() => SolverCase.All();

    [Theory]
    [MemberData(nameof(All))]
    public void GameOfAnotherForm_IsRefused(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        ISolvableGame other = solver.Entry.Subject == typeof(MeanFieldGame) ? ConformanceGames.Graph() : ConformanceGames.Ring(5, 4);
        var fault = Refusal(solver, other);
        Assert.Equal(("solver", id), (fault.Path, fault.Value));
        Assert.Contains(other.KindName, fault.Rule, StringComparison.Ordinal);
        Assert.Contains("needs", fault.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void TableOutsideThePremises_IsRefused(string id, string form)
    {
        var solver = SolverCase.Of(id, form);
        if (!solver.IsOfTables) return;
        var needs = solver.Needs;
        int states = needs.HasFlag(Needs.OneState) ? 1 : 3;
        int? horizon = form == "horizon" ? 3 : null;
        if (needs.HasFlag(Needs.Horizon)) Says(Refusal(solver, ConformanceGames.Table(needs, 2, states, 2, null)), "solver", "wrong_horizon", "horizon", "0.9");
        if (needs.HasFlag(Needs.Discount)) Says(Refusal(solver, ConformanceGames.Table(needs, 2, states, 2, 3)), "solver", "wrong_horizon", "discounted", "3");
        if (needs.HasFlag(Needs.OneState)) Says(Refusal(solver, ConformanceGames.Table(needs, 2, 3, 2, horizon)), "solver", "too_many_states", "one state", "3");
        if (needs.HasFlag(Needs.TwoPlayers)) Says(Refusal(solver, ConformanceGames.Table(Needs.Nothing, 3, states, 2, horizon)), "solver", "wrong_players", "two", "3");
        if (!needs.HasFlag(Needs.ZeroSum)) return;
        var general = ConformanceGames.Table(Needs.Nothing, 2, states, 2, horizon);
        string first = VsgGymException.Show(general.Rewards(0)[0]), second = VsgGymException.Show(general.Rewards(1)[0]);
        var fault = Refusal(solver, general);
        Assert.StartsWith("rewards[0, 0", fault.Path, StringComparison.Ordinal); // the state, and the first joint action or its first action
        Assert.Equal(VsgGymException.Show(general.Rewards(0)[0] + general.Rewards(1)[0]), fault.Value);
        Says(fault, fault.Path, "not_zero_sum", "sum to 0", first, second);
    }

    [Fact]
    public void GraphWithACycle_IsRefusedWhereItIsMade()
    {
        var error = Assert.Throws<VsgGymException>(() => new FlowGraph(new FlowTables
        {
            Edges = [new FlowEdge(0, 1), new FlowEdge(1, 2), new FlowEdge(2, 1), new FlowEdge(2, 3)],
            Returns = new ShapedArray([0, 0, 0, 1], 1, 4),
        }));
        Assert.Contains(error.Faults, fault => fault.Rule.Contains("cycle", StringComparison.Ordinal));
    }

    /// <summary>Uploads that a solver is not made for, with the path, the reason and words of the rule.</summary>
    public static TheoryData<string, string, string, string, string> UnfitUploads => new()
    {
        { "shapley", "general-sum matrices", "rewards[0, 1, 1]", "not_zero_sum", "joint action (1, 1) pays 3 and -1" },
        { "zero_sum_inference", "general-sum matrices", "rewards[0, 1, 1]", "not_zero_sum", "joint action (1, 1) pays 3 and -1" },
        { "shapley", "general-sum table", "rewards[1, 1, 0]", "not_zero_sum", "sum to 0" },
        { "zero_sum_inference", "general-sum table", "rewards[1, 1, 0]", "not_zero_sum", "sum to 0" },
        { "shapley", "three players", "solver", "wrong_players", "3" },
        { "zero_sum_inference", "three players", "solver", "wrong_players", "3" },
        { "nash_q", "three players", "solver", "wrong_players", "3" },
        { "fmq", "general-sum table", "solver", "too_many_states", "2" },
        { "correlated_lp", "general-sum table", "solver", "wrong_horizon", "0.5" },
        { "flow_equilibrium", "general-sum table", "solver", "wrong_horizon", "0.5" },
        { "mge_f", "general-sum table", "solver", "wrong_horizon", "0.5" },
        { "mge_fb", "general-sum table", "solver", "wrong_horizon", "0.5" },
        { "mge_i", "general-sum matrices", "solver", "wrong_horizon", "1" },
        { "mge_fb", "moves together", "solver", "not_factored", "depends on more than its place and action" },
        { "mean_field_q", "general-sum matrices", "solver", "wrong_kind", "mean-field" },
        { "mean_field_q", "flow", "solver", "wrong_kind", "mean-field" },
        { "shapley", "flow", "solver", "wrong_kind", "stochastic game" },
        { "shapley", "population", "solver", "wrong_kind", "stochastic game" },
        { "vpg", "population", "solver", "wrong_kind", "stochastic game" },
        { "flow_equilibrium", "population", "solver", "wrong_kind", "flow graph" },
    };

    [Theory]
    [MemberData(nameof(UnfitUploads))]
    public void UploadOutsideThePremises_IsRefused(string id, string upload, string path, string reason, string words)
    {
        var error = Assert.Throws<VsgGymException>(() => SolverCase.Entries.CreateSolver(id, Upload(upload), string.Empty, RandomStream.Create(0)));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        Says(error.Faults[0], path, reason, words);
    }

    [Fact]
    public void UploadedGraphWithACycle_IsRefusedBeforeAnySolverSeesIt()
    {
        var tables = new FlowTables { Edges = [new FlowEdge(0, 1), new FlowEdge(1, 2), new FlowEdge(2, 1), new FlowEdge(2, 3)], Returns = new ShapedArray([0, 0, 0, 1], 1, 4) };
        var error = Assert.Throws<VsgGymException>(() => new UploadedFlow(tables));
        Assert.Contains(error.Faults, fault => fault.Path.StartsWith("edges", StringComparison.Ordinal) && fault.Rule.Contains("cycle", StringComparison.Ordinal));
    }

    private static ISolvableGame Upload(string name) => name switch
    {
        "general-sum matrices" => UploadedGame.FromNfg("NFG 1 R \"\" { \"a\" \"b\" } { 2 2 }\n1 -1 2 -2 0 0 3 -1").Table!, // the first player's actions run fastest
        "general-sum table" => UploadedGame.FromTable(new TableUpload
        {
            Rewards = new ShapedArray([1, 0, 0, -1, 1, 1, 2, 0, -1, 0, 0, 1, -1, -1, 0, 0], 2, 2, 2, 2),
            Transitions = new ShapedArray([.. Enumerable.Range(0, 8).SelectMany(row => row % 2 == 0 ? (double[])[1, 0] : [.5, .5])], 2, 2, 2, 2),
            Discount = .5,
        }).Table!,
        "three players" => UploadedGame.FromNormalForm(new ShapedArray(new double[24], 3, 2, 2, 2)).Table!,
        "moves together" => UploadedGame.FromTable(new TableUpload
        {
            Rewards = new ShapedArray(new double[32], 2, 4, 2, 2),
            Transitions = new ShapedArray([.. Enumerable.Range(0, 64).Select(k => k % 4 == (k / 4 % 4 is 1 or 2 ? 1 : 2) ? 1.0 : 0.0)], 4, 2, 2, 4),
            Horizon = 2,
        }).Table!,
        "flow" => new UploadedFlow(new FlowTables { Edges = [new FlowEdge(0, 1), new FlowEdge(0, 2)], Returns = new ShapedArray([0, 1, 2], 1, 3) }).Flow,
        _ => new UploadedMeanField(new LinearMeanFieldTables { Horizon = 1, Rewards = new ShapedArray([1, 0], 1, 2), Transitions = new ShapedArray([1, 1], 1, 2, 1), Initial = new ShapedArray([1], 1) }).MeanField!,
    };

    private static Fault Refusal(SolverCase solver, ISolvableGame game)
    {
        var error = Assert.Throws<VsgGymException>(() => solver.Create(game));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        return error.Faults[0];
    }

    private static void Says(Fault fault, string path, string reason, params string[] words)
    {
        Assert.Equal((path, reason), (fault.Path, fault.Reason));
        Assert.All(words, word => Assert.Contains(word, fault.Rule, StringComparison.Ordinal));
    }
}
