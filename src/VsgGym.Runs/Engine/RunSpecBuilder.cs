using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>Checks a request in full and fills in every default; the learner is made once to see that it can be.</summary>
internal static class RunSpecBuilder
{
    private const int MostText = 200;
    private const long MostEpisodes = 1_000_000_000;

    /// <summary>The specification of a request.</summary>
    /// <exception cref="VsgGymException">Every fault of the intervals, or the game's or the learner's.</exception>
    public static RunSpec Build(RunRequest request, IRunFactory factory)
    {
        Check(request);
        string options = factory.ResolveOptions(request.Learner, request.OptionsJson);
        var environment = factory.CreateGame(request.Game).CreateEnvironment();
        using var learner = factory.CreateLearner(request.Learner, environment, options, RandomStream.Create(request.Seed));
        long steps = learner.Limit.Iterations;
        var game = environment.Spec;
        var spec = new RunSpec
        {
            Game = request.Game,
            Learner = request.Learner,
            OptionsJson = options,
            Seed = request.Seed,
            EvaluateEvery = request.EvaluateEvery == 0 ? Part(steps, 20) : request.EvaluateEvery,
            EvaluationEpisodes = request.EvaluationEpisodes == 0 ? 100 : request.EvaluationEpisodes,
            CheckpointEvery = request.CheckpointEvery == 0 ? Part(steps, 10) : request.CheckpointEvery,
            MetricsEvery = request.MetricsEvery == 0 ? Part(steps, 100) : request.MetricsEvery,
            MaxSteps = steps,
            MetricNames = [.. learner.MetricNames],
            Players = [.. game.Players.Select((name, p) => new RunPlayer(name, game.Observations[p], game.Actions[p]))],
            Hash = string.Empty,
        };
        return spec with { Hash = SpecFile.HashOf(spec) };
    }

    private static long Part(long steps, long parts) => Math.Max(1, steps / parts);

    private static void Check(RunRequest request)
    {
        var faults = new FaultList();
        if (request.Name.Length > MostText) faults.Add("name", request.Name, $"must have at most {MostText} characters", "too_long");
        if (request.RequestId.Length > MostText) faults.Add("request_id", request.RequestId, $"must have at most {MostText} characters", "too_long");
        if (request.EvaluateEvery < -1) faults.Add("evaluate_every", request.EvaluateEvery, "must be at least 1, 0 for a twentieth of the run, or -1 for only at the end", "out_of_range");
        if (request.EvaluationEpisodes is < 0 or > MostEpisodes) faults.Add("evaluation_episodes", request.EvaluationEpisodes, $"must be in [1, {MostEpisodes}], or 0 for 100", "out_of_range");
        if (request.CheckpointEvery < 0) faults.Add("checkpoint_every", request.CheckpointEvery, "must be at least 1, or 0 for a tenth of the run", "out_of_range");
        if (request.MetricsEvery < 0) faults.Add("metrics_every", request.MetricsEvery, "must be at least 1, or 0 for a hundredth of the run", "out_of_range");
        faults.ThrowIfAny();
    }
}
