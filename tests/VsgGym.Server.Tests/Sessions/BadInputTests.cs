using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Sessions;
using AutoresetMode = VsgGym.Protocol.V1.AutoresetMode;
using IllegalActionRule = VsgGym.Protocol.V1.IllegalActionRule;

namespace VsgGym.Server.Tests.Sessions;

public sealed class BadInputTests
{
    public static TheoryData<string, string> BadMakes => new()
    {
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"num_envs\": -3}", "num_envs" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"time_limit\": -1}", "time_limit" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"autoreset\": 17}", "autoreset" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"illegal_actions\": 9}", "illegal_actions" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"max_message_bytes\": -1}", "max_message_bytes" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"players\": [\"player_7\"]}", "players[0]" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"players\": [\"player_0\", \"player_0\"]}", "players[1]" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"others\": [{\"player\": \"player_1\", \"id\": \"uniform\"}]}", "others.player_1" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"players\": [\"player_0\"], \"others\": [{\"player\": \"nobody\", \"id\": \"uniform\"}]}", "others.nobody" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"players\": [\"player_0\"], \"others\": [{\"player\": \"player_1\", \"id\": \"clever\"}]}", "others.player_1" },
        { "{\"game\": {\"id\": \"climbing-v0\"}, \"players\": [\"player_0\"], \"others\": [{\"player\": \"player_1\"}]}", "others.player_1" },
        { "{\"game\": {\"id\": \"climbing-v0\", \"options_json\": \"{\\\"colour\\\": 3}\"}}", "game.options.colour" },
        { "{}", "game" },
        { "{\"game\": {}}", "game" },
    };

    [Theory]
    [MemberData(nameof(BadMakes))]
    public void BadMake_NamesTheField(string json, string path)
    {
        var request = JsonParser.Default.Parse<MakeRequest>(json);
        Assert.Equal(path, Requests.FaultOf(ErrorKind.InvalidArgument, () => Requests.Session(request)).Path);
    }

    [Fact]
    public void UnknownGame_IsNotFoundWithTheKnownOnes()
    {
        var fault = Requests.FaultOf(ErrorKind.NotFound, () => Requests.Session(Requests.Make("pursit-v0")));
        Assert.Equal(("game.id", "pursit-v0"), (fault.Path, fault.Value));
        Assert.Contains("pursuit-v0", fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralFaults_AreReportedTogether()
    {
        var request = Requests.Make("pursuit-v0", -1);
        request.TimeLimit = -2;
        request.Autoreset = (AutoresetMode)44;
        request.IllegalActions = (IllegalActionRule)45;
        request.Players.Add("cat");
        request.Others.Add(new Occupant { Player = "prey", Table = Requests.Tensor([0.5, 0.6], 1, 2) });
        var error = Assert.Throws<VsgGymException>(() => Requests.Session(request));
        Assert.Equal(["num_envs", "time_limit", "autoreset", "illegal_actions", "players[0]", "others.prey[0, 0]"], error.Faults.Select(f => f.Path));
    }

    [Fact]
    public void TooManyCopies_NamesLimitAndValue()
    {
        var fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => Requests.Session(Requests.Make("climbing-v0", 65), new ServerLimits { MaxNumEnvs = 64 }));
        Assert.Equal(("num_envs", "65"), (fault.Path, fault.Value));
        Assert.Contains("64", fault.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000L, 1 << 20, "max_message_bytes)")]
    [InlineData(1L << 20, 1000, "--max-message-bytes")]
    public void TooLargeMessages_NameBothLimitsAndWhatToChange(long client, int server, string change)
    {
        var fault = Requests.FaultOf(
            ErrorKind.ResourceExhausted,
            () => Requests.Session(Requests.Make("pursuit-v0", 256, maxMessageBytes: client), new ServerLimits { MaxMessageBytes = server }));
        Assert.Equal("max_message_bytes", fault.Path);
        Assert.Contains($"client takes {client} and the server {server}", fault.Rule, StringComparison.Ordinal);
        Assert.Contains(change, fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void ClientThatSaysNothing_Takes4MiB()
    {
        var fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => Requests.Session(Requests.Make("pursuit-v0", 200_000, maxMessageBytes: 0), new ServerLimits { MaxNumEnvs = 200_000 }));
        Assert.Equal("4194304", fault.Value);
    }

    [Theory]
    [InlineData("climbing-v0", AutoresetMode.NextStep)]
    [InlineData("pursuit-v0", AutoresetMode.SameStep)]
    [InlineData("differential-v0", AutoresetMode.SameStep)]
    public void SizesKnownBefore_AreTheSizesMade(string game, AutoresetMode autoreset)
    {
        var request = Requests.Make(game, 37);
        request.Autoreset = autoreset;
        var environment = Composition.Catalog.CreateGame(game).CreateEnvironment();
        var sizes = new MessageSizes(environment.Spec, MakeReader.Read(request, environment.Spec, Requests.Occupants, new OpenModels()));
        var session = Requests.Session(request);
        Assert.Equal(session.Made.StepBytes, sizes.StepBytes);
        Assert.Equal(session.Made.ActionBytes, sizes.ActionBytes);
        var reset = session.Reset(new ResetRequest { Seeds = { new ulong[37] } });
        Assert.True(new EnvironmentResponse { Step = reset }.CalculateSize() <= session.Made.MaxMessageBytes);
        Assert.True(new EnvironmentResponse { Make = session.Made }.CalculateSize() <= session.Made.MaxMessageBytes);
    }

    [Fact]
    public void TableOfTheWrongShape_NamesTheSeat()
    {
        var request = Requests.Make("pursuit-v0");
        request.Players.Add("hunter");
        request.Others.Add(new Occupant { Player = "prey", Table = Requests.Tensor([1, 0, 0, 1], 2, 2) });
        var fault = Requests.FaultOf(ErrorKind.InvalidArgument, () => Requests.Session(request));
        Assert.Equal(("others.prey", "wrong_shape"), (fault.Path, fault.Reason));
    }

    [Fact]
    public void CallsOutOfOrder_AreRefused()
    {
        var session = Requests.Session(Requests.Make("climbing-v0"));
        Assert.Equal("step_before_reset", Requests.FaultOf(ErrorKind.FailedPrecondition, () => session.Step(Requests.Step(0, 0))).Reason);
        Assert.Equal("render_before_reset", Requests.FaultOf(ErrorKind.FailedPrecondition, () => session.Render(new RenderRequest())).Reason);
        session.Close();
        foreach (Action call in (Action[])[() => session.Step(Requests.Step(0, 0)), () => session.Reset(new ResetRequest()), () => session.Render(new RenderRequest())])
            Assert.Equal("after_close", Requests.FaultOf(ErrorKind.FailedPrecondition, call).Reason);
    }

    [Fact]
    public void EndedCopyWithAutoresetDisabled_IsRefused()
    {
        var request = Requests.Make("climbing-v0", 2);
        request.Autoreset = AutoresetMode.Disabled;
        var session = Requests.Session(request);
        session.Reset(new ResetRequest());
        session.Step(Requests.Step(0, 0, 0, 0));
        Assert.Equal("step_after_end", Requests.FaultOf(ErrorKind.FailedPrecondition, () => session.Step(Requests.Step(0, 0, 0, 0))).Reason);
    }

    [Theory]
    [InlineData(2, 0, "copy")]
    [InlineData(-1, 0, "copy")]
    [InlineData(0, 7, "format")]
    public void BadRender_NamesTheField(int copy, int format, string path)
    {
        var session = Requests.Session(Requests.Make("climbing-v0", 2));
        session.Reset(new ResetRequest());
        Assert.Equal(path, Requests.FaultOf(ErrorKind.InvalidArgument, () => session.Render(new RenderRequest { Copy = copy, Format = (RenderFormat)format })).Path);
    }

    [Fact]
    public void PictureAboveTheLimit_IsRefused()
    {
        long least = Requests.Session(Requests.Make("climbing-v0")).Made.MaxMessageBytes;
        var session = Requests.Session(Requests.Make("climbing-v0", maxMessageBytes: least));
        session.Reset(new ResetRequest());
        var fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => session.Render(new RenderRequest { Format = RenderFormat.Svg }));
        Assert.Equal("message_too_large", fault.Reason);
    }

    public static TheoryData<string, byte[], string> BadActions => new()
    {
        { "pursuit-v0", new byte[15], "actions" },
        { "pursuit-v0", new byte[17], "actions" },
        { "pursuit-v0", [], "actions" },
        { "pursuit-v0", Requests.Step(0, 99, 0, 0).Actions.ToByteArray(), "actions.hunter[1]" },
        { "pursuit-v0", Requests.Step(-1, 0, 0, 0).Actions.ToByteArray(), "actions.hunter[0]" },
        { "differential-v0", Requests.Step(0f, 0f, float.NaN, 0f).Actions.ToByteArray(), "actions.player_1[0, 0]" },
        { "differential-v0", Requests.Step(0f, 1e9f, 0f, 0f).Actions.ToByteArray(), "actions.player_0[1, 0]" },
    };

    [Theory]
    [MemberData(nameof(BadActions))]
    public void BadActions_NameTheCopyAndLeaveTheWorldAsItWas(string game, byte[] actions, string path)
    {
        var request = Requests.Make(game, 2, seed: 3);
        request.IllegalActions = IllegalActionRule.FirstLegal;
        request.Autoreset = AutoresetMode.SameStep; // every copy is live, so no action is passed over
        var session = Requests.Session(request);
        var twin = Requests.Session(request);
        var trajectory = new Trajectory(session.Made);
        var last = session.Reset(new ResetRequest());
        var untouched = twin.Reset(new ResetRequest());
        for (int t = 0; t < 30; t++)
        {
            var error = Assert.Throws<VsgGymException>(() => session.Step(new StepRequest { Actions = ByteString.CopyFrom(actions) }));
            Assert.Contains(error.Faults, fault => fault.Path == path);
            Assert.Equal(untouched, last);
            var step = trajectory.Act(last, t);
            (last, untouched) = (session.Step(step), twin.Step(step));
        }

        Assert.Equal(untouched, last);
    }

    [Fact]
    public void IllegalAction_ListsTheLegalOnes()
    {
        var session = Requests.Session(Requests.Make("pursuit-v0", seed: 0));
        var reset = session.Reset(new ResetRequest());
        var mask = session.Made.Fields.First(f => f.Kind == Protocol.V1.FieldKind.LegalActions && f.Player == "hunter");
        int illegal = reset.Data.Span.Slice((int)mask.Offset, (int)mask.Bytes).IndexOf((byte)0);
        var fault = Assert.Throws<VsgGymException>(() => session.Step(Requests.Step(illegal, 0))).Faults[0];
        Assert.Equal(("actions.hunter[0]", "illegal_action"), (fault.Path, fault.Reason));
    }

    public static TheoryData<int, byte[], string> BadResets => new()
    {
        { 3, [], "seeds" },
        { 0, [1, 0, 1], "reset_mask" },
        { 0, [0, 0], "reset_mask" },
        { 0, [1, 7], "reset_mask[1]" },
    };

    [Theory]
    [MemberData(nameof(BadResets))]
    public void BadReset_NamesTheFieldAndLeavesTheWorldAsItWas(int seeds, byte[] mask, string path)
    {
        var session = Requests.Session(Requests.Make("pursuit-v0", 2, seed: 3));
        var twin = Requests.Session(Requests.Make("pursuit-v0", 2, seed: 3));
        var trajectory = new Trajectory(session.Made);
        var last = session.Reset(new ResetRequest());
        twin.Reset(new ResetRequest());
        var request = new ResetRequest { Mask = ByteString.CopyFrom(mask) };
        request.Seeds.Add(new ulong[seeds]);
        Assert.Equal(path, Requests.FaultOf(ErrorKind.InvalidArgument, () => session.Reset(request)).Path);
        var step = trajectory.Act(last, 1);
        Assert.Equal(twin.Step(step), session.Step(step));
    }
}
