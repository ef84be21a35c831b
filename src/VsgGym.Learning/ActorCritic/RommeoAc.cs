using VsgGym.Core;
using VsgGym.Networks;
using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>ROMMEO-AC: soft actor-critic with a conditional policy and a model of what optimal opponents would do, kept near what they were seen to do.</summary>
/// <remarks>
/// <para>Notation: alpha = temperature, Q = critic, pi = conditional policy pi(a_i | s, a_-i), rho = opponent model, P = prior, the distribution of what the
/// opponents were seen to do; played is a_-i ~ rho(. | s), then a_i ~ pi(. | s, a_-i).</para>
/// <para>One Step: every copy of the game takes a step; then each player takes one maximum-likelihood step of P on its latest window, and per update one step
/// of Q on (14) and (15) with a slow target critic, and of pi and rho together.</para>
/// <para>Box actions: tanh-squashed Gaussians and reparameterized samples (18), (19). The model's gradient goes through every path, as in the authors' program:
/// a_i is drawn anew from pi given the model's sample, where (19) and (22) print the a_i of the replay. P is a Gaussian network over pre-tanh actions. Densities
/// are those of encoded actions in [-1, 1].</para>
/// <para>Discrete actions: (16) and (17) by exact sums over all joint actions, nothing is sampled. P is a categorical network on the latest window. The paper
/// has no such form.</para>
/// <para>alpha weighs log pi only; the divergence of rho from P has the weight kl_weight, 1 as printed. Several opponents: rho and P are independent given s.</para>
/// <para>Protocols: published is the authors' program for the differential game (2 x 100 rectifiers, Adam 1e-2, batch 512, buffer 1e6, tau 0.01, one update a step
/// from step 10, alpha = 0.1 + 500 exp(-0.1 max(t - 10, 0)), prior window 512, regularizers 1e-3 and 1; Glorot weights and zero biases, so that where the observation is 0 the
/// opponent model and the prior learn by their last biases alone, slowly). Not taken over: while fewer than 512 actions are there, that program fills the window with zeros. recommended separates two time scales: the games are first
/// explored, the critic and the policy learn fast, the model slowly. common begins with 1000 steps of uniform play.</para>
/// <para>An episode that the rules ended has no value behind it; one that was cut has. Illegal own actions have probability 0.</para>
/// <para>Residual: the mean loss of the critics, NaN before the first update. A copy whose episode has ended is reset at once, so every step is a transition.</para>
/// </remarks>
[Learner("rommeo_ac")]
[Source("rommeo", "Algorithm 2, section 3.2")]
public sealed class RommeoAc : ActorCriticLearner
{
    private static readonly LearnerKind Kind = new(
        Presets.ForBoxes(Recommended.Box),
        Presets.ForDiscrete(Recommended.Discrete),
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
