using VsgGym.Core;

namespace VsgGym.Runs.Tests.Store;

/// <summary>What a run does with files that are broken, gone or cannot be written, and what the others do meanwhile.</summary>
public sealed class DamageTests : IDisposable
{
    private static readonly RunRequest Request = TestRuns.Climbing(300, "\"delay_ms\": 8") with { MetricsEvery = 5, EvaluateEvery = 100, CheckpointEvery = 40 };

    private readonly TestRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task NewestCheckpointCorrupt_GoesOnFromTheOlderOneWithTheSameBits()
    {
        await ComesOutAlikeAsync(id =>
        {
            var newest = CheckpointsOf(id)[^1];
            byte[] bytes = File.ReadAllBytes(newest);
            bytes[^3] ^= 1;
            File.WriteAllBytes(newest, bytes);
        });
    }

    [Fact]
    public async Task EveryCheckpointCutShort_StartsAgainWithTheSameBits() => await ComesOutAlikeAsync(id =>
    {
        foreach (string file in CheckpointsOf(id)) File.WriteAllBytes(file, File.ReadAllBytes(file)[..^7]);
    });

    [Fact]
    public async Task CheckpointOfAnotherRun_IsNotTaken() => await ComesOutAlikeAsync(id =>
    {
        // its hash is right, so that only what it says about itself can give it away
        CheckpointFile.Write(_runs.PathOf(id, "checkpoints", "290.ckpt"), new CheckpointHeader(1, "other", 290, 1, true, null), stream => stream.Write(new byte[100]));
    });

    [Fact]
    public async Task LogCutInTheMiddleOfALine_ComesOutAlike() => await ComesOutAlikeAsync(id =>
    {
        string log = _runs.PathOf(id, "events.jsonl");
        byte[] bytes = File.ReadAllBytes(log);
        File.WriteAllBytes(log, [.. bytes, .. "{\"sequence\":9999,\"st"u8]);
    });

    [Fact]
    public async Task LogShorterThanTheCheckpointsSay_ComesOutAlike() => await ComesOutAlikeAsync(id =>
    {
        string log = _runs.PathOf(id, "events.jsonl");
        File.WriteAllBytes(log, File.ReadAllBytes(log)[..150]);
    });

    [Fact]
    public async Task LeftOverUnfinishedFiles_AreIgnored() => await ComesOutAlikeAsync(id =>
    {
        File.WriteAllText(_runs.PathOf(id, "state.json.new"), "{");
        File.WriteAllText(_runs.PathOf(id, "checkpoints", "290.ckpt.new"), "VSG");
        Directory.CreateDirectory(Path.Combine(_runs.Root, ".making-run-1"));
    });

    [Fact]
    public async Task SpecificationGone_IsListedWithTheFileAndTheOthersGoOn()
    {
        var (lost, kept) = await TwoStoppedAsync();
        File.Move(_runs.PathOf(lost, "spec.json"), _runs.PathOf(lost, "spec.kept"));
        await using (var engine = _runs.Open())
        {
            var run = engine.Get(lost);
            Assert.Equal((RunState.Failed, "missing_file", _runs.PathOf(lost, "spec.json")), (run.State, run.Faults[0].Reason, run.Faults[0].Path));
            Assert.Equal("missing_file", Assert.Throws<VsgGymException>(() => engine.Resume(lost)).Faults[0].Reason);
            Assert.Equal(RunState.Completed, (await TestRuns.EndOfAsync(engine, kept)).State);
        }

        File.Move(_runs.PathOf(lost, "spec.kept"), _runs.PathOf(lost, "spec.json"));
        await using var next = _runs.Open(); // nothing was lost
        Assert.Equal(RunState.Completed, (await TestRuns.EndOfAsync(next, lost)).State);
    }

    [Theory]
    [InlineData("spec.json", "{\"format_version\": 1}")]
    [InlineData("spec.json", "")]
    [InlineData("state.json", "nothing")]
    public async Task FileDamaged_IsListedWithTheFile(string file, string content)
    {
        var (lost, kept) = await TwoStoppedAsync();
        File.WriteAllText(_runs.PathOf(lost, file), content);
        await using var engine = _runs.Open();
        var run = engine.Get(lost);
        Assert.Equal((RunState.Failed, "damaged_file", _runs.PathOf(lost, file)), (run.State, run.Faults[0].Reason, run.Faults[0].Path));
        Assert.NotEqual(RunState.Failed, engine.Get(kept).State);
        if (run.Spec is not null) engine.Resume(lost);
        if (run.Spec is not null) Assert.Equal(RunState.Completed, (await TestRuns.EndOfAsync(engine, lost)).State);
        engine.Delete(lost);
        Assert.False(Directory.Exists(_runs.PathOf(lost)));
    }

