using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Learning;

/// <summary>The options that every actor-critic here takes; one that is null has the value of the protocol.</summary>
public abstract record ActorCriticOptions : IValidatedOptions
{
    private protected ActorCriticOptions()
    {
    }

    /// <summary>The preset that gives every option below which is null.</summary>
    public Protocol Protocol { get; init; } = Protocol.Recommended;

    /// <summary>Steps of the batch of games.</summary>
    [Range(1L, 1_000_000_000L)]
    public long Steps { get; init; } = 5000;

    /// <summary>Copies of the game that are played at once.</summary>
    [Range(1, 4096)]
    public int NumEnvs { get; init; } = 1;

    /// <summary>Decisions after which an episode is cut; the value of what would have followed still counts. null: the game's own end only.</summary>
    [Range(1, 1_000_000_000)]
    public int? TimeLimit { get; init; }

    /// <summary>Widths of the hidden layers of every network.</summary>
    [Range(1, 4096)]
    public ImmutableArray<int>? Hidden { get; init; }

    /// <summary>Transitions per update.</summary>
    [Range(1, 65536)]
    public int? Batch { get; init; }

    /// <summary>Updates after each step of the games.</summary>
    [Range(1, 1000)]
    public int? UpdatesPerStep { get; init; }

    /// <summary>Updates of the critic per update of the others, each on its own transitions.</summary>
    [Range(1, 100)]
    public int? CriticUpdates { get; init; }

    /// <summary>In which order a player's networks move: in_turn, each after those it learns from, or at_once, every gradient from the networks as the last update left them.</summary>
    public UpdateOrder? UpdateOrder { get; init; }

    /// <summary>Steps of uniform play at the start.</summary>
    [Range(0L, 1_000_000_000L)]
    public long? ExplorationSteps { get; init; }

    /// <summary>Share of each box, around its center, in which the uniform play at the start stays.</summary>
    [Range(0d, 1d, MinimumIsExclusive = true)]
    public double? ExplorationWidth { get; init; }

    /// <summary>Steps before the first update of critic and prior.</summary>
    [Range(1L, 1_000_000_000L)]
    public long? LearningStarts { get; init; }

    /// <summary>Steps before the first update of the policy; never before the critic's.</summary>
    [Range(0L, 1_000_000_000L)]
    public long? PolicyStarts { get; init; }

    /// <summary>Steps before the first update of the opponent model; never before the critic's.</summary>
    [Range(0L, 1_000_000_000L)]
    public long? ModelStarts { get; init; }

    /// <summary>The most transitions the replay of a player holds.</summary>
    [Range(1, 100_000_000)]
    public int? Buffer { get; init; }

    /// <summary>Adam's rate for the critic.</summary>
    [Range(0d, 1d)]
    public double? CriticRate { get; init; }

    /// <summary>Adam's rate for the policy.</summary>
    [Range(0d, 1d)]
    public double? PolicyRate { get; init; }

    /// <summary>Adam's rate for the opponent model.</summary>
    [Range(0d, 1d)]
    public double? ModelRate { get; init; }

    /// <summary>Adam's rate for the prior of the opponents' actions.</summary>
    [Range(0d, 1d)]
    public double? PriorRate { get; init; }

    /// <summary>What all rates are multiplied with at the last step; they fall in a straight line.</summary>
    [Range(0d, 1d)]
    public double? FinalRate { get; init; }

    /// <summary>The most the norm of one network's gradient may be; 0 for no limit.</summary>
    [Range(0d, 1e9)]
    public double? GradientClip { get; init; }

    /// <summary>tau, the share of the critic that enters the target critic at each update.</summary>
    [Range(0d, 1d)]
    public double? TargetTau { get; init; }

    /// <summary>alpha by the number of steps taken, in scaled reward units; it weighs log pi only.</summary>
    public Schedule? Alpha { get; init; }

    /// <summary>What rewards are multiplied with before anything is learned from them.</summary>
    [Range(0d, 1e9, MinimumIsExclusive = true)]
    public double? RewardScale { get; init; }

