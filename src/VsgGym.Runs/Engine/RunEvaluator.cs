using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>Measures what a learner has learned: by play, and where the game has a table, against it.</summary>
/// <remarks>
/// Greedy and sampled policies play the same seeds, which come from the run's seed and the step alone. A game whose rules set no last
/// decision is cut after T decisions, the least T with discount^T at most 0.01 (at most 10000).
/// </remarks>
internal static class RunEvaluator
{
    private const double LeftWeight = 0.01;
    private const int MostDecisions = 10000;

    /// <summary>Plays and measures.</summary>
    /// <param name="spec">Seed and episodes.</param>
    /// <param name="game">The game.</param>
    /// <param name="metric">Measures the gap of tabular games, or null.</param>
    /// <param name="models">[N].</param>
    /// <param name="step">Steps taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static RunEvaluation Measure(
        RunSpec spec, Game game, IMetric? metric, IReadOnlyList<IPlayerModel> models, long step, CancellationToken cancellationToken)
    {
        var environment = game.CreateEnvironment();
        var options = new EvaluationOptions
        {
            Episodes = spec.EvaluationEpisodes,
            Seed = RandomStream.Create(spec.Seed).Fork($"evaluation/{step}").NextUInt64(),
            TimeLimit = environment.Spec.Horizon is null ? Decisions(environment.Spec.Discount) : null,
        };
        var greedy = Play(environment, models, greedy: true, options, cancellationToken);
        var sampled = Play(environment, models, greedy: false, options, cancellationToken);
        if (game.Table is not { } table || Tables(models, table) is not { } policies) return new RunEvaluation(spec.EvaluationEpisodes, greedy, sampled, null, []);
        double? gap = metric?.Measure(policies, cancellationToken).Gap;
        return new RunEvaluation(spec.EvaluationEpisodes, greedy, sampled, gap, OpponentModels.Distances(table, policies, models));
    }

    /// <summary>Decisions after which an episode without end of its own is cut.</summary>
    internal static int Decisions(double discount)
    {
        int decisions = 0;
        for (double weight = 1; weight > LeftWeight && decisions < MostDecisions; decisions++) weight *= discount;
        return Math.Max(1, decisions);
    }

    private static ImmutableArray<PlayerEvaluation> Play(
        Core.Environment environment, IReadOnlyList<IPlayerModel> models, bool greedy, EvaluationOptions options, CancellationToken cancellationToken)
    {
        IPolicy[] policies = [.. models.Select(model => model.Policy(greedy))];
        var result = EpisodeEvaluator.Run(environment, policies, options, cancellationToken: cancellationToken);
        return [.. result.Players.Select(player => new PlayerEvaluation(player.Player, player.MeanReturn, player.StandardError, player.MeanAction))];
    }

    private static PolicyProfile? Tables(IReadOnlyList<IPlayerModel> models, StochasticGame table)
    {
        var policies = ImmutableArray.CreateBuilder<TabularPolicy>(models.Count);
        foreach (var model in models)
        {
            if (model.Table(table) is not { } policy) return null;
            policies.Add(policy);
        }

        return new PolicyProfile(table, policies.MoveToImmutable());
    }
}
