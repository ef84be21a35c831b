using VsgGym.Core;
using VsgGym.Networks;
using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>ROMMEO-AC: soft actor-critic with a conditional policy and a model of what optimal opponents would do, kept near what they were seen to do.</summary>
[Learner("rommeo_ac")]
[Source("rommeo", "Algorithm 2, section 3.2")]
public sealed class RommeoAc : ActorCriticLearner
{
    private static readonly LearnerKind Kind = new(
        Presets.With(new()),
        Presets.With(new() { PriorRegularizer = 0, Regularizer = 0 }),
        (seat, settings, init) => seat.Action is GaussianHead ? new RommeoBoxPlayer(seat, settings, init) : new RommeoDiscretePlayer(seat, settings, init),
        InfersRewards: false);

    /// <summary>Makes the players' networks and resets the games.</summary>
    /// <param name="environment">At least two players, all with box or all with discrete actions.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream.</param>
    /// <exception cref="VsgGymException">An option is wrong, or the game is none that it can learn; every fault is listed.</exception>
    public RommeoAc(Core.Environment environment, Options options, RandomStream random)
        : base("rommeo_ac", environment, options, random, Kind)
    {
    }

    /// <summary>What can be set.</summary>
    public sealed record Options : ActorCriticOptions;
}
