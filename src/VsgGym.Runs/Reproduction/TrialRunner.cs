using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>Runs one trial from beginning to end in the caller's thread.</summary>
/// <param name="catalog">Games, learners and metrics.</param>
/// <param name="experiment">Bins and measurements.</param>
/// <param name="clock">Times the trial.</param>
internal sealed class TrialRunner(Catalog catalog, Experiment experiment, TimeProvider clock)
{
    private const int Episodes = 1000;
    private const int EndlessEpisode = 1000; // decisions after which an episode of a game without an end is cut
    private const string RewardMetric = "reward";

    /// <summary>Learns, measures, and names the end.</summary>
    /// <exception cref="VsgGymException">The experiment names a game, a learner or an option that does not exist.</exception>
    public TrialResult Run(Trial trial, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        var game = catalog.CreateGame(trial.Game.Id, trial.GameOptionsJson, "games.options");
        var environment = game.CreateEnvironment();
        using var learner = catalog.CreateLearner(trial.Method.Learner, environment, trial.LearnerOptionsJson, RandomStream.Create((ulong)trial.Seed), "methods.options");
        var curve = new BinnedMean(experiment.Bin);
        var gaps = ImmutableArray.CreateBuilder<double>();
        string fault = string.Empty;
        try
        {
            Learn(learner, game.Table, curve, gaps, cancellationToken);
        }
        catch (VsgGymException error) when (error.Kind == ErrorKind.Numerical)
        {
            fault = error.Message;
        }

        return Finish(trial, game, environment, learner, fault) with
        {
            Curve = curve.ToArray(),
            NashConv = gaps.ToImmutable(),
            Seconds = clock.GetElapsedTime(start).TotalSeconds,
        };
    }

    private void Learn(ILearner learner, StochasticGame? table, BinnedMean curve, ImmutableArray<double>.Builder gaps, CancellationToken cancellationToken)
    {
        int reward = learner.MetricNames.ToList().FindIndex(name => name.EndsWith(RewardMetric, StringComparison.Ordinal)); // the first player's
        var metrics = new double[learner.MetricNames.Count];
        long limit = learner.Limit.Iterations, measured = 0;
        if (table is not null) gaps.Add(Measure(learner, table, cancellationToken));
        for (long step = 1; step <= limit; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            learner.Step(cancellationToken);
            learner.ReadMetrics(metrics);
            if (reward >= 0) curve.Add(metrics[reward]);
            long due = step * experiment.Measurements / limit;
            if (table is null || due == measured) continue;
            measured = due;
            gaps.Add(Measure(learner, table, cancellationToken));
        }
    }

    private double Measure(ILearner learner, StochasticGame table, CancellationToken cancellationToken)
    {
        var policies = learner.TakeModels().Select(model => model.Table(table)
            ?? throw VsgGymException.Invalid("games.id", model.Player, "this player's observation is not the number of the state, so the game's table cannot measure it", "no_table"));
        return catalog.CreateMetric("nash", table).Measure(new PolicyProfile(table, [.. policies]), cancellationToken).Gap;
    }

    private static TrialResult Finish(Trial trial, Game game, Core.Environment environment, ILearner learner, string fault)
    {
        var empty = new TrialResult { Key = trial.Key, Outcome = "failed", Fault = fault, Curve = [], GreedyReturn = double.NaN, SampledReturn = double.NaN, Seconds = 0 };
        if (fault.Length > 0) return empty;
        var models = learner.TakeModels();
        var greedy = Play(environment, models, greedy: true, (ulong)trial.Seed);
        var sampled = Play(environment, models, greedy: false, (ulong)trial.Seed);
        var joint = JointAction(game, models, greedy);
        return empty with
        {
            Outcome = Name(trial.Game, joint),
            JointAction = joint,
            GreedyReturn = greedy.Players[0].MeanReturn,
            SampledReturn = sampled.Players[0].MeanReturn,
        };
    }

    private static EvaluationResult Play(Core.Environment environment, IReadOnlyList<IPlayerModel> models, bool greedy, ulong seed)
    {
        int? limit = environment.Spec.Horizon is null ? EndlessEpisode : null;
        return EpisodeEvaluator.Run(environment, [.. models.Select(model => model.Policy(greedy))], new EvaluationOptions { Episodes = Episodes, Seed = seed, TimeLimit = limit });
    }

    private static ImmutableArray<double> JointAction(Game game, IReadOnlyList<IPlayerModel> models, EvaluationResult greedy)
    {
        if (game.Table is null)
            return greedy.Players.All(player => player.MeanAction.Length == 1) ? [.. greedy.Players.Select(player => player.MeanAction[0])] : [];
        if (game.Table.StateCount != 1) return [];
        return [.. models.Select(model => (double)Largest(model.Table(game.Table)!.Row(0, 0)))];
    }

    private static int Largest(ReadOnlySpan<double> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }

    private static string Name(ExperimentGame game, ImmutableArray<double> joint)
    {
        if (game.Outcomes.Length == 0 || joint.Length == 0) return string.Empty;
        foreach (var outcome in game.Outcomes)
        {
            double distance = Math.Sqrt(joint.Zip(outcome.JointAction, (a, b) => (a - b) * (a - b)).Sum());
            if (distance <= outcome.Radius) return outcome.Name;
        }

        return "other";
    }
}
