using System.Runtime.InteropServices;
using Google.Protobuf;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;
using AutoresetMode = VsgGym.Protocol.V1.AutoresetMode;
using FieldKind = VsgGym.Protocol.V1.FieldKind;
using VsgGym.TestKit;

namespace VsgGym.Server.Tests.Sessions;

public sealed class EnvironmentSessionTests
{
    [Fact]
    public void Make_TellsSeatsFieldsSizesAndSeeds()
    {
        var made = Requests.Session(Requests.Make("pursuit-v0", 3, seed: 41)).Made;
        Assert.Equal("env-test", made.EnvironmentId);
        Assert.Equal(["hunter", "prey"], made.Players.Select(p => p.Name));
        Assert.Equal([41UL, 42UL, 43UL], made.Seeds);
        Assert.Equal(3 * 2 * 4, made.ActionBytes);
        Assert.Equal(22, made.Horizon);
        Assert.Equal(made.StepBytes, made.Fields.Sum(f => f.Bytes));
        Assert.True(made.MaxMessageBytes > made.StepBytes);
        Assert.Contains(made.Fields, f => f.Kind == FieldKind.LegalActions);
    }

    [Fact]
    public void MakeWithoutSeed_DrawsOneAndReturnsIt()
    {
        ulong first = Requests.Session(Requests.Make("climbing-v0", seed: null)).Made.Seeds[0];
        ulong second = Requests.Session(Requests.Make("climbing-v0", seed: null)).Made.Seeds[0];
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void NoNumEnvs_IsOneCopy() => Assert.Single(Requests.Session(Requests.Make("climbing-v0", 0)).Made.Seeds);

    [Fact]
    public void Seats_KeepTheCallersOrder()
    {
        var request = Requests.Make("pursuit-v0");
        request.Players.Add(["prey", "hunter"]);
        Assert.Equal(["prey", "hunter"], Requests.Session(request).Made.Players.Select(p => p.Name));
    }

    [Fact]
    public void Others_TablePlaysTheSeat()
    {
        var request = Requests.Make("climbing-v0", 5);
        request.Players.Add("player_0");
        request.Others.Add(new Occupant { Player = "player_1", Table = Requests.Tensor([0, 0, 1], 1, 3) });
        var session = Requests.Session(request);
        session.Reset(new ResetRequest());
        var response = session.Step(Requests.Step(2, 2, 2, 2, 2));
        var reward = session.Made.Fields.Single(f => f.Kind == FieldKind.Reward);
        var paid = MemoryMarshal.Cast<byte, double>(response.Data.Span.Slice((int)reward.Offset, (int)reward.Bytes));
        Assert.Equal([5, 5, 5, 5, 5], paid.ToArray());
    }

    [Fact]
    public void UnaryAnswers_StayAsTheyWere()
    {
        var session = Requests.Session(Requests.Make("pursuit-v0", 4));
        var trajectory = new Trajectory(session.Made);
        var first = session.Reset(new ResetRequest());
        byte[] before = first.Data.ToByteArray();
        session.Step(trajectory.Act(first, 0));
        Assert.Equal(before, first.Data.ToByteArray());
    }

    [Theory]
    [InlineData("climbing-v0")]
    [InlineData("pursuit-v0")]
    [InlineData("differential-v0")]
    public void InPlace_HasTheBytesOfUnary(string game)
    {
        var unary = Requests.Session(Requests.Make(game, 7, seed: 5));
        var stream = Requests.Session(Requests.Make(game, 7, seed: 5));
        var one = unary.Reset(new ResetRequest { Seeds = { 9 } });
        var other = stream.ResetInPlace(new ResetRequest { Seeds = { 9 } });
        var trajectory = new Trajectory(unary.Made);
        for (int t = 0; t < 60; t++)
        {
            Assert.Equal(one, other);
            var step = trajectory.Act(one, t);
            one = unary.Step(step);
            other = stream.StepInPlace(step);
        }
    }

    [Theory]
    [InlineData("climbing-v0", AutoresetMode.NextStep)]
    [InlineData("pursuit-v0", AutoresetMode.SameStep)]
    [InlineData("pursuit-v0", AutoresetMode.NextStep)]
    [InlineData("differential-v0", AutoresetMode.SameStep)]
    public void Copies_PlayTheSameInAnyBatch(string game, AutoresetMode autoreset)
    {
        string[] all = Play(game, autoreset, 64, seed: 100);
        Assert.Equal(all[..7], Play(game, autoreset, 7, seed: 100));
        Assert.Equal(all[..1], Play(game, autoreset, 1, seed: 100));
        Assert.Equal(all[63..], Play(game, autoreset, 1, seed: 163));
    }

    [Fact]
    public void ResetSeeds_AreReturned()
    {
        var session = Requests.Session(Requests.Make("climbing-v0", 2));
        Assert.Equal([7UL, 8UL], session.Reset(new ResetRequest { Seeds = { 7 } }).Seeds);
        Assert.Equal([3UL, 9UL], session.Reset(new ResetRequest { Seeds = { 3, 9 } }).Seeds);
        Assert.Empty(session.Reset(new ResetRequest()).Seeds);
        Assert.Empty(session.Step(Requests.Step(0, 0, 0, 0)).Seeds);
    }

    [Theory]
    [InlineData(RenderFormat.Unspecified, "")]
    [InlineData(RenderFormat.Text, "")]
    [InlineData(RenderFormat.Svg, "<svg")]
    public void Render_DrawsTheCopy(RenderFormat format, string starts)
    {
        var session = Requests.Session(Requests.Make("pursuit-v0", 2));
        session.Reset(new ResetRequest());
        string picture = session.Render(new RenderRequest { Copy = 1, Format = format }).Picture;
        Assert.NotEmpty(picture);
        Assert.StartsWith(starts, picture.TrimStart());
    }

    [Fact]
    public void ConcurrentSteps_AreTakenOneAtATime()
    {
        var alone = new List<ByteString>();
        var request = new StepRequest { Actions = ByteString.CopyFrom(new byte[24]) };
        var lenient = Requests.Make("pursuit-v0", 3);
        lenient.IllegalActions = Protocol.V1.IllegalActionRule.FirstLegal;
        var session = Requests.Session(lenient);
        var twin = Requests.Session(lenient);
        session.Reset(new ResetRequest { Seeds = { 1 } });
        twin.Reset(new ResetRequest { Seeds = { 1 } });
        for (int t = 0; t < 400; t++) alone.Add(twin.Step(request).Data);
        var together = new System.Collections.Concurrent.ConcurrentBag<ByteString>();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => together.Add(session.Step(request).Data));
        Assert.Equal(alone.Select(d => d.ToBase64()).Order(), together.Select(d => d.ToBase64()).Order());
    }

    [Fact]
    public void StepInPlace_AllocatesNothing()
    {
        var session = Requests.Session(Requests.Make("climbing-v0", 64));
        session.ResetInPlace(new ResetRequest());
        var step = Requests.Step(new int[128]);
        for (int t = 0; t < 200; t++) session.StepInPlace(step);
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int t = 0; t < 1000; t++) session.StepInPlace(step);
        }));
    }

    private static string[] Play(string game, AutoresetMode autoreset, int copies, ulong seed)
    {
        var request = Requests.Make(game, copies, seed);
        request.Autoreset = autoreset;
        var session = Requests.Session(request, new ServerLimits());
        var trajectory = new Trajectory(session.Made);
        var last = trajectory.Add(session.Reset(new ResetRequest()));
        for (int t = 0; t < 100; t++) last = trajectory.Add(session.Step(trajectory.Act(last, t)));
        return trajectory.Hashes;
    }
}
