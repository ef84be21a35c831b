using System.Globalization;
using VsgGym.Client;
using VsgGym.Client.Onnx;

namespace VsgGym.Server.Verbs.Demo;

/// <summary>Trains ROMMEO-AC on the differential game with a live chart, takes the policies home as ONNX files, runs them here and plays them on the server.</summary>
internal sealed class TrainingScene(DemoConsole console, VsgGymClient client)
{
    private const string Game = "differential-v0";
    private const string Learner = "rommeo_ac";
    private const int Steps = 2000;
    private const int EvaluateEvery = 100;
    private const int Episodes = 1000;
    private const double Lowest = -30, Highest = 10;

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        console.Heading($"4. Train: {Game} by {Learner}, {Steps} steps, and take the policies home");
        console.Say("Both players pick a number in [-10, 10] and share the reward: a wide hill of height 0 at (-5, -5) draws learners away from the narrow one of height 10 at (5, 5).");
        console.Say();
        var run = await client.TrainAsync(
            Game, Learner, new() { ["steps"] = Steps }, new() { Seed = 0, EvaluateEvery = EvaluateEvery, EvaluationEpisodes = 100, Name = "demo" }, cancellationToken).ConfigureAwait(false);
        await WatchAsync(run, cancellationToken).ConfigureAwait(false);
        var info = await run.WaitAsync(cancellationToken).ConfigureAwait(false);
        console.Say(FormattableString.Invariant($"{info.Step} steps in {info.Elapsed.TotalSeconds:0.0} s, evaluations included."));
        string folder = Directory.CreateTempSubdirectory("vsggym-demo-").FullName;
        try
        {
            await run.DownloadAsync(folder, cancellationToken: cancellationToken).ConfigureAwait(false);
            ActHere(folder, info);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await EvaluateAsync(info, cancellationToken).ConfigureAwait(false);
    }

    private Task WatchAsync(TrainingRun run, CancellationToken cancellationToken) => console.LiveChartAsync(async show =>
    {
        var (steps, greedy, sampled) = (new List<double>(), new List<double>(), new List<double>());
        await foreach (var update in run.WatchAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (update is not RunEvaluated evaluated) continue;
            steps.Add(evaluated.Step);
            greedy.Add(evaluated.Greedy["player_0"].MeanReturn);
            sampled.Add(evaluated.Sampled["player_0"].MeanReturn);
            if (steps.Count < 2) continue;
            ChartSeries[] curves = [new("greedy policies", [.. greedy]), new("sampled policies", [.. sampled])];
            show(new LineChart("mean return", "steps", [.. steps], curves) { Low = Lowest, High = Highest });
        }
    });

    private void ActHere(string folder, RunInfo info)
    {
        console.Say("Its policies as ONNX files, run in this process by ONNX Runtime:");
        var rows = info.Players.Select(player =>
        {
            string file = $"policy.{player}.onnx";
            using var policy = LoadedPolicy.Load(Path.Combine(folder, file));
            return (string[])[file, $"{new FileInfo(Path.Combine(folder, file)).Length / 1024} KiB", Number(policy.Act(new PolicyInput { Observations = [0f] }).BoxActions[0])];
        }).ToList();
        console.Table(["file", "size", "greedy action"], rows);
    }

    private async Task EvaluateAsync(RunInfo info, CancellationToken cancellationToken)
    {
        var seats = info.Players.ToDictionary(player => player, player => Occupant.FromModel(info.Models.First(model => model.File == $"policy.{player}.onnx"), greedy: true), StringComparer.Ordinal);
        var together = await client.EvaluateAsync(Game, seats, new() { Episodes = Episodes }, cancellationToken).ConfigureAwait(false);
        var alone = await client.EvaluateAsync(Game, new Dictionary<string, Occupant> { ["player_0"] = seats["player_0"] }, new() { Episodes = Episodes }, cancellationToken).ConfigureAwait(false);
        console.Say($"{Episodes} episodes on the server: the two models return {Number(together.Players["player_0"].MeanReturn)} of at most 10; one beside a uniform player {Number(alone.Players["player_0"].MeanReturn)}.");
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
