using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Protocol.V1;
using VsgGym.Server.Sessions;
using VsgGym.Solvers;
using VsgGym.TestKit;

namespace VsgGym.Server.Tests.Sessions;

public sealed class GameExportTests
{
    private const long Largest = 64 << 20;

    private readonly GameResolver _games = new(Composition.Catalog, new UploadStore(64, 1 << 30));

    public static TheoryData<string> CatalogIds => [.. Composition.Catalog.Games.Keys];

    public static TheoryData<int, int, int, int?, bool> Shapes => new()
    {
        { 1, 1, 3, 1, false }, { 2, 1, 3, 1, false }, { 3, 1, 3, 1, false },
        { 1, 4, 3, null, false }, { 2, 5, 3, 6, false }, { 2, 5, 4, 6, true }, { 3, 3, 3, null, true }, { 4, 2, 2, 3, false },
    };

    [Theory]
    [MemberData(nameof(CatalogIds))]
    public void CatalogGame_ExportedAndUploaded_IsTheSame(string id)
    {
        var resolved = _games.Resolve(new GameSpec { Id = id });
        if (resolved.Game is Crowd or { Table: null, MeanField: null, Flow: null })
        {
            Assert.Equal("no_table", Requests.FaultOf(ErrorKind.InvalidArgument, () => new GameExport(Largest).Write(resolved, sparse: true)).Reason);
            return;
        }

        var sparse = new GameExport(Largest).Write(resolved, sparse: true);
        string upload = _games.Upload(sparse.Game);
        var back = _games.Resolve(new GameSpec { Id = upload });
        AssertSame(resolved.Game, back.Game);
        Assert.Equal(sparse.Game, new GameExport(Largest).Write(back, sparse: true).Game);
        if (resolved.Game.Table is { } table && NfgWriter.CanWrite(table))
            Assert.Equal(table.Rewards(0), UploadedGame.FromNfg(sparse.Nfg).Table.Rewards(0));
        else
            Assert.Empty(sparse.Nfg);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void RandomGame_HasOneIdInEveryForm(int players, int states, int mostActions, int? horizon, bool illegal)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            var table = RandomGames.Create(new RandomGameShape(players, states, mostActions, horizon, IllegalActions: illegal), seed);
            var dense = new GameSpec { Tabular = TableExport.Write(table, "random", sparse: false) };
            var sparse = new GameSpec { Tabular = TableExport.Write(table, "random", sparse: true) };
            string id = _games.Upload(dense);
            Assert.Equal(id, _games.Upload(sparse));
            var back = _games.Resolve(new GameSpec { Id = id });
            AssertSame(table, back.Game.Table!);
            Assert.Equal(dense, new GameExport(Largest).Write(back, sparse: false).Game);
            Assert.Equal(sparse, new GameExport(Largest).Write(back, sparse: true).Game);
            Assert.Equal(id, _games.Upload(new GameExport(Largest).Write(back, sparse: seed % 2 == 0).Game));
        }
    }

    [Fact]
    public void OneShotGame_HasOneIdAsArraysAndAsText()
    {
        var payoffs = new Protocol.V1.NormalFormGame { Payoffs = Requests.Tensor([1.0 / 3, -0.0, 1e-300, 4, 5, -6.25, 7, 8e200], 2, 2, 2), Title = "one", Players = { "a", "b" } };
        string id = _games.Upload(new GameSpec { NormalForm = payoffs });
        var export = new GameExport(Largest).Write(_games.Resolve(new GameSpec { Id = id }), sparse: false);
        Assert.Equal(id, _games.Upload(export.Game));
        Assert.Equal(id, _games.Upload(new GameSpec { Nfg = export.Nfg }));
        Assert.Equal(id, _games.Upload(new GameSpec { Efg = "EFG 2 R \"one\" { \"a\" \"b\" } p \"\" 1 1 { \"0\" \"1\" } 0 p \"\" 2 1 { \"0\" \"1\" } 0 t \"\" 1 { 0.3333333333333333 5 } t \"\" 2 { 0 -6.25 } p \"\" 2 1 0 t \"\" 3 { 1e-300 7 } t \"\" 4 { 4 8e200 }" }));
        payoffs.Title = "two";
        Assert.NotEqual(id, _games.Upload(new GameSpec { NormalForm = payoffs }));
    }

    [Fact]
    public void GameAboveTheLargestMessage_IsRefusedWithBothSizes()
    {
        var fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => new GameExport(4096).Write(_games.Resolve(new GameSpec { Id = "pursuit-v0" }), sparse: false));
        Assert.Equal(("game", "pursuit-v0", "message_too_large"), (fault.Path, fault.Value, fault.Reason));
        Assert.Contains("4096", fault.Rule, StringComparison.Ordinal);
        Assert.Matches("at least [0-9]+ bytes", fault.Rule);
        Assert.Contains("sparse", fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void MeanFieldGame_ComesBackTheSame()
    {
        var spec = new GameSpec
        {
            MeanField = new Protocol.V1.MeanFieldGame
            {
                Rewards = Requests.Tensor([1, 2, 3, 4], 2, 2),
                MassRewards = Requests.Tensor([0.5, 0, 0, 0, 0, 0, 0, -1], 2, 2, 2),
                Transitions = Requests.Tensor([1, 0, 0, 1, 0, 1, 1, 0], 2, 2, 2),
                Initial = Requests.Tensor([0.25, 0.75], 2),
                Horizon = 3,
                Title = "crowd",
            },
        };
        string id = _games.Upload(spec);
        var resolved = _games.Resolve(new GameSpec { Id = id });
        Assert.Equal(10, resolved.Game.CreateEnvironment().Spec.PlayerCount);
        spec.MeanField.Agents = 10;
        Assert.Equal(id, _games.Upload(spec)); // saying what holds anyway makes no other game
        var export = new GameExport(Largest).Write(resolved, sparse: false);
        Assert.Equal(spec.MeanField.MassRewards, export.Game.MeanField.MassRewards);
        Assert.Equal(id, _games.Upload(export.Game));
        spec.MeanField.Agents = 3;
        string few = _games.Upload(spec);
        Assert.NotEqual(id, few);
        Assert.Equal(3, _games.Resolve(new GameSpec { Id = few }).Game.CreateEnvironment().Spec.PlayerCount);
        export = new GameExport(Largest).Write(_games.Resolve(new GameSpec { Id = few }), sparse: true);
        Assert.Equal(3, export.Game.MeanField.Agents);
        Assert.Equal(few, _games.Upload(export.Game));
        spec.MeanField.Agents = 10;
        spec.MeanField.MassRewards = null;
        Assert.NotEqual(id, _games.Upload(spec));
    }

    // Cui and Koeppl 2021's games, the uniform policy; the epidemic's numbers by a separate program, to six decimals.
    [Theory]
    [InlineData("mf_left_right-v0", "", -0.75, 0.25, 1e-12)]
    [InlineData("mf_rock_paper_scissors-v0", "", 2.0 / 3, 1.0 / 3, 1e-12)]
    [InlineData("mf_sis-v0", "", -27.460040, 5.369471, 1e-6)]
    [InlineData("mf_sis-v0", """{"types": [{"name": "a", "share": 0.3}, {"name": "b", "share": 0.7}]}""", -27.460040, 5.369471, 1e-6)]
    public void CatalogMeanFieldGame_KeepsItsNumbers(string id, string options, double value, double gap, double tolerance)
    {
        var resolved = _games.Resolve(new GameSpec { Id = id, OptionsJson = options });
        var export = new GameExport(Largest).Write(resolved, sparse: false);
        var back = _games.Resolve(new GameSpec { Id = _games.Upload(export.Game) }).Game;
        Core.Certificate[] both = [.. new[] { resolved.Game.MeanField!, back.MeanField! }.Select(Uniform)];
        Assert.Equal(value, both[1].Values[0], tolerance);
        Assert.Equal(gap, both[1].Gap, tolerance);
        Assert.Equal(both[0].Values[0], both[1].Values[0], 1e-12);
        Assert.Equal(both[0].Gap, both[1].Gap, 1e-12);
    }

    [Fact]
    public void LongEpidemic_KeepsItsNumbers()
    {
        var resolved = _games.Resolve(new GameSpec { Id = "mf_sis-v0", OptionsJson = """{"horizon": 3000}""" });
        var back = _games.Resolve(new GameExport(Largest).Write(resolved, sparse: false).Game).Game;
        var (expected, found) = (Uniform(resolved.Game.MeanField!), Uniform(back.MeanField!));
        Assert.Equal(expected.Values[0], found.Values[0], 1e-9);
        Assert.Equal(expected.Gap, found.Gap, 1e-9);
    }

    [Fact]
    public void CatalogMeanFieldGame_KeepsItsAgents()
    {
        var export = new GameExport(Largest).Write(_games.Resolve(new GameSpec { Id = "mf_left_right-v0", OptionsJson = """{"agents": 7, "left_cost": 3}""" }), sparse: false);
        Assert.Equal(("mf_left_right-v0", 7, 2), (export.Game.MeanField.Title, export.Game.MeanField.Agents, export.Game.MeanField.Horizon));
        Assert.Equal(7, _games.Resolve(export.Game).Game.CreateEnvironment().Spec.PlayerCount);
    }

    [Fact]
    public void Crowd_IsRefusedForItsLogarithm()
    {
        var fault = Requests.FaultOf(ErrorKind.InvalidArgument, () => new GameExport(Largest).Write(_games.Resolve(new GameSpec { Id = "mf_crowd-v0" }), sparse: false));
        Assert.Equal(("game", "mf_crowd-v0", "no_table"), (fault.Path, fault.Value, fault.Reason));
        Assert.Contains("not tables linear in the population", fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void MeanFieldGameAboveTheLargestMessage_IsRefused()
    {
        var fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => new GameExport(256).Write(_games.Resolve(new GameSpec { Id = "mf_left_right-v0" }), sparse: false));
        Assert.Equal("game", fault.Path);
        Assert.Contains("at most 32", fault.Rule, StringComparison.Ordinal);
    }

    private static Core.Certificate Uniform(Core.MeanFieldGame game) => new MeanFieldExploitability(game).Measure(PolicyProfile.Uniform(game), CancellationToken.None);

    private static void AssertSame(Game expected, Game found)
    {
        if (expected.Table is { } table) AssertSame(table, found.Table!);
        if (expected.Flow is not { } graph) return;
        Assert.Equal(graph.TopologicalOrder.ToArray(), found.Flow!.TopologicalOrder.ToArray());
        Assert.Equal(graph.EdgeActions, found.Flow.EdgeActions);
        Assert.Equal(graph.NodeLabels.ToArray(), found.Flow.NodeLabels.ToArray());
        for (int p = 0; p < graph.PlayerCount; p++) Assert.Equal(graph.Returns(p), found.Flow.Returns(p));
    }

    private static void AssertSame(StochasticGame expected, StochasticGame found)
    {
        Assert.Equal((expected.Horizon, expected.Discount, expected.HasIllegalActions), (found.Horizon, found.Discount, found.HasIllegalActions));
        Assert.Equal(expected.Players.ToArray(), found.Players.ToArray());
        Assert.Equal(expected.ActionLabels.SelectMany(labels => labels), found.ActionLabels.SelectMany(labels => labels));
        Assert.Equal(expected.StateLabels.ToArray(), found.StateLabels.ToArray());
        Assert.Equal(expected.Initial, found.Initial);
        Assert.Equal(expected.RowStarts, found.RowStarts);
        Assert.Equal(expected.NextStates, found.NextStates);
        Assert.Equal(expected.Probabilities, found.Probabilities);
        for (int p = 0; p < expected.PlayerCount; p++)
        {
            Assert.Equal(expected.Rewards(p), found.Rewards(p));
            Assert.Equal(expected.TerminalRewards(p), found.TerminalRewards(p));
            for (int s = 0; s < expected.StateCount; s++) Assert.Equal(expected.LegalActions(p, s), found.LegalActions(p, s));
        }
    }
}
