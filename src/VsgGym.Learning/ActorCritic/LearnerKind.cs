using System.Collections.Frozen;
using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>What one learner adds to the common part.</summary>
/// <param name="BoxPresets">Its protocols for box actions.</param>
/// <param name="DiscretePresets">Its protocols for discrete actions.</param>
/// <param name="NewPlayer">Makes a player from its seat, the settings and the stream of its start.</param>
/// <param name="InfersRewards">Whether its players infer the others' rewards.</param>
internal sealed record LearnerKind(
    FrozenDictionary<Protocol, ActorCriticSettings> BoxPresets,
    FrozenDictionary<Protocol, ActorCriticSettings> DiscretePresets,
    Func<Seat, ActorCriticSettings, RandomStream, Player> NewPlayer,
    bool InfersRewards);
