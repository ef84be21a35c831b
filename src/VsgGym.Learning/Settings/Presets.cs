using System.Collections.Frozen;
using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Learning;

/// <summary>The presets that the learners share.</summary>
internal static class Presets
{
    /// <summary>As in the program of the authors of rommeo: the defaults of the record, their way to start the networks, which decides how often the optimum is found, and their order of updates.</summary>
    private static readonly ActorCriticSettings Published = new()
    {
        LearningStarts = 11, // their step 10, counted from 0
        Initialization = MlpInitialization.Glorot,
        UpdateOrder = UpdateOrder.AtOnce,
        PadPriorWindow = true,
    };

    /// <summary>The protocol for comparisons of methods.</summary>
    private static readonly ActorCriticSettings Common = new()
    {
        ExplorationSteps = 1000,
        LearningStarts = 1000,
        Alpha = Schedule.Exponential(500, 0.1, 0.1, 1000),
        GradientClip = 0.5,
    };

    /// <summary>A learner's presets by protocol for box actions.</summary>
    public static FrozenDictionary<Protocol, ActorCriticSettings> ForBoxes(ActorCriticSettings recommended) => Of(Published, Common, recommended);

    /// <summary>A learner's presets by protocol for discrete actions, for which nothing was published: as for boxes, without the regularizers of Gaussians.</summary>
    public static FrozenDictionary<Protocol, ActorCriticSettings> ForDiscrete(ActorCriticSettings recommended) =>
        Of(Published with { PriorRegularizer = 0, Regularizer = 0, Initialization = MlpInitialization.Pytorch }, Common with { PriorRegularizer = 0, Regularizer = 0 }, recommended);

    private static FrozenDictionary<Protocol, ActorCriticSettings> Of(ActorCriticSettings published, ActorCriticSettings common, ActorCriticSettings recommended) =>
        new Dictionary<Protocol, ActorCriticSettings>
        {
            [Protocol.Published] = published,
            [Protocol.Common] = common,
            [Protocol.Recommended] = recommended,
        }.ToFrozenDictionary();
}
