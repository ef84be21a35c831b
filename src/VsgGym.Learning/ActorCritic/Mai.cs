using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Networks;
using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>MAI, also published as GPI: soft actor-critic with a conditional policy, and a model of each opponent as somebody who optimizes rewards inferred from what it did.</summary>
/// <remarks>
/// <para>Notation: as rommeo_ac, and r_hat^j = the reward that player i infers for opponent j, rho_j = its model of j, rho_-j = its models of the others together
/// with its own policy, w = importance weights.</para>
/// <para>One Step: every copy of the game takes a step; then each player takes one maximum-likelihood step of the prior on its latest window, and per update one step
/// of Q on (9), of pi on (8) and (10), of every r_hat^j on (6) and (7), and of every rho_j towards (5), rho_j proportional to prior(a_j) exp(E over rho_-j of Q_rho^j).</para>
/// <para>Corrected: (10) has the gradient of log pi; (7) is -E_data[d r_hat] + E_rho[w d r_hat] / Z with w = exp(r_hat) / rho_j. The factor rho_-j of rho(tau) cancels, as
/// P(tau_j) has it too.</para>
/// <para>Deviations: trajectories are cut into single steps, so that in games of several steps r_hat^j stands for Q_rho^j up to a function of the state, which (5)
/// does not see; KL(rho_-j || pi_-j) in Q_rho^j does not depend on a_j and is left out. Box actions: (5) is approached by reparameterized samples. Discrete actions: every
/// expectation, and Z in each state, is an exact sum. alpha weighs log pi, where the papers have 1; set it to 1 for the papers' form.</para>
/// <para>Protocols: the papers give no numbers, so published and common are those of rommeo_ac, with r_hat learned at the same rate from the whole replay.
/// recommended also lets a player first believe that the others share its interests (shared_reward, which fades) and answer what it does itself
/// (own_actions conditional): from (6) alone the model repeats what was seen, and common-interest games end where the best answers to chance lead. In games of opposed
/// interests set shared_reward to 0.</para>
/// <para>gpi is the name of the same algorithm in flow. Played actions, episode ends, masks and the residual are as in rommeo_ac.</para>
/// </remarks>
[Learner("mai")]
[Learner("gpi")]
[Source("vsg", "Algorithms 2 and 3, section 5.1.2")]
[Source("flow", "Algorithms 2 and 3, section 5.2")]
public sealed class Mai : ActorCriticLearner
{
    private static readonly LearnerKind Kind = new(
        Presets.ForBoxes(Recommended.Box with { SharedReward = Schedule.Exponential(1, 0.002, 0, 2000), OwnActions = OwnActionSource.Conditional, PriorInWeights = true, RewardDecay = 1e-3 }),
        Presets.ForDiscrete(Recommended.Discrete with { SharedReward = Schedule.Exponential(1, 0.002, 0, 1000), OwnActions = OwnActionSource.Conditional, RewardDecay = 1e-3 }),
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
