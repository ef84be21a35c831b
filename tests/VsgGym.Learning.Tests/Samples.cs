using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;

namespace VsgGym.Learning.Tests;

/// <summary>Games and learners for tests, made the way the catalog makes them.</summary>
internal static class Samples
{
    public static Catalog Entries { get; } = Catalog.Scan([typeof(Climbing).Assembly, typeof(RommeoAc).Assembly]);

    /// <summary>Small networks and batches, so that a step takes little time.</summary>
    public const string Small = "\"hidden\": [16, 16], \"batch\": 32, \"learning_starts\": 3, \"policy_starts\": 0, \"model_starts\": 5, \"exploration_steps\": 4, \"prior_window\": 16, \"gradient_clip\": 10";

    /// <summary>Both are paid 1 for (0, 0), 2 for (1, 1) and 0 else; one decision.</summary>
    public static StochasticGame Coordination()
    {
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1, [2, 2]);
        for (int p = 0; p < 2; p++) builder.SetReward(p, 0, 0, 1).SetReward(p, 0, 3, 2);
        for (int joint = 0; joint < 4; joint++) builder.AddTransition(0, joint, 0, 1);
        return builder.BuildFiniteHorizon(1);
    }

    /// <summary>Three players, two states that follow each other, an illegal action, three decisions.</summary>
    public static StochasticGame ThreePlayers()
    {
        var builder = new StochasticGameBuilder(["a", "b", "c"], 2, [2, 2, 3]).Forbid(2, 1, 1);
        for (int s = 0; s < 2; s++)
            for (int joint = 0; joint < 12; joint++)
            {
                for (int p = 0; p < 3; p++) builder.SetReward(p, s, joint, (joint * (p + 1) % 5) - s);
                builder.AddTransition(s, joint, 1 - s, 1);
            }

        return builder.BuildFiniteHorizon(3);
    }

    public static Core.Environment Game(string id, string options = "") => Entries.CreateGame(id, options).CreateEnvironment();

    public static ActorCriticLearner Learner(string id, Core.Environment game, string options = "", ulong seed = 0) =>
        (ActorCriticLearner)Entries.CreateLearner(id, game, $"{{{options}}}", RandomStream.Create(seed));

    public static void Run(this ILearner learner, long steps)
    {
        for (long t = 0; t < steps; t++) learner.Step(CancellationToken.None);
    }

    public static byte[] Bytes(this ILearner learner)
    {
        using var stream = new MemoryStream();
        learner.Save(stream);
        return stream.ToArray();
    }

    public static double[] Metrics(this ILearner learner)
    {
        var metrics = new double[learner.MetricNames.Count];
        learner.ReadMetrics(metrics);
        return metrics;
    }

    public static double Metric(this ILearner learner, string name) => learner.Metrics()[learner.MetricNames.ToList().IndexOf(name)];

    /// <summary>What every player does greedily where an episode starts.</summary>
    public static double[] GreedyActions(this ILearner learner, Core.Environment game)
    {
        var copies = new VectorEnvironment(game, new VectorOptions(), 1);
        copies.Reset();
        var actions = new List<double>();
        foreach (var (model, p) in learner.TakeModels().Select((model, p) => (model, p)))
        {
            model.Policy(greedy: true).Act(copies.Worlds, p, [true]);
            if (game.Spec.Actions[p] is DiscreteSpace) actions.Add(copies.Worlds.DiscreteActions(p)[0]);
            else actions.AddRange(copies.Worlds.BoxActions(p).ToArray().Select(x => (double)x));
        }

        return [.. actions];
    }
}
