using System.Collections.Frozen;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>ROMMEO-AC: soft actor-critic with a conditional policy and a model of what optimal opponents would do, kept near what they were seen to do.</summary>
[Learner("rommeo_ac")]
[Source("rommeo", "Algorithm 2, section 3.2")]
public sealed class RommeoAc : ActorCriticLearner
{
    private static readonly FrozenDictionary<Protocol, ActorCriticSettings> BoxPresets = Presets.With(new());

    /// <summary>Makes the players' networks and resets the games.</summary>
    public RommeoAc(Core.Environment environment, Options options, RandomStream random)
        : base("rommeo_ac", environment, ActorCriticSettings.Resolve(options, BoxPresets[options.Protocol]), random, Make)
    {
    }

    /// <summary>What can be set.</summary>
    public sealed record Options : ActorCriticOptions;

    private static Player Make(Seat seat, ActorCriticSettings settings, RandomStream init) => new RommeoBoxPlayer(seat, settings, init);
}