    [Fact]
    public async Task DiskFull_FailsTheRunWithTheFileAndALaterResumeComesOutAlike()
    {
        await using var engine = _runs.Open(new RunLimits { MaxActive = 1 });
        string first = engine.Start(TestRuns.Endless()).Id, full = engine.Start(Request).Id, calm = engine.Start(Request).Id;
        string draft = _runs.PathOf(full, "checkpoints", "120.ckpt.new");
        File.CreateSymbolicLink(draft, "/dev/full"); // every write there finds no space
        await engine.CancelAsync(first);
        var failed = await TestRuns.EndOfAsync(engine, full);
        Assert.Equal((RunState.Failed, _runs.PathOf(full, "checkpoints", "120.ckpt")), (failed.State, failed.Faults[0].Path));
        Assert.Contains("No space left", failed.Faults[0].Rule, StringComparison.Ordinal);
        Assert.Equal(80, failed.CheckpointStep);
        File.Delete(draft);
        engine.Resume(full);
        Assert.Equal(RunState.Completed, (await TestRuns.EndOfAsync(engine, full)).State);
        Assert.Equal(RunState.Completed, (await TestRuns.EndOfAsync(engine, calm)).State);
        Assert.Equal(TestRuns.Remains(_runs.PathOf(calm)), TestRuns.Remains(_runs.PathOf(full)));
    }

    [Theory]
    [InlineData("checkpoints")]
    [InlineData("events.jsonl")]
    [InlineData("state.json")]
    public async Task FileRemovedWhileRunning_FailsTheRunOrIsMendedAndNoOtherIsTouched(string victim)
    {
        await using var engine = _runs.Open();
        string calm = engine.Start(Request).Id, hit = engine.Start(Request).Id;
        await TestRuns.UntilAsync(engine, hit, run => run.Step > 5);
        if (victim == "checkpoints") Directory.Delete(_runs.PathOf(hit, victim), recursive: true);
        else File.Delete(_runs.PathOf(hit, victim));
        var run = await TestRuns.UntilAsync(engine, hit, run => run.State.HasEnded());
        if (run.State == RunState.Failed)
        {
            Assert.StartsWith(_runs.PathOf(hit, victim), run.Faults[0].Path, StringComparison.Ordinal);
            engine.Resume(hit);
        }

        await TestRuns.UntilAsync(engine, hit, run => run.State == RunState.Completed);
        await TestRuns.EndOfAsync(engine, calm);
        Assert.Equal(TestRuns.Remains(_runs.PathOf(calm)), TestRuns.Remains(_runs.PathOf(hit)));
    }

    [Fact]
    public async Task TwoEnginesOnOneDirectory_TheSecondIsRefusedWithTheHolder()
    {
        await using (_runs.Open())
        {
            var error = Assert.Throws<VsgGymException>(() => _runs.Open());
            Assert.Equal((_runs.Root, "directory_locked"), (error.Faults[0].Path, error.Faults[0].Reason));
            Assert.Contains($"process {System.Environment.ProcessId}", error.Faults[0].Rule, StringComparison.Ordinal);
            Assert.Empty(new RunArchive(_runs.Root).List()); // reading is free
        }

        await using var next = _runs.Open();
    }

    [Fact]
    public void DirectoryThatIsAFile_IsRefusedWithThePath()
    {
        string file = Path.Combine(_runs.Root, "file");
        File.WriteAllText(file, string.Empty);
        foreach (string path in (string[])[file, Path.Combine(file, "below")])
        {
            var error = Assert.Throws<VsgGymException>(() => RunEngine.Open(path, new SampleFactory(), null, new RunLimits(), TimeProvider.System));
            Assert.Equal((ErrorKind.FailedPrecondition, path), (error.Kind, error.Faults[0].Path));
        }
    }

    [Fact]
    public void DirectoryWithoutPermission_IsRefusedWithThePath()
    {
        const string path = "/proc/vsggym-runs"; // not even the superuser may write here
        var error = Assert.Throws<VsgGymException>(() => RunEngine.Open(path, new SampleFactory(), null, new RunLimits(), TimeProvider.System));
        Assert.Equal((ErrorKind.FailedPrecondition, path), (error.Kind, error.Faults[0].Path));
    }

    private async Task<(string Lost, string Kept)> TwoStoppedAsync()
    {
        await using var engine = _runs.Open();
        string lost = engine.Start(Request).Id, kept = engine.Start(Request).Id;
        await TestRuns.UntilAsync(engine, lost, run => run.Step > 100);
        return (lost, kept);
    }

    private async Task ComesOutAlikeAsync(Action<string> damage)
    {
        string id;
        await using (var engine = _runs.Open())
        {
            id = engine.Start(Request).Id;
            await TestRuns.UntilAsync(engine, id, run => run.CheckpointStep >= 120);
        }

        damage(id);
        await using var next = _runs.Open();
        string undisturbed = next.Start(Request).Id;
        Assert.Equal(RunState.Completed, (await TestRuns.EndOfAsync(next, id)).State);
        var calm = await TestRuns.EndOfAsync(next, undisturbed);
        var (expected, found) = (TestRuns.Remains(_runs.PathOf(calm.Id)), TestRuns.Remains(_runs.PathOf(id)));
        foreach (string file in found.Keys.Where(name => name.EndsWith(".new", StringComparison.Ordinal))) found.Remove(file);
        Assert.Equal(expected, found);
    }

    private List<string> CheckpointsOf(string id) =>
        [.. Directory.EnumerateFiles(_runs.PathOf(id, "checkpoints")).OrderBy(file => long.Parse(Path.GetFileNameWithoutExtension(file)))];
}
