using System.Xml.Linq;
using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Pictures;

namespace VsgGym.Server.Tests.Pictures;

public sealed class RecordJobTests
{
    private const long Largest = 64 << 20;

    [Fact]
    public void EveryGame_IsRecordedWithAFrameForTheStartAndEachStep()
    {
        foreach (string id in Composition.Catalog.Games.Keys)
        {
            var recording = Run(new RecordRequest { Game = new GameSpec { Id = id }, Seed = 5, MaxSteps = 3 });
            Assert.InRange(recording.Steps, 1, 3);
            Assert.Equal(recording.Steps + 1, Frames(recording.Svg));
            Assert.Equal(Composition.Catalog.CreateGame(id).CreateEnvironment().Spec.PlayerCount, recording.Returns.Count);
        }
    }

    [Fact]
    public void Tables_PlayTheirSeats()
    {
        // Climbing game (Claus and Boutilier 1998, Figure 3): (B, C) pays both 6
        var request = Request("climbing-v0", "{\"horizon\": 4}");
        request.Players.Add(new Occupant { Player = "player_1", Table = Requests.Tensor([0, 0, 1], 1, 3) });
        request.Players.Add(new Occupant { Player = "player_0", Table = Requests.Tensor([0, 1, 0], 1, 3) });
        var recording = Run(request);
        Assert.Equal((4, true, 5), (recording.Steps, recording.Ended, Frames(recording.Svg)));
        Assert.Equal([24.0, 24.0], recording.Returns);
        Assert.Contains("step 4 of 4, the end", recording.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_IsTheFirstEpisodeOfAnEnvironmentWithItsSeed()
    {
        var recording = Run(Request("pursuit-v0", seed: 41));
        Assert.Equal((22, true, 41UL), (recording.Steps, recording.Ended, recording.Seed));
        var make = Requests.Make("pursuit-v0", seed: 41);
        make.Players.Add("prey");
        var session = Requests.Session(make);
        var first = session.Reset(new ResetRequest());
        string picture = session.Render(new RenderRequest { Format = RenderFormat.Svg }).Picture;
        string[] tokens = [.. XDocument.Parse(picture).Descendants().Where(e => e.Name.LocalName == "circle").Select(e => e.ToString())];
        Assert.NotEmpty(first.Data);
        var frame = XDocument.Parse(recording.Svg).Root!.Elements().First(e => e.Name.LocalName == "g");
        Assert.Equal(tokens.Select(Column), frame.Descendants().Where(e => e.Name.LocalName == "circle").Select(e => Column(e.ToString())));

        static string Column(string circle) => XElement.Parse(circle).Attribute("cx")!.Value;
    }

    [Fact]
    public void OneSeed_GivesOneRecordingAndNoSeedAnother()
    {
        Assert.Equal(Run(Request("pursuit-v0", seed: 7)), Run(Request("pursuit-v0", seed: 7)));
        var drawn = Request("pursuit-v0");
        drawn.ClearSeed();
        var one = Run(drawn);
        Assert.NotEqual(one.Seed, Run(drawn).Seed);
        Assert.Equal(one, Run(Request("pursuit-v0", seed: one.Seed)));
    }

    [Fact]
    public void EndlessGame_StopsAfterItsSteps()
    {
        var request = Request("random_game-v0");
        Assert.Equal((200, false), (Run(request).Steps, Run(request).Ended));
        request.MaxSteps = 30;
        Assert.Equal((30, false), (Run(request).Steps, Run(request).Ended));
    }

    [Theory]
    [InlineData(-1, 0, "max_steps")]
    [InlineData(1001, 0, "max_steps")]
    [InlineData(1, -1, "seconds_per_step")]
    [InlineData(1, 0.01, "seconds_per_step")]
    [InlineData(1, 61, "seconds_per_step")]
    [InlineData(1, double.NaN, "seconds_per_step")]
    [InlineData(1, double.PositiveInfinity, "seconds_per_step")]
    public void RangesAreChecked(int steps, double seconds, string path)
    {
        var request = Request("climbing-v0");
        (request.MaxSteps, request.SecondsPerStep) = (steps, seconds);
        var fault = Requests.FaultOf(ErrorKind.InvalidArgument, () => Run(request));
        Assert.Equal((path, "out_of_range"), (fault.Path, fault.Reason));
    }

    [Fact]
    public void AllFaults_AreTold()
    {
        var request = Request("climbing-v0");
        request.MaxSteps = -3;
        request.Players.Add(new Occupant { Player = "nobody", Id = "uniform" });
        request.Players.Add(new Occupant { Player = "player_0", Model = "none" });
        var error = Assert.Throws<VsgGymException>(() => Run(request));
        Assert.Equal(["max_steps", "players.nobody", "players.player_0"], error.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TableOfAnotherShape_IsToldWithItsSeat()
    {
        var request = Request("pursuit-v0");
        request.Players.Add(new Occupant { Player = "hunter", Table = Requests.Tensor([0, 1, 0], 1, 3) });
        Assert.Equal("players.hunter", Requests.FaultOf(ErrorKind.InvalidArgument, () => Run(request)).Path);
    }

    [Fact]
    public void TooLargePicture_IsRefused()
    {
        var fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => Run(Request("pursuit-v0"), mostBytes: 9000));
        Assert.Equal(("max_steps", "22", "message_too_large"), (fault.Path, fault.Value, fault.Reason));
        fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => Run(Request("pursuit-v0"), mostBytes: 700));
        Assert.Contains("after 2 steps", fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void CancelledRecording_EndsWithoutAnAnswer()
    {
        using var job = new RecordJob(Request("pursuit-v0"), Requests.Games, Requests.Occupants, Largest);
        Assert.Throws<OperationCanceledException>(() => job.Run(new CancellationToken(canceled: true)));
    }

    private static RecordRequest Request(string game, string options = "", ulong seed = 0) => new() { Game = new GameSpec { Id = game, OptionsJson = options }, Seed = seed };

    private static RecordResponse Run(RecordRequest request, long mostBytes = Largest)
    {
        using var job = new RecordJob(request, Requests.Games, Requests.Occupants, mostBytes);
        return job.Run(CancellationToken.None);
    }

    private static int Frames(string svg) => XDocument.Parse(svg).Root!.Elements().Count(e => e.Name.LocalName == "g");
}
