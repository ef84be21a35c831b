using System.Collections.Frozen;
using VsgGym.Core;

namespace VsgGym.Learning;

/// <summary>The presets that the learners share.</summary>
internal static class Presets
{
    /// <summary>As in the program of the authors of rommeo: the defaults of the record.</summary>
    public static ActorCriticSettings Published { get; } = new();

    /// <summary>The protocol for comparisons of methods.</summary>
    public static ActorCriticSettings Common { get; } = new()
    {
        ExplorationSteps = 1000,
        LearningStarts = 1000,
        Alpha = Schedule.Exponential(500, 0.1, 0.1, 1000),
        GradientClip = 0.5,
    };

    /// <summary>A learner's presets by protocol.</summary>
    public static FrozenDictionary<Protocol, ActorCriticSettings> With(ActorCriticSettings recommended) =>
        new Dictionary<Protocol, ActorCriticSettings>
        {
            [Protocol.Published] = Published,
            [Protocol.Common] = Common,
            [Protocol.Recommended] = recommended,
        }.ToFrozenDictionary();
}
