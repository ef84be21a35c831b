using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Sessions;
using VsgGym.Server.Tests.Hosting;

namespace VsgGym.Server.Tests.Models;

public sealed class EvaluationJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TableEngine _engine = new();
    private readonly ModelStore _store;
    private readonly OccupantReader _occupants;

    public EvaluationJobTests()
    {
        _store = new ModelStore(_folder["models"], new ServerLimits());
        _occupants = new OccupantReader(_store.Find, _engine);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_OfTwoModels_PaysWhatTheGameSays()
    {
        // Climbing game (Claus and Boutilier 1998, Figure 3): (B, C) pays both 6
        var request = Request(("player_0", Keep(TableEngine.Always(1, 1, 3))), ("player_1", Keep(TableEngine.Always(2, 1, 3))));
        var response = Run(request);
        Assert.Equal((1000L, 1.0), (response.Episodes, response.MeanLength));
        Assert.Equal(["player_0", "player_1"], response.Players.Select(player => player.Player));
        Assert.All(response.Players, player => Assert.Equal((6.0, 0.0, 6.0, 6.0), (player.MeanReturn, player.StdError, player.Lowest, player.Highest)));
        Assert.Equal(0, _engine.Open);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(99)]
    [InlineData(0)]
    public void Run_WithAnyNumberOfCopies_GivesTheSameBits(int copies)
    {
        var request = Request(("player_0", Keep(TableEngine.File(1, 3, 0.2, 0.5, 0.3))));
        request.Game.OptionsJson = "{\"horizon\": 5}";
        request.Seed = ulong.MaxValue;
        request.Episodes = 333;
        request.NumEnvs = 1;
        var one = Run(request);
        request.NumEnvs = copies;
        var many = Run(request);
        many.ElapsedSeconds = one.ElapsedSeconds;
        Assert.Equal(one, many);
        request.Seed = 0;
        Assert.NotEqual(one.Players[0].MeanReturn, Run(request).Players[0].MeanReturn);
    }

    [Fact]
    public void Greedy_PlaysTheLikeliestAction()
    {
        var request = Request(("player_0", Keep(TableEngine.File(1, 3, 0.2, 0.5, 0.3))), ("player_1", Keep(TableEngine.Always(1, 1, 3))));
        Assert.NotEqual(7.0, Run(request).Players[0].MeanReturn);
        request.Policies[0].Greedy = true;
        Assert.Equal((7.0, 7.0), (Run(request).Players[0].Lowest, Run(request).Players[0].MeanReturn)); // (B, B)
    }

    [Fact]
    public void BadRequest_NamesEveryFaultAndClosesWhatWasOpened()
    {
        string fits = Keep(TableEngine.Always(0, 1, 3)), misfit = Keep(TableEngine.Always(0, 2, 4));
        var request = Request(("player_0", fits), ("player_0", fits), ("player_1", misfit), ("player_7", fits));
        request.Episodes = -1;
        request.NumEnvs = -2;
        request.TimeLimit = -3;
        request.Provider = "tpu";
        var error = Assert.Throws<VsgGymException>(() => Run(request));
        Assert.Equal(
            ["provider unknown_provider", "policies.player_0 duplicate", "policies.player_1 wrong_shape", "policies.player_7 unknown_player", "episodes out_of_range", "num_envs out_of_range", "time_limit out_of_range"],
            error.Faults.Select(fault => $"{fault.Path} {fault.Reason}"));
        Assert.Equal(0, _engine.Open);
    }

    [Fact]
    public void BadOccupants_NameEveryFault()
    {
        string damaged = Keep(TableEngine.Always(0, 1, 3));
        File.Delete(Path.Combine(_folder["models"], damaged + ".onnx"));
        foreach (var (occupant, fault) in (IEnumerable<(Occupant, string)>)[
            (new Occupant { Model = "upload-none" }, "policies.player_0 unknown_model"),
            (new Occupant { Model = damaged }, "policies.player_0 damaged_model"),
            (new Occupant { Id = "best" }, "policies.player_0 unknown_policy"),
            (new Occupant(), "policies.player_0 missing"),
            (new Occupant { Id = "uniform", Greedy = true }, "policies.player_0.greedy not_a_model"),
            (new Occupant { Table = Requests.Tensor([1, 0, 0], 1, 3), Greedy = true }, "policies.player_0.greedy not_a_model"),
            (new Occupant { Table = Requests.Tensor([0.5, 0, 0], 1, 3) }, "policies.player_0[0, 0] bad_sum")])
        {
            occupant.Player = "player_0";
            var request = Request();
            request.Policies.Add(occupant);
            var error = Assert.Throws<VsgGymException>(() => Run(request));
            Assert.Equal(fault, Assert.Single(error.Faults.Select(f => $"{f.Path} {f.Reason}")));
        }
    }

    [Fact]
    public void ProviderThatThisMachineLacks_IsNamed()
    {
        var request = Request(("player_0", Keep(TableEngine.Always(0, 1, 3))));
        request.Provider = "cuda";
        Assert.Equal("provider", Assert.Single(Assert.Throws<VsgGymException>(() => Run(request)).Faults).Path);
    }

    [Fact]
    public void GameWithoutAnEnd_AsksForATimeLimit()
    {
        var request = new EvaluateRequest { Episodes = 4 };
        request.Game = new GameSpec
        {
            Tabular = new VsgGym.Protocol.V1.TabularGame
            {
                Rewards = Requests.Tensor([1], 1, 1, 1),
                Transitions = Requests.Tensor([1], 1, 1, 1),
                Discount = 0.9,
            },
        };
        Assert.Equal("time_limit", Assert.Single(Assert.Throws<VsgGymException>(() => Run(request)).Faults).Path);
        request.TimeLimit = 25;
        Assert.Equal((25.0, 25.0), (Run(request).MeanLength, Run(request).Players[0].MeanReturn));
    }

    [Fact]
    public void MoreCopiesThanTheServerAllows_AreRefused()
    {
        var request = Request();
        request.NumEnvs = 65;
        var error = Assert.Throws<VsgGymException>(() => Run(request, new ServerLimits { MaxNumEnvs = 64 }));
        Assert.Equal((ErrorKind.ResourceExhausted, "num_envs"), (error.Kind, error.Faults[0].Path));
        request.NumEnvs = 0;
        Assert.Equal(1000, Run(request, new ServerLimits { MaxNumEnvs = 64 }).Episodes);
    }

    [Fact]
    public void SeatOfAnEnvironment_IsPlayedByAModelUntilItCloses()
    {
        var request = Requests.Make("climbing-v0", 3);
        request.Players.Add("player_0");
        request.Others.Add(new Occupant { Player = "player_1", Model = Keep(TableEngine.Always(2, 1, 3)) });
        var session = EnvironmentSession.Make("env-test", request, Requests.Games, _occupants, new ServerLimits());
        session.Reset(new ResetRequest());
        var answer = session.Step(Requests.Step(1, 1, 2));
        var field = session.Made.Fields.Single(f => f.Kind == Protocol.V1.FieldKind.Reward);
        Assert.Equal([6.0, 6.0, 5.0], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(answer.Data.Span.Slice((int)field.Offset, (int)field.Bytes)).ToArray());
        Assert.Equal(1, _engine.Open);
        session.Close();
        session.Close();
        Assert.Equal(0, _engine.Open);
    }

    [Fact]
    public void EnvironmentThatIsRefused_ClosesWhatWasOpened()
    {
        var request = Requests.Make("climbing-v0", 3, maxMessageBytes: 10);
        request.Players.Add("player_0");
        request.Others.Add(new Occupant { Player = "player_1", Model = Keep(TableEngine.Always(2, 1, 3)) });
        Assert.Throws<VsgGymException>(() => EnvironmentSession.Make("env-test", request, Requests.Games, _occupants, new ServerLimits()));
        request.Players.Add("player_9");
        request.Others.Add(new Occupant { Player = "player_1", Model = "upload-none" });
        var error = Assert.Throws<VsgGymException>(() => EnvironmentSession.Make("env-test", request, Requests.Games, _occupants, new ServerLimits()));
        Assert.Equal(["players[1]", "others.player_1"], error.Faults.Select(fault => fault.Path));
        Assert.Equal(0, _engine.Open);
    }

    private static EvaluateRequest Request(params (string Player, string Model)[] policies)
    {
        var request = new EvaluateRequest { Game = new GameSpec { Id = "climbing-v0" } };
        foreach (var (player, model) in policies) request.Policies.Add(new Occupant { Player = player, Model = model });
        return request;
    }

    private string Keep(byte[] bytes) => _store.Add(new ReceivedFile("policy.onnx", bytes, StoredModel.HashOf(bytes)), () => _engine.Inspect(bytes)).Id;

    private EvaluateResponse Run(EvaluateRequest request, ServerLimits? limits = null)
    {
        using var job = new EvaluationJob(request, Requests.Games, _occupants, limits ?? new ServerLimits());
        return job.Run(TimeProvider.System, CancellationToken.None);
    }
}
