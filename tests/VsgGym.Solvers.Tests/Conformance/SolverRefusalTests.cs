using VsgGym.Core;

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
