using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Learning;

/// <summary>Every hyper-parameter of a learner after its protocol and its options have been put together; the options of the same name say what each is.</summary>
public sealed record ActorCriticSettings
{
    /// <summary>Steps of the batch of games.</summary>
    public long Steps { get; init; } = 5000;

    /// <summary>Copies of the game.</summary>
    public int NumEnvs { get; init; } = 1;

    /// <summary>Decisions after which an episode is cut, or null.</summary>
    public int? TimeLimit { get; init; }

    /// <summary>Widths of the hidden layers.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [100, 100];

    /// <summary>Transitions per update.</summary>
    public int Batch { get; init; } = 512;

    /// <summary>Updates after each step.</summary>
    public int UpdatesPerStep { get; init; } = 1;

    /// <summary>Updates of the critic per update of the others.</summary>
    public int CriticUpdates { get; init; } = 1;

    /// <summary>In which order the networks move.</summary>
    public UpdateOrder UpdateOrder { get; init; } = UpdateOrder.InTurn;

    /// <summary>Steps of uniform play at the start.</summary>
    public long ExplorationSteps { get; init; }

    /// <summary>Share of each box in which that play stays.</summary>
    public double ExplorationWidth { get; init; } = 1;

    /// <summary>Steps before the first update of critic and prior.</summary>
    public long LearningStarts { get; init; } = 10;

    /// <summary>Steps before the first update of the policy.</summary>
    public long PolicyStarts { get; init; }

    /// <summary>Steps before the first update of the opponent model.</summary>
    public long ModelStarts { get; init; }

    /// <summary>The most transitions of a replay.</summary>
    public int Buffer { get; init; } = 1_000_000;

    /// <summary>The critic's rate.</summary>
    public double CriticRate { get; init; } = 1e-2;

    /// <summary>The policy's rate.</summary>
    public double PolicyRate { get; init; } = 1e-2;

    /// <summary>The opponent model's rate.</summary>
    public double ModelRate { get; init; } = 1e-2;

    /// <summary>The prior's rate.</summary>
    public double PriorRate { get; init; } = 1e-2;

    /// <summary>The rate of the networks r_hat of inferred rewards (mai).</summary>
    public double RewardRate { get; init; } = 1e-2;

    /// <summary>Factor of all rates at the last step.</summary>
    public double FinalRate { get; init; } = 1;

    /// <summary>The most a gradient's norm may be; 0 for no limit.</summary>
    public double GradientClip { get; init; }

    /// <summary>tau of the target critic.</summary>
    public double TargetTau { get; init; } = 0.01;

    /// <summary>alpha by steps taken.</summary>
    public Schedule Alpha { get; init; } = Schedule.Exponential(500, 0.1, 0.1, 10);

    /// <summary>Factor of rewards.</summary>
    public double RewardScale { get; init; } = 1;

    /// <summary>gamma, or null for the game's own.</summary>
    public double? Discount { get; init; }

    /// <summary>Weight of KL(rho || P).</summary>
    public double KlWeight { get; init; } = 1;

    /// <summary>Transitions to which the prior is fitted.</summary>
    public int PriorWindow { get; init; } = 512;

    /// <summary>Whether zeros stand for the transitions that the window still lacks (box actions).</summary>
    public bool PadPriorWindow { get; init; }

    /// <summary>Weight of the prior's regularizer.</summary>
    public double PriorRegularizer { get; init; } = 1;

    /// <summary>Weight of the regularizer of policy and opponent model.</summary>
    public double Regularizer { get; init; } = 1e-3;

    /// <summary>Added to log sigma at the start.</summary>
    public double InitialLogSigma { get; init; }

    /// <summary>How the networks start.</summary>
    public MlpInitialization Initialization { get; init; } = MlpInitialization.Pytorch;

    /// <summary>Factor of the last layers at the start.</summary>
    public double OutputScale { get; init; } = 1;

    /// <summary>The latest transitions from which r_hat is learned; 0 for the whole replay (mai).</summary>
    public int RewardWindow { get; init; }

    /// <summary>Weight of the mean of r_hat^2 (mai).</summary>
    public double RewardDecay { get; init; }

    /// <summary>Whether the weights of (7) contain the prior, as (5) does (mai).</summary>
    public bool PriorInWeights { get; init; }

    /// <summary>By steps taken, the weight of the squared distance of r_hat from the player's own critic: above 0, opponents are first believed to share its interests (mai).</summary>
    public Schedule SharedReward { get; init; } = Schedule.Constant(0);

    /// <summary>Which own actions the opponent model of (5) answers (mai).</summary>
    public OwnActionSource OwnActions { get; init; } = OwnActionSource.Marginal;
}
