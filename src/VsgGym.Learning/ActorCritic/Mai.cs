using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Networks;
using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>MAI, also published as GPI: soft actor-critic with a conditional policy, and a model of each opponent as somebody who optimizes rewards inferred from what it did.</summary>
[Learner("mai")]
[Learner("gpi")]
[Source("vsg", "Algorithms 2 and 3, section 5.1.2")]
[Source("flow", "Algorithms 2 and 3, section 5.2")]
public sealed class Mai : ActorCriticLearner
{
    private static readonly LearnerKind Kind = new(
        Presets.With(new()),
        Presets.With(new() { PriorRegularizer = 0, Regularizer = 0 }),
        (seat, settings, init) => seat.Action is GaussianHead ? new MaiBoxPlayer(seat, settings, init) : new MaiDiscretePlayer(seat, settings, init),
        InfersRewards: true);

    /// <summary>Makes the players' networks and resets the games.</summary>
    /// <param name="environment">At least two players, all with box or all with discrete actions.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream.</param>
    /// <exception cref="VsgGymException">An option is wrong, or the game is none that it can learn; every fault is listed.</exception>
    public Mai(Core.Environment environment, Options options, RandomStream random)
        : base("mai", environment, options, random, Kind)
    {
    }

    /// <summary>What can be set.</summary>
    public sealed record Options : ActorCriticOptions
    {
        /// <summary>Adam's rate for the inferred rewards r_hat.</summary>
        [Range(0d, 1d)]
        public double? RewardRate { get; init; }

        /// <summary>The latest transitions from which r_hat is learned; 0 for the whole replay.</summary>
        [Range(0, 100_000_000)]
        public int? RewardWindow { get; init; }

        /// <summary>Weight of the mean of r_hat^2 in its loss.</summary>
        [Range(0d, 1e9)]
        public double? RewardDecay { get; init; }

        /// <summary>Whether the weights of (7) contain the prior as (5) does, so that r_hat explains only what the prior does not.</summary>
        public bool? PriorInWeights { get; init; }

        /// <summary>By steps taken, the weight of the squared distance of r_hat from the player's own critic: above 0, opponents are first believed to share its interests.</summary>
        public Schedule? SharedReward { get; init; }

        /// <summary>Which own actions a modeled opponent of (5) expects: those that are played, or the answer to the actions that are judged.</summary>
        public OwnActionSource? OwnActions { get; init; }

        /// <inheritdoc/>
        public override void Validate(string path, FaultList faults)
        {
            base.Validate(path, faults);
            SharedReward?.CheckWithin($"{path}.shared_reward", Steps, -double.Epsilon, double.PositiveInfinity, faults);
        }

        internal override ActorCriticSettings Over(ActorCriticSettings preset) => base.Over(preset) with
        {
            RewardRate = RewardRate ?? preset.RewardRate,
            RewardWindow = RewardWindow ?? preset.RewardWindow,
            RewardDecay = RewardDecay ?? preset.RewardDecay,
            PriorInWeights = PriorInWeights ?? preset.PriorInWeights,
            SharedReward = SharedReward ?? preset.SharedReward,
            OwnActions = OwnActions ?? preset.OwnActions,
        };
    }
}
