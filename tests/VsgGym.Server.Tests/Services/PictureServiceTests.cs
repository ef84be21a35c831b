using System.Xml.Linq;
using Grpc.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Tests.Services;

/// <summary>Pictures in pixels and recordings, over the wire.</summary>
public sealed class PictureServiceTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(new ServerLimits { MaxMessageBytes = 1 << 20 });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Pixels_AreTheSameForUnaryAndStreamAndFollowTheWorld()
    {
        var unary = await DrawAsync(stream: false);
        var stream = await DrawAsync(stream: true);
        Assert.Equal(unary, stream);
        Assert.NotEqual(unary[0].Pixels, unary[1].Pixels);
        Assert.All(unary, picture => Assert.Equal(picture.Width * picture.Height * 3, picture.Pixels.Length));
        Assert.All(unary, picture => Assert.Equal("", picture.Picture));
    }

    [Fact]
    public async Task PixelsAboveTheClientsLimit_AreRefusedAndTextIsNot()
    {
        var client = _server.Environments();
        var made = await client.MakeAsync(Requests.Make("pursuit-v0", maxMessageBytes: 60_000));
        await client.ResetAsync(new ResetRequest { EnvironmentId = made.EnvironmentId });
        var error = await TestServer.ErrorOfAsync(async () => await client.RenderAsync(new RenderRequest { EnvironmentId = made.EnvironmentId, Format = RenderFormat.Rgb }));
        Assert.Equal(((int)StatusCode.ResourceExhausted, "max_message_bytes", "60000"), (error.Code, error.Faults[0].Path, error.Faults[0].Value));
        Assert.NotEmpty((await client.RenderAsync(new RenderRequest { EnvironmentId = made.EnvironmentId })).Picture);
    }

    [Fact]
    public async Task Record_AnswersWithTheWholeEpisode()
    {
        var recording = await _server.Environments().RecordAsync(new RecordRequest { Game = new GameSpec { Id = "pursuit-v0" }, Seed = 3, SecondsPerStep = 0.5 });
        Assert.Equal((22, 3UL, true, 2), (recording.Steps, recording.Seed, recording.Ended, recording.Returns.Count));
        var svg = XDocument.Parse(recording.Svg).Root!;
        Assert.Equal(23, svg.Elements().Count(e => e.Name.LocalName == "g"));
        Assert.Contains("animation-delay:11s", recording.Svg, StringComparison.Ordinal);
        Assert.Equal(0, _server.Work.Recordings.Count);
        Assert.Equal(0, _server.Registry.Count);
    }

    [Fact]
    public async Task Record_OfFaultyRequests_NamesTheField()
    {
        var client = _server.Environments();
        var error = await TestServer.ErrorOfAsync(async () => await client.RecordAsync(new RecordRequest()));
        Assert.Equal(((int)StatusCode.InvalidArgument, "game"), (error.Code, error.Faults[0].Path));
        error = await TestServer.ErrorOfAsync(async () => await client.RecordAsync(new RecordRequest { Game = new GameSpec { Id = "pursuit-v0" }, MaxSteps = 1001 }));
        Assert.Equal(((int)StatusCode.InvalidArgument, "max_steps"), (error.Code, error.Faults[0].Path));
        Assert.Equal(0, _server.Work.Recordings.Count);
    }

    [Fact]
    public async Task RecordingAboveTheServersLimit_SaysHowToGetIt()
    {
        // 1000 frames of ten agents each are more than the MiB that this server sends at most.
        var request = new RecordRequest { Game = new GameSpec { Id = "mf_sis-v0", OptionsJson = "{\"horizon\": 1000}" }, Seed = 1, MaxSteps = 1000 };
        var error = await TestServer.ErrorOfAsync(async () => await _server.Environments().RecordAsync(request));
        Assert.Equal(((int)StatusCode.ResourceExhausted, "max_steps"), (error.Code, error.Faults[0].Path));
        Assert.Contains("--max-message-bytes", error.Faults[0].Rule, StringComparison.Ordinal);
    }

    private async Task<List<RenderResponse>> DrawAsync(bool stream)
    {
        using var play = new Play(_server.Environments(), stream);
        var trajectory = new Trajectory(await play.MakeAsync(Requests.Make("pursuit-v0", 2, seed: 9)));
        var last = await play.ResetAsync(new ResetRequest());
        var pictures = new List<RenderResponse> { await play.RenderAsync(1) };
        for (int t = 0; t < 3; t++) last = await play.StepAsync(trajectory.Act(last, t));
        pictures.Add(await play.RenderAsync(1));
        return pictures;
    }
}
