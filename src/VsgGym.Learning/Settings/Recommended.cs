using VsgGym.Core;

namespace VsgGym.Learning;

/// <summary>The settings with which both learners find the optimum of the games where they are measured: the critic first, then the policy, then slowly the model.</summary>
internal static class Recommended
{
    /// <summary>Found on the differential game, where a model that moves as fast as the policy chooses between the two hills by chance.</summary>
    public static ActorCriticSettings Box { get; } = new()
    {
        Batch = 128,
        CriticUpdates = 2,
        ExplorationSteps = 1000,
        PolicyStarts = 400,
        ModelStarts = 1000,
        PolicyRate = 3e-3,
        ModelRate = 3e-4,
        PriorRegularizer = 0,
        OutputScale = 0.1,
        Alpha = Schedule.Exponential(2, 0.0067, 0.1, 400),
    };

    /// <summary>Found on the climbing game.</summary>
    public static ActorCriticSettings Discrete { get; } = new()
    {
        ExplorationSteps = 300,
        PolicyStarts = 100,
        ModelStarts = 300,
        ModelRate = 3e-3,
        PriorRegularizer = 0,
        Regularizer = 0,
        Alpha = Schedule.Exponential(2, 0.01, 0.1, 300),
    };
}
