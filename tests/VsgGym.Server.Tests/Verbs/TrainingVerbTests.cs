using System.Text.Json;
using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Runs.Tests;
using VsgGym.Server.Tests.Hosting;
using VsgGym.Server.Tests.Training;
using VsgGym.Server.Verbs;
using VsgGym.Server.Verbs.Training;

namespace VsgGym.Server.Tests.Verbs;

public sealed class TrainingVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_PausedAndResumed_HasTheEventsOfAnUndisturbedRun()
    {
        var request = Trainings.Short(200);
        request.OptionsJson = "{\"steps\": 200, \"delay_ms\": 15}";
        string id;
        await using (var job = Open("runs"))
        {
            var started = job.Start(request);
            id = started.RunId;
            var paused = await job.TrainAsync(started, View(out _), Task.Delay(300), default);
            Assert.Equal(RunState.Paused, paused.Run.State);
            Assert.InRange(paused.Run.Step, 0, 199);
        }

        await using (var job = Open("runs"))
        {
            var (run, evaluation) = await job.TrainAsync(await job.ResumeAsync(id), View(out var shown), Task.Delay(-1), default);
            Assert.Equal((RunState.Completed, 200L), (run.State, run.Step));
            Assert.Equal(10, evaluation!.Episodes);
            Assert.Contains("step 200: completed (steps)", shown.ToString(), StringComparison.Ordinal);
            Assert.Equal(4, job.CopyFiles(id, _folder["out"]).Count);
        }

        await using var calm = Open("calm");
        var (undisturbed, _) = await calm.TrainAsync(calm.Start(request), View(out _), Task.Delay(-1), default);
        string file = Path.Combine(_folder["calm"], undisturbed.RunId, "events.jsonl");
        Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(_folder["out"], "events.jsonl")));
    }

    [Fact]
    public async Task Train_LeavesTheDirectorysOtherRunsAsTheyAre()
    {
        string other;
        await using (var server = await Trainings.ServeAsync(_folder["runs"])) other = (await server.Runs().StartAsync(Trainings.Endless())).RunId;
        await using (var job = Open("runs"))
        {
            var (run, _) = await job.TrainAsync(job.Start(Trainings.Short(5)), View(out _), Task.Delay(-1), default);
            Assert.Equal(RunState.Completed, run.State);
        }

        await using var next = await Trainings.ServeAsync(_folder["runs"]);
        Assert.Equal(RunState.Running, (await next.Runs().GetAsync(new RunRequest { RunId = other })).State);
        Assert.Equal("directory_locked", Assert.Throws<VsgGymException>(() => Open("runs")).Faults[0].Reason);
    }

    [Theory]
    [InlineData("give GAME and LEARNER", "train")]
    [InlineData("give GAME and LEARNER", "train", "climbing-v0")]
    [InlineData("give GAME and LEARNER", "train", "climbing-v0", "x", "--resume", "run-1")]
    [InlineData("learner = nobody", "train", "climbing-v0", "nobody", "--runs", "*")]
    [InlineData("run_id = run-1", "train", "--resume", "run-1", "--runs", "*")]
    [InlineData("--address = ftp://x", "runs", "list", "--address", "ftp://x")]
    [InlineData("run_id = run-1", "runs", "show", "run-1", "--runs", "*")]
    public async Task BadUsage_IsToldInALine(string expected, params string[] arguments)
    {
        Directory.CreateDirectory(_folder["empty"]);
        var (code, _, error) = await RunAsync([.. arguments.Select(word => word == "*" ? _folder["empty"] : word)]);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_OfAServer_AreListedWatchedSteeredAndDownloaded()
    {
        await using var server = await Trainings.ServeAsync(_folder["runs"]);
        string address = server.Address;
        string done = (await server.Runs().StartAsync(Trainings.Short(30))).RunId, endless = (await server.Runs().StartAsync(Trainings.Endless())).RunId;
        var (code, watched, error) = await RunAsync("runs", "watch", done, "--address", address);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("step 30: completed (steps)", watched, StringComparison.Ordinal);
        Assert.Contains("step 30: greedy player_0 ", watched, StringComparison.Ordinal);
        Assert.Contains(" error ", (await RunAsync("runs", "watch", done, "--address", address, "--no-follow")).Output, StringComparison.Ordinal);
        string[] lines = (await RunAsync("runs", "watch", done, "--from", "2", "--address", address, "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, JsonDocument.Parse(lines[1]).RootElement.GetProperty("sequence").GetInt32());

        var list = JsonDocument.Parse((await RunAsync("runs", "list", "--address", address, "--json")).Output).RootElement;
        Assert.Equal([done, endless], list.EnumerateArray().Select(run => run.GetProperty("run_id").GetString()));
        Assert.Contains("\"state\": \"paused\"", (await RunAsync("runs", "pause", endless, "--address", address, "--json")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("runs", "resume", endless, "--address", address)).Code);
        Assert.Contains("cancelled", (await RunAsync("runs", "cancel", endless, "--address", address)).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("runs", "pause", endless, "--address", address)).Code);
        Assert.Equal(0, (await RunAsync("runs", "delete", endless, "--address", address)).Code);
        var (_, paths, _) = await RunAsync("runs", "download", done, "events.jsonl", "--out", _folder["out"], "--address", address);
        Assert.Equal(Path.Combine(_folder["out"], "events.jsonl") + "\n", paths);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["runs"], done, "events.jsonl")), File.ReadAllBytes(paths.Trim()));
    }

    [Fact]
    public async Task Runs_OfADirectory_AreReadWithoutAServer()
    {
        string id;
        await using (var job = Open("runs"))
        {
            var (run, _) = await job.TrainAsync(job.Start(Trainings.Short(20)), View(out _), Task.Delay(-1), default);
            id = run.RunId;
        }

        Assert.Contains(id, (await RunAsync("runs", "list", "--runs", _folder["runs"])).Output, StringComparison.Ordinal);
        Assert.Contains("20 of 20", (await RunAsync("runs", "show", id, "--runs", _folder["runs"])).Output, StringComparison.Ordinal);
        Assert.Contains("step 20: completed (steps)", (await RunAsync("runs", "watch", id, "--runs", _folder["runs"])).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("runs", "download", id, "--out", _folder["out"], "--runs", _folder["runs"])).Code);
        Assert.Equal(4, Directory.GetFiles(_folder["out"]).Length);
    }

    [Fact]
    public async Task Runs_WhereNoServerAnswers_FailWithTheAddress()
    {
        var (code, _, error) = await RunAsync("runs", "list", "--address", $"unix:{_folder["nobody.sock"]}");
        Assert.Equal(1, code);
        Assert.Contains("nobody.sock: no server answers", error, StringComparison.Ordinal);
    }

    private static TrainView View(out StringWriter shown) => new(shown = new StringWriter(), isTerminal: false, TimeProvider.System);

    private TrainJob Open(string folder) => new(Trainings.Catalog, new SampleExporter(), _folder[folder]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
