using Google.Protobuf;
using Grpc.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Tests.Services;

public sealed class EnvironmentServiceTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(new ServerLimits
    {
        MaxNumEnvs = 4096,
        MaxEnvironments = 40,
        MaxMessageBytes = 1 << 20,
        Orphan = TimeSpan.FromSeconds(0.3),
    });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("climbing-v0")]
    [InlineData("pursuit-v0")]
    [InlineData("differential-v0")]
    public async Task Trajectories_AreTheSameForUnaryStreamAndAnyBatch(string game)
    {
        string[] all = await HashesAsync(game, 64, 10, stream: true);
        Assert.Equal(all, await HashesAsync(game, 64, 10, stream: false));
        Assert.Equal(all[..7], await HashesAsync(game, 7, 10, stream: true));
        Assert.Equal(all[..7], await HashesAsync(game, 7, 10, stream: false, unix: false));
        Assert.Equal(all[..1], await HashesAsync(game, 1, 10, stream: false));
        Assert.Equal(all[5..6], await HashesAsync(game, 1, 15, stream: true, unix: false));
    }

    public static TheoryData<string, string, int, string> BadRequests => new()
    {
        { "{\"step\": {\"actions\": \"AAAA\"}}", "actions", 3, "wrong_shape" },
        { "{\"step\": {\"actions\": \"Y2NjYwAAAAA=\"}}", "actions.hunter[0]", 3, "out_of_range" },
        { "{\"reset\": {\"seeds\": [1, 2, 3]}}", "seeds", 3, "wrong_shape" },
        { "{\"reset\": {\"mask\": \"AA==\"}}", "reset_mask", 3, "empty" },
        { "{\"reset\": {\"mask\": \"AQEB\"}}", "reset_mask", 3, "wrong_shape" },
        { "{\"render\": {\"copy\": 1}}", "copy", 3, "out_of_range" },
        { "{\"make\": {\"game\": {\"id\": \"pursit-v0\"}}}", "game.id", 5, "unknown_game" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task BadRequest_IsATypedErrorAndTheWorldStaysAsItWas(string json, string path, int code, string reason)
    {
        foreach (bool stream in (bool[])[false, true])
        {
            using var play = new Play(_server.Environments(), stream);
            using var twin = new Play(_server.Environments(), stream);
            var make = Make("pursuit-v0", 1, 8);
            make.Autoreset = AutoresetMode.SameStep; // the copy is always live, so no action is passed over
            var trajectory = new Trajectory(await play.MakeAsync(make));
            await twin.MakeAsync(make);
            var last = await play.ResetAsync(new ResetRequest());
            await twin.ResetAsync(new ResetRequest());
            for (int t = 0; t < 25; t++)
            {
                var request = JsonParser.Default.Parse<EnvironmentRequest>(json);
                if (!(stream && request.RequestCase == EnvironmentRequest.RequestOneofCase.Make))
                {
                    var error = await play.ErrorAsync(request);
                    Assert.Equal(code, error.Code);
                    Assert.Equal((path, reason), (error.Faults[0].Path, error.Faults[0].Reason));
                    Assert.NotEmpty(error.Faults[0].Rule);
                }

                var step = trajectory.Act(last, t);
                last = await play.StepAsync(step);
                Assert.Equal(await twin.StepAsync(step.Clone()), last);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallsOutOfOrder_AreRefusedAndTheCallerGoesOn(bool stream)
    {
        using var play = new Play(_server.Environments(), stream);
        await play.MakeAsync(Make("climbing-v0", 1));
        var step = new EnvironmentRequest { Step = Requests.Step(0, 0) };
        Assert.Equal("step_before_reset", (await play.ErrorAsync(step.Clone())).Faults[0].Reason);
        await play.ResetAsync(new ResetRequest());
        await play.StepAsync(Requests.Step(0, 0));
        await play.CloseAsync();
        var error = await play.ErrorAsync(step.Clone());
        Assert.Equal((int)StatusCode.FailedPrecondition, error.Code);
        Assert.Contains("step after close", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_AnswersItsOwnFaultsInBand()
    {
        using var play = new Play(_server.Environments(), stream: true);
        Assert.Equal("not_made", (await play.ErrorAsync(new EnvironmentRequest { Step = Requests.Step(0, 0) })).Faults[0].Reason);
        var made = await play.MakeAsync(Make("climbing-v0", 1));
        Assert.Equal("made_twice", (await play.ErrorAsync(new EnvironmentRequest { Make = Make("climbing-v0", 1) })).Faults[0].Reason);
        Assert.Equal((int)StatusCode.InvalidArgument, (await play.ErrorAsync(new EnvironmentRequest())).Code);
        var foreign = new EnvironmentRequest { Reset = new ResetRequest { EnvironmentId = "env-other" } };
        Assert.Equal((int)StatusCode.NotFound, (await play.ErrorAsync(foreign)).Code);
        var own = new EnvironmentRequest { Reset = new ResetRequest { EnvironmentId = made.EnvironmentId } };
        Assert.Equal(EnvironmentResponse.ResponseOneofCase.Step, (await play.AskAsync(own)).ResponseCase);
        await play.EndAsync();
    }

    [Fact]
    public async Task FailedMakeOnAStream_MayBeMended()
    {
        using var play = new Play(_server.Environments(), stream: true);
        Assert.Equal("num_envs", (await play.ErrorAsync(new EnvironmentRequest { Make = Make("climbing-v0", 5000) })).Faults[0].Path);
        Assert.Single((await play.MakeAsync(Make("climbing-v0", 1))).Seeds);
    }

    [Fact]
    public async Task EndedStream_FreesItsEnvironment()
    {
        using var play = new Play(_server.Environments(), stream: true);
        await play.MakeAsync(Make("climbing-v0", 1));
        Assert.Equal(1, _server.Registry.Count);
        await play.EndAsync();
        await TestServer.UntilAsync(() => _server.Registry.Count == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeadClientMidStream_FreesItsEnvironment(bool connectionDies)
    {
        var channel = _server.Dial();
        var play = new Play(new EnvironmentService.EnvironmentServiceClient(channel), stream: true);
        await play.MakeAsync(Make("pursuit-v0", 16));
        await play.ResetAsync(new ResetRequest());
        if (connectionDies) channel.Dispose();
        else play.Dispose();
        await TestServer.UntilAsync(() => _server.Registry.Count == 0);
    }

    [Fact]
    public async Task DeadClientOfUnaryCalls_LosesItsEnvironmentAfterTheGrace()
    {
        var channel = _server.Dial();
        var client = new EnvironmentService.EnvironmentServiceClient(channel);
        string id = (await client.MakeAsync(Make("climbing-v0", 1))).EnvironmentId;
        channel.Dispose();
        await TestServer.UntilAsync(() => _server.Registry.Count == 0);
        var error = await TestServer.ErrorOfAsync(async () => await _server.Environments().ResetAsync(new ResetRequest { EnvironmentId = id }));
        Assert.Contains("connection closed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FullServer_SaysWhenToRetry()
    {
        var client = _server.Environments();
        for (int i = 0; i < 40; i++) await client.MakeAsync(Make("climbing-v0", 1));
        var error = await TestServer.ErrorOfAsync(async () => await client.MakeAsync(Make("climbing-v0", 1)));
        Assert.Equal((int)StatusCode.ResourceExhausted, error.Code);
        Assert.True(error.RetryAfterMs > 0);
        Assert.Equal(("environments", "40"), (error.Faults[0].Path, error.Faults[0].Value));
    }

    [Fact]
    public async Task MessageAboveTheServersLimit_IsRefusedWithTheLimit()
    {
        var client = _server.Environments();
        var error = await TestServer.ErrorOfAsync(async () => await client.StepAsync(new StepRequest { Actions = ByteString.CopyFrom(new byte[2 << 20]) }));
        Assert.Equal((int)StatusCode.ResourceExhausted, error.Code);
        Assert.Contains("1048576", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessageAboveTheClientsLimit_IsRefusedAtMake()
    {
        var request = Make("pursuit-v0", 1024);
        request.MaxMessageBytes = 4096;
        var error = await TestServer.ErrorOfAsync(async () => await _server.Environments().MakeAsync(request));
        Assert.Contains("client takes 4096 and the server 1048576", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.Registry.Count);
    }

    [Fact]
    public async Task ManySessions_PlayAtOnceAsAlone()
    {
        string[][] alone = new string[16][];
        for (int i = 0; i < 16; i++) alone[i] = await HashesAsync("pursuit-v0", 3, (ulong)i, stream: i % 2 == 0);
        var together = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => HashesAsync("pursuit-v0", 3, (ulong)i, stream: i % 2 == 1))));
        Assert.Equal(alone, together);
    }

    [Fact]
    public async Task DrainingServer_EndsIdleStreamsWithUnavailable()
    {
        var server = await TestServer.StartAsync(graceSeconds: 2);
        using var stream = server.Environments().Connect();
        await stream.RequestStream.WriteAsync(new EnvironmentRequest { Make = Make("climbing-v0", 1) });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        var registry = server.Registry;
        var stopping = server.StopAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        await stopping;
        Assert.Equal(0, registry.Count);
        await server.DisposeAsync();
    }

    private static MakeRequest Make(string game, int copies, ulong seed = 0) => Requests.Make(game, copies, seed, maxMessageBytes: 1 << 20);

    private async Task<string[]> HashesAsync(string game, int copies, ulong seed, bool stream, bool unix = true)
    {
        using var play = new Play(_server.Environments(unix), stream);
        var trajectory = new Trajectory(await play.MakeAsync(Make(game, copies, seed)));
        var last = trajectory.Add(await play.ResetAsync(new ResetRequest()));
        for (int t = 0; t < 50; t++) last = trajectory.Add(await play.StepAsync(trajectory.Act(last, t)));
        return trajectory.Hashes;
    }
}