    /// <summary>gamma; the game's own unless given.</summary>
    [Range(0d, 1d)]
    public double? Discount { get; init; }

    /// <summary>Weight of the divergence of the opponent model from the prior; 1 in the papers.</summary>
    [Range(0d, 1e9)]
    public double? KlWeight { get; init; }

    /// <summary>The latest transitions to which the prior is fitted, one gradient step per step of the games.</summary>
    [Range(1, 1_000_000)]
    public int? PriorWindow { get; init; }

    /// <summary>Box actions: whether zeros, the centers of the boxes, stand for what the window of the prior still lacks, as in the program of the authors of rommeo.</summary>
    public bool? PadPriorWindow { get; init; }

    /// <summary>Weight of the regularizer of the prior.</summary>
    [Range(0d, 1e9)]
    public double? PriorRegularizer { get; init; }

    /// <summary>Weight of the regularizer of the policy and of the opponent model.</summary>
    [Range(0d, 1e9)]
    public double? Regularizer { get; init; }

    /// <summary>What is added to the log sigma of box actions at the start.</summary>
    [Range(-20d, 2d)]
    public double? InitialLogSigma { get; init; }

    /// <summary>How the networks start: as PyTorch's linear layers, or as in the program of the authors of rommeo (Glorot weights, a matrix for every input, biases 0).</summary>
    public MlpInitialization? Initialization { get; init; }

    /// <summary>What the last layers of policy, opponent model and prior are multiplied with at the start.</summary>
    [Range(0d, 10d)]
    public double? OutputScale { get; init; }

    /// <inheritdoc/>
    public virtual void Validate(string path, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (Hidden is { Length: < 1 or > 8 } hidden) faults.Add($"{path}.hidden", hidden.Length, "must name 1 to 8 layers", "out_of_range");
        Alpha?.CheckWithin($"{path}.alpha", Steps, 0, double.PositiveInfinity, faults);
    }

    /// <summary>These options over what a protocol says.</summary>
    internal virtual ActorCriticSettings Over(ActorCriticSettings preset) => preset with
    {
        Steps = Steps,
        NumEnvs = NumEnvs,
        TimeLimit = TimeLimit,
        Hidden = Hidden ?? preset.Hidden,
        Batch = Batch ?? preset.Batch,
        UpdatesPerStep = UpdatesPerStep ?? preset.UpdatesPerStep,
        CriticUpdates = CriticUpdates ?? preset.CriticUpdates,
        UpdateOrder = UpdateOrder ?? preset.UpdateOrder,
        ExplorationSteps = ExplorationSteps ?? preset.ExplorationSteps,
        ExplorationWidth = ExplorationWidth ?? preset.ExplorationWidth,
        LearningStarts = LearningStarts ?? preset.LearningStarts,
        PolicyStarts = PolicyStarts ?? preset.PolicyStarts,
        ModelStarts = ModelStarts ?? preset.ModelStarts,
        Buffer = Buffer ?? preset.Buffer,
        CriticRate = CriticRate ?? preset.CriticRate,
        PolicyRate = PolicyRate ?? preset.PolicyRate,
        ModelRate = ModelRate ?? preset.ModelRate,
        PriorRate = PriorRate ?? preset.PriorRate,
        FinalRate = FinalRate ?? preset.FinalRate,
        GradientClip = GradientClip ?? preset.GradientClip,
        TargetTau = TargetTau ?? preset.TargetTau,
        Alpha = Alpha ?? preset.Alpha,
        RewardScale = RewardScale ?? preset.RewardScale,
        Discount = Discount ?? preset.Discount,
        KlWeight = KlWeight ?? preset.KlWeight,
        PriorWindow = PriorWindow ?? preset.PriorWindow,
        PadPriorWindow = PadPriorWindow ?? preset.PadPriorWindow,
        PriorRegularizer = PriorRegularizer ?? preset.PriorRegularizer,
        Regularizer = Regularizer ?? preset.Regularizer,
        InitialLogSigma = InitialLogSigma ?? preset.InitialLogSigma,
        Initialization = Initialization ?? preset.Initialization,
        OutputScale = OutputScale ?? preset.OutputScale,
    };
}
